//! AES in CBC mode, on whole blocks.

use alloc::sync::Arc;

use aes::{Aes128, Aes192, Aes256};
use cipher::consts::U16;
use cipher::{
    Array, BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, BlockSizeUser,
    InnerIvInit, KeyInit,
};

use crate::key_error::KeyError;

/// Bytes in a block, and in an IV.
pub(crate) const BLOCK: usize = 16;

/// An AES key schedule of one of the three sizes, made once, shared by clones.
#[derive(Clone)]
pub(crate) enum AesCbc {
    Aes128(Arc<Aes128>),
    Aes192(Arc<Aes192>),
    Aes256(Arc<Aes256>),
}

impl AesCbc {
    pub(crate) fn new(key: &[u8]) -> Result<Self, KeyError> {
        match key.len() {
            0 => Err(KeyError::Empty),
            16 => schedule(key).map(Self::Aes128),
            24 => schedule(key).map(Self::Aes192),
            32 => schedule(key).map(Self::Aes256),
            length => Err(KeyError::AesLength { length }),
        }
    }

    /// Encrypts whole blocks in place. The caller has seen to it that no part of a block is left over.
    pub(crate) fn encrypt(&self, iv: [u8; BLOCK], plaintext: &mut [u8]) {
        match self {
            Self::Aes128(schedule) => encrypt(&**schedule, iv, plaintext),
            Self::Aes192(schedule) => encrypt(&**schedule, iv, plaintext),
            Self::Aes256(schedule) => encrypt(&**schedule, iv, plaintext),
        }
    }

    /// Decrypts whole blocks in place, padding and all. The caller has seen to it that no part of a block is left
    /// over.
    pub(crate) fn decrypt(&self, iv: [u8; BLOCK], ciphertext: &mut [u8]) {
        match self {
            Self::Aes128(schedule) => decrypt(&**schedule, iv, ciphertext),
            Self::Aes192(schedule) => decrypt(&**schedule, iv, ciphertext),
            Self::Aes256(schedule) => decrypt(&**schedule, iv, ciphertext),
        }
    }
}

fn schedule<C: KeyInit>(key: &[u8]) -> Result<Arc<C>, KeyError> {
    C::new_from_slice(key).map(Arc::new).map_err(|_| KeyError::AesLength { length: key.len() })
}

fn encrypt<C>(cipher: &C, iv: [u8; BLOCK], plaintext: &mut [u8])
where
    C: BlockCipherEncrypt + BlockSizeUser<BlockSize = U16>,
{
    let (blocks, _) = Array::slice_as_chunks_mut(plaintext);
    cbc::Encryptor::inner_iv_init(cipher, &Array(iv)).encrypt_blocks(blocks);
}

fn decrypt<C>(cipher: &C, iv: [u8; BLOCK], ciphertext: &mut [u8])
where
    C: BlockCipherDecrypt + BlockSizeUser<BlockSize = U16>,
{
    let (blocks, _) = Array::slice_as_chunks_mut(ciphertext);
    cbc::Decryptor::inner_iv_init(cipher, &Array(iv)).decrypt_blocks(blocks);
}
