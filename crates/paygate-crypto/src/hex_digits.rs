//! Hex digits, both ways, for all that travels so: `Data`, `MAC`, an IV.
//!
//! By the crate `const-hex`, which works on vectors: with the digits of the crate `hex`, one by one, a message took half as
//! long again. That crate is the reference of the tests.

use alloc::string::String;

use const_hex::Buffer;

/// A character is no hex digit, or there is another number of them than was asked for.
pub(crate) struct NoHex;

/// Reads digits of either case, two for each byte of `out`.
pub(crate) fn decode(digits: &[u8], out: &mut [u8]) -> Result<(), NoHex> {
    // That crate passes over a `0x` in front: of the right number of characters, too few are then left.
    if digits.len() != out.len().saturating_mul(2) {
        return Err(NoHex);
    }
    const_hex::decode_to_slice(digits, out).map_err(|_| NoHex)
}

/// The upper-case digits of a few bytes.
pub(crate) fn upper<const N: usize>(bytes: &[u8; N]) -> Buffer<N> {
    let mut digits = Buffer::new();
    digits.format_upper(bytes);
    digits
}

/// Appends the upper-case digits of `bytes` to `out`.
pub(crate) fn push_upper(out: &mut String, bytes: &[u8]) {
    /// As much as a processor's vectors are filled by.
    const RUN: usize = 64;
    let (runs, rest) = bytes.as_chunks::<RUN>();
    for run in runs {
        out.push_str(upper(run).as_str());
    }
    let (blocks, rest) = rest.as_chunks::<8>();
    for block in blocks {
        out.push_str(upper(block).as_str());
    }
    for byte in rest {
        out.push_str(upper(&[*byte]).as_str());
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn every_pair_of_characters_is_read_as_the_hex_crate_reads_it() {
        for pair in (0..=u16::MAX).map(u16::to_be_bytes) {
            let (mut ours, mut theirs) = ([0], [0]);
            let read = decode(&pair, &mut ours).is_ok();
            assert_eq!(read, hex::decode_to_slice(pair, &mut theirs).is_ok(), "{pair:?}");
            assert!(!read || ours == theirs, "{pair:?}");
        }
    }

    #[test]
    fn every_character_is_judged_alike_wherever_it_stands() {
        // Vectors take 16, 32 or 64 digits at a time, and other code the rest.
        for length in [16, 32, 64, 66, 130] {
            for (position, byte) in
                (0..length).flat_map(|position| (0..=u8::MAX).map(move |byte| (position, byte)))
            {
                let mut digits = alloc::vec![b'7'; length];
                digits[position] = byte;
                let (mut ours, mut theirs) = (alloc::vec![0; length / 2], alloc::vec![0; length / 2]);
                let read = decode(&digits, &mut ours).is_ok();
                assert_eq!(read, hex::decode_to_slice(&digits, &mut theirs).is_ok(), "{byte} at {position}");
                assert!(!read || ours == theirs, "{byte} at {position}");
            }
        }
    }

    #[test]
    fn no_prefix_is_taken_and_no_other_length() {
        for digits in [&b"0x4142"[..], b"0X41", b"0x", b"4", b"414", b"4142 "] {
            for bytes in 0..4 {
                assert!(decode(digits, &mut [0; 4][..bytes]).is_err(), "{digits:?} as {bytes}");
            }
        }
        assert!(decode(b"4142", &mut [0; 1]).is_err());
        assert!(decode(b"4142", &mut [0; 3]).is_err());
    }

    #[test]
    fn bytes_of_every_length_get_the_digits_that_the_hex_crate_gives_them() {
        let bytes: Vec<u8> = (0..=u8::MAX).chain(0..=u8::MAX).collect();
        for length in 0..bytes.len() {
            let (mut out, bytes) = (String::from("Data="), &bytes[..length]);
            push_upper(&mut out, bytes);
            assert_eq!(out, String::from("Data=") + &hex::encode_upper(bytes));
            let mut back = alloc::vec![0; length];
            assert!(decode(&out.as_bytes()[5..], &mut back).is_ok());
            assert_eq!(back, bytes);
        }
    }
}
