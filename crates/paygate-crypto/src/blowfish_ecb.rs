//! Blowfish in ECB mode, on whole blocks.

use alloc::sync::Arc;

#[cfg(feature = "plain-blowfish")]
use blowfish::Blowfish;
use cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt};

use crate::key_error::KeyError;
#[cfg(not(feature = "plain-blowfish"))]
use crate::wide_blowfish::Blowfish;

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

    /// Encrypts whole blocks in place. The caller has seen to it that no part of a block is left over.
    pub(crate) fn encrypt(&self, plaintext: &mut [u8]) {
        let (blocks, _) = Array::slice_as_chunks_mut(plaintext);
        self.0.encrypt_blocks(blocks);
    }

    /// Decrypts whole blocks in place. The caller has seen to it that no part of a block is left over.
    pub(crate) fn decrypt(&self, ciphertext: &mut [u8]) {
        let (blocks, _) = Array::slice_as_chunks_mut(ciphertext);
        self.0.decrypt_blocks(blocks);
    }
}
