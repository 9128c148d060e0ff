//! Blowfish in ECB mode, on whole blocks.

use alloc::sync::Arc;
use alloc::vec::Vec;

use blowfish::Blowfish;
use cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt};

use crate::key_error::KeyError;
use crate::upper_hex;

/// Bytes in a block.
pub(crate) const BLOCK: usize = 8;

/// Bytes of key that reach the schedule: 18 words of 4 bytes.
const LONGEST_KEY: usize = 72;

/// A Blowfish key schedule: 4 KiB, made once, shared by clones.
#[derive(Clone)]
pub(crate) struct BlowfishEcb(Arc<Blowfish>);

impl BlowfishEcb {
    pub(crate) fn new(key: &[u8]) -> Result<Self, KeyError> {
        match key.len() {
            0 => return Err(KeyError::Empty),
            1..=LONGEST_KEY => {}
            length => return Err(KeyError::BlowfishLength { length }),
        }
        // `KeyInit` takes 4 to 56 bytes, Paygate any number up to 72; hence bcrypt's way in, which cycles the key
        // over the 72 bytes. Expanding in place leaves no copy of the schedule on the stack.
        let mut schedule = Arc::new(Blowfish::bc_init_state());
        Arc::make_mut(&mut schedule).bc_expand_key(key);
        Ok(Self(schedule))
    }

    /// Encrypts `plaintext`, its last block filled up with zero bytes, and appends the digits to `hex`.
    pub(crate) fn encrypt(&self, plaintext: &[u8], hex: &mut Vec<u8>) {
        // The scratch blocks end as ciphertext: nothing to wipe.
        let (whole, rest) = plaintext.as_chunks::<BLOCK>();
        for block in whole {
            let mut block = Array(*block);
            self.0.encrypt_block(&mut block);
            upper_hex::push(hex, block.0);
        }
        if !rest.is_empty() {
            let mut last = Array([0; BLOCK]);
            last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            self.0.encrypt_block(&mut last);
            upper_hex::push(hex, last.0);
        }
    }

    /// Decrypts whole blocks in place. The caller has seen to it that no part of a block is left over.
    pub(crate) fn decrypt(&self, ciphertext: &mut [u8]) {
        let (blocks, _) = Array::slice_as_chunks_mut(ciphertext);
        self.0.decrypt_blocks(blocks);
    }
}
