//! The key that `Data` is encrypted with.

use core::fmt;

use crate::aes_cbc::{self, AesCbc};
use crate::blowfish_ecb::{self, BlowfishEcb};
use crate::key_error::KeyError;

/// Which cipher a key is for, and so how its `Data` looks.
///
/// Blowfish is what Paygate uses unless told otherwise. AES is turned on for a merchant by Computop's helpdesk; the
/// length of the password decides which of the three it is.
///
/// ```
/// use paygate_crypto::{Cipher, EncryptionKey};
///
/// let key = EncryptionKey::aes(b"0123456789abcdef")?;
/// assert_eq!(key.cipher(), Cipher::Aes128);
/// assert_eq!(key.cipher().to_string(), "AES-128-CBC");
/// # Ok::<(), paygate_crypto::KeyError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cipher {
    /// Blowfish in ECB mode.
    Blowfish,
    /// AES in CBC mode with a key of 16 bytes.
    Aes128,
    /// AES in CBC mode with a key of 24 bytes.
    Aes192,
    /// AES in CBC mode with a key of 32 bytes.
    Aes256,
}

impl Cipher {
    /// Bytes in a block: 8 for Blowfish, 16 for AES.
    ///
    /// ```
    /// assert_eq!(paygate_crypto::Cipher::Blowfish.block_len(), 8);
    /// ```
    #[must_use]
    pub const fn block_len(self) -> usize {
        match self {
            Self::Blowfish => blowfish_ecb::BLOCK,
            Self::Aes128 | Self::Aes192 | Self::Aes256 => aes_cbc::BLOCK,
        }
    }
}

impl fmt::Display for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Blowfish => "Blowfish-ECB",
            Self::Aes128 => "AES-128-CBC",
            Self::Aes192 => "AES-192-CBC",
            Self::Aes256 => "AES-256-CBC",
        })
    }
}

/// The key that `Data` is encrypted with: the merchant's *encryption password*.
///
/// The schedule is computed once, here, so a key is made at start and kept. Clones share it and cost a reference
/// count; the last one to go wipes it. `Debug` shows nothing of it, and there is no `PartialEq` to compare keys
/// carelessly with:
///
/// ```
/// use paygate_crypto::EncryptionKey;
///
/// let key = EncryptionKey::blowfish(b"16CharKeyLength!")?;
/// assert_eq!(format!("{key:?}"), "EncryptionKey([redacted])");
/// # Ok::<(), paygate_crypto::KeyError>(())
/// ```
/// ```compile_fail,E0369
/// # use paygate_crypto::EncryptionKey;
/// fn same(a: &EncryptionKey, b: &EncryptionKey) -> bool {
///     a == b
/// }
/// ```
#[derive(Clone)]
pub struct EncryptionKey {
    pub(crate) schedule: Schedule,
}

/// What the key became. An AES key needs an IV for each message and a Blowfish key has none, hence two kinds.
#[derive(Clone)]
pub(crate) enum Schedule {
    Blowfish(BlowfishEcb),
    Aes(AesCbc),
}

impl EncryptionKey {
    /// A Blowfish key: the bytes of the password as they are, 1 to 72 of them.
    ///
    /// The vendor hands out 16 printable characters. The password is no hex and goes through no derivation: its
    /// bytes are repeated over the 72 bytes that the schedule takes, which is why a password and its repetition are
    /// one key, and why more than 72 would be cut off in silence by others and are refused here.
    ///
    /// ```
    /// use paygate_crypto::{EncryptionKey, KeyError};
    ///
    /// assert!(EncryptionKey::blowfish(b"16CharKeyLength!").is_ok());
    /// assert_eq!(EncryptionKey::blowfish(b"").unwrap_err(), KeyError::Empty);
    /// assert_eq!(EncryptionKey::blowfish(&[7; 73]).unwrap_err(), KeyError::BlowfishLength { length: 73 });
    /// ```
    ///
    /// # Errors
    /// [`KeyError::Empty`] without a byte, [`KeyError::BlowfishLength`] with more than 72.
    pub fn blowfish(key: &[u8]) -> Result<Self, KeyError> {
        BlowfishEcb::new(key).map(Schedule::Blowfish).map(|schedule| Self { schedule })
    }

    /// An AES key: the bytes of the password as they are, 16, 24 or 32 of them.
    ///
    /// ```
    /// use paygate_crypto::{EncryptionKey, KeyError};
    ///
    /// assert!(EncryptionKey::aes(&[7; 32]).is_ok());
    /// assert_eq!(EncryptionKey::aes(&[7; 20]).unwrap_err(), KeyError::AesLength { length: 20 });
    /// ```
    ///
    /// # Errors
    /// [`KeyError::Empty`] without a byte, [`KeyError::AesLength`] with any other number of them.
    pub fn aes(key: &[u8]) -> Result<Self, KeyError> {
        AesCbc::new(key).map(Schedule::Aes).map(|schedule| Self { schedule })
    }

    /// The cipher that this key is for.
    #[must_use]
    pub fn cipher(&self) -> Cipher {
        match &self.schedule {
            Schedule::Blowfish(_) => Cipher::Blowfish,
            Schedule::Aes(AesCbc::Aes128(_)) => Cipher::Aes128,
            Schedule::Aes(AesCbc::Aes192(_)) => Cipher::Aes192,
            Schedule::Aes(AesCbc::Aes256(_)) => Cipher::Aes256,
        }
    }
}

impl fmt::Debug for EncryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EncryptionKey([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blowfish_key_has_1_to_72_bytes() {
        for length in 1..=72 {
            assert!(EncryptionKey::blowfish(&[7; 72][..length]).is_ok(), "{length}");
        }
        assert_eq!(EncryptionKey::blowfish(&[]).unwrap_err(), KeyError::Empty);
        assert_eq!(EncryptionKey::blowfish(&[7; 73]).unwrap_err(), KeyError::BlowfishLength { length: 73 });
    }

    #[test]
    fn an_aes_key_has_16_24_or_32_bytes() {
        for length in 1..=64 {
            match (length, EncryptionKey::aes(&[7; 64][..length])) {
                (16, Ok(key)) => assert_eq!(key.cipher(), Cipher::Aes128),
                (24, Ok(key)) => assert_eq!(key.cipher(), Cipher::Aes192),
                (32, Ok(key)) => assert_eq!(key.cipher(), Cipher::Aes256),
                (_, refused) => assert_eq!(refused.unwrap_err(), KeyError::AesLength { length }),
            }
        }
        assert_eq!(EncryptionKey::aes(&[]).unwrap_err(), KeyError::Empty);
    }

    #[test]
    fn a_cipher_is_named_with_its_mode() {
        let names = [Cipher::Blowfish, Cipher::Aes128, Cipher::Aes192, Cipher::Aes256]
            .map(|cipher| alloc::format!("{cipher:>12}"));
        assert_eq!(names, ["Blowfish-ECB", " AES-128-CBC", " AES-192-CBC", " AES-256-CBC"]);
    }

    #[test]
    fn a_clone_shares_the_schedule() {
        let key = EncryptionKey::blowfish(b"16CharKeyLength!").unwrap();
        let text = key.encrypt(b"text").unwrap();
        assert_eq!(key.clone().encrypt(b"text").unwrap(), text);
        drop(key.clone());
        assert_eq!(key.encrypt(b"text").unwrap(), text);
    }

    #[test]
    fn debug_shows_nothing_of_a_key() {
        let key = EncryptionKey::aes(b"0123456789abcdef").unwrap();
        assert_eq!(alloc::format!("{key:#?}"), "EncryptionKey([redacted])");
    }
}
