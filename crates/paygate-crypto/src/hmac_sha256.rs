//! HMAC-SHA256 (RFC 2104) of a short message, by nothing but its compressions.
//!
//! The two states that depend on the key alone are kept; a message is laid out in whole blocks, padding and all, so that
//! three or four calls of the compression function of `sha2` are the whole work. The crate `hmac` is the reference, and
//! takes the messages that are too long for this: its streaming costs as much again as half the compressions.

use sha2::block_api::compress256;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::plaintext::wipe;

/// Bytes in a block of SHA-256.
const BLOCK: usize = 64;

/// Blocks that a message has room in; no answer of Paygate needs more.
const BLOCKS: usize = 4;

/// The outer message's only block but for the digest at its head: the padding, and the bits of key block and digest.
const OUTER: [u8; BLOCK] = {
    let mut block = [0; BLOCK];
    block[DIGEST] = 0x80;
    // 8 × (64 + 32) = 0x300.
    block[BLOCK - 2] = 0x03;
    block
};

pub(crate) type Blocks = [[u8; BLOCK]; BLOCKS];

/// Bytes of the longest message: the padding takes nine.
#[cfg(test)]
pub(crate) const LONGEST: usize = BLOCKS * BLOCK - 9;

/// Bytes in a digest.
const DIGEST: usize = 32;

/// Where SHA-256 starts (FIPS 180-4, section 5.3.3).
const START: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The states of SHA-256 after the key's inner and outer block; wiped when they are dropped.
pub(crate) struct KeyedStates {
    inner: Zeroizing<[u32; 8]>,
    outer: Zeroizing<[u32; 8]>,
}

impl KeyedStates {
    pub(crate) fn new(key: &[u8]) -> Self {
        let mut block = [0; BLOCK];
        if key.len() > BLOCK {
            let mut digest: [u8; DIGEST] = Sha256::digest(key).into();
            block.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
            wipe(&mut digest);
        } else {
            block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
        }
        let state_after = |pad: u8| {
            let mut padded = [block.map(|byte| byte ^ pad)];
            let mut state = START;
            compress256(&mut state, &padded);
            wipe(padded.as_flattened_mut());
            state.into()
        };
        let states = Self { inner: state_after(0x36), outer: state_after(0x5C) };
        wipe(&mut block);
        states
    }

    /// The HMAC of the parts with `*` between them; `None` where they are longer than 247 bytes, or hold a `*`
    /// themselves.
    #[inline]
    pub(crate) fn hmac(&self, parts: [&[u8]; 5]) -> Option<[u8; DIGEST]> {
        let mut blocks = [[0; BLOCK]; BLOCKS];
        let hmac = join(&parts, &mut blocks).and_then(|end| self.hmac_in(&mut blocks, end));
        wipe(blocks.as_flattened_mut());
        hmac
    }

    /// The HMAC of what stands in `blocks` up to `end`; behind it they are zero.
    #[inline]
    pub(crate) fn hmac_in(&self, blocks: &mut Blocks, end: usize) -> Option<[u8; DIGEST]> {
        // What the padding adds at least, rounded up to whole blocks.
        let used = end.checked_add(9)?.div_ceil(BLOCK);
        put(blocks.as_flattened_mut(), end, [0x80])?;
        put(blocks.as_flattened_mut(), used.checked_mul(BLOCK)?.checked_sub(8)?, bits(end))?;
        let mut state = *self.inner;
        compress256(&mut state, blocks.get(..used)?);

        let mut last = OUTER;
        put(&mut last, 0, bytes(&state))?;
        let mut state = *self.outer;
        compress256(&mut state, &[last]);
        Some(bytes(&state))
    }
}

/// Writes the parts with `*` between them. Where they end; `None` where there is no room, or a part holds a `*`, since two
/// different messages would have one MAC then.
#[inline]
fn join(parts: &[&[u8]; 5], blocks: &mut Blocks) -> Option<usize> {
    let text = blocks.as_flattened_mut();
    let mut end: usize = 0;
    for part in parts {
        let after = end.checked_add(part.len())?;
        text.get_mut(end..after)?.copy_from_slice(part);
        *text.get_mut(after)? = b'*';
        end = after.checked_add(1)?;
    }
    let end = end.checked_sub(1)?;
    *text.get_mut(end)? = 0;
    // Block by block a byte holds the count, so that the compiler makes vector code of it.
    let in_block =
        |block: &[u8; BLOCK]| block.iter().fold(0_u8, |n, byte| n.wrapping_add(u8::from(*byte == b'*')));
    let used = blocks.get(..end.div_ceil(BLOCK))?;
    let separators: usize = used.iter().map(|block| usize::from(in_block(block))).sum();
    (separators < parts.len()).then_some(end)
}

/// The length field: bits of what was hashed, with the key's block before it.
fn bits(bytes: usize) -> [u8; 8] {
    let bytes = u64::try_from(bytes.saturating_add(BLOCK)).unwrap_or_default();
    bytes.saturating_mul(8).to_be_bytes()
}

#[inline]
fn bytes(state: &[u32; 8]) -> [u8; DIGEST] {
    let mut bytes = [0; DIGEST];
    for (to, word) in bytes.as_chunks_mut().0.iter_mut().zip(state) {
        *to = word.to_be_bytes();
    }
    bytes
}

/// Puts bytes where there is room for them.
fn put<const N: usize>(block: &mut [u8], at: usize, bytes: [u8; N]) -> Option<()> {
    *block.get_mut(at..)?.first_chunk_mut()? = bytes;
    Some(())
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use hmac::{Hmac, KeyInit, Mac};
    use proptest::prelude::*;

    use super::*;

    fn reference(key: &[u8], message: &[u8]) -> [u8; DIGEST] {
        Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(message).finalize().into_bytes().into()
    }

    /// The HMAC of a message of so many bytes, the last four of which are separators, and the message.
    fn of_length(length: usize, key: &[u8]) -> (Option<[u8; DIGEST]>, Vec<u8>) {
        let first: Vec<u8> = (0..length.saturating_sub(4)).map(|at| u8::try_from(at % 40).unwrap()).collect();
        let none: &[u8] = b"";
        let parts = [&first[..], none, none, none, none];
        (KeyedStates::new(key).hmac(parts), [&first[..], b"****"].concat())
    }

    #[test]
    fn every_length_of_message_and_key_gives_what_the_crate_hmac_gives() {
        for length in 4..=LONGEST {
            let key = &[0x5A; 131][..length % 131];
            let (hmac, text) = of_length(length, key);
            assert_eq!(hmac, Some(reference(key, &text)), "{length}");
        }
        for key in (0..=200).map(|length| alloc::vec![0xA5; length]) {
            let (hmac, text) = of_length(98, &key);
            assert_eq!(hmac, Some(reference(&key, &text)));
        }
    }

    #[test]
    fn longer_messages_are_left_to_the_crate_hmac() {
        for length in LONGEST + 1..LONGEST + 80 {
            assert!(of_length(length, b"key").0.is_none(), "{length}");
        }
    }

    proptest! {
        #[test]
        fn any_parts_give_the_hmac_of_the_joined_text(
            key in proptest::collection::vec(any::<u8>(), 0..100),
            parts in proptest::array::uniform5(proptest::collection::vec(any::<u8>(), 0..70)),
        ) {
            let text = parts.join(&b'*');
            let has_separator = parts.iter().any(|part| part.contains(&b'*'));
            let expected = (text.len() <= LONGEST && !has_separator).then(|| reference(&key, &text));
            prop_assert_eq!(KeyedStates::new(&key).hmac(parts.each_ref().map(Vec::as_slice)), expected);
        }
    }
}
