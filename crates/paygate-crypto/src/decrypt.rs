//! From `Data` to whole blocks.

use crate::aes_cbc::{self, AesCbc};
use crate::blowfish_ecb::BlowfishEcb;
use crate::decrypted::Decrypted;
use crate::hex_digits::{self, NoHex};
use crate::key::{Cipher, EncryptionKey, Schedule};
use crate::plaintext::Plaintext;

/// Why `Data` could not be decrypted: its form is wrong, or it is another cipher's.
///
/// A wrong key is no such reason. It decrypts to noise without an error, and the MAC finds it out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// There is no ciphertext. An empty text could look so, but no message is empty.
    #[error("Data is empty")]
    Empty,
    /// `Data` looks like AES (it holds a `-`) and the key is for Blowfish, or the other way round.
    #[error("Data was encrypted with another cipher than the key is for")]
    WrongCipher,
    /// What stands before the `-` of AES `Data` is not 32 hex digits.
    #[error("the IV in Data is not 32 hex digits")]
    BadIv,
    /// The number of hex digits is odd.
    #[error("Data has an odd number of hex digits")]
    OddHex,
    /// A character is no hex digit.
    #[error("Data holds a character that is no hex digit")]
    NotHex,
    /// The ciphertext is not a whole number of the cipher's blocks.
    #[error("Data is not a whole number of blocks")]
    NotBlocks,
    /// The buffer given to [`EncryptionKey::decrypt_in`] cannot hold the blocks.
    #[error("the buffer is too small: {needed} bytes are needed")]
    BufferTooSmall {
        /// Bytes that would do.
        needed: usize,
    },
}

/// Bytes of buffer that are enough for [`EncryptionKey::decrypt_in`] of `data`, whatever the key: half its digits.
///
/// An upper bound, computed from the length alone; AES needs 16 bytes less.
///
/// ```
/// assert_eq!(paygate_crypto::decrypted_len(b"14EC7A6DA0FBB3E50A84B47302443328"), 16);
/// ```
#[must_use]
pub const fn decrypted_len(data: &[u8]) -> usize {
    data.len() / 2
}

impl EncryptionKey {
    /// Decrypts the value of `Data`, as received, into a buffer that is wiped when it is dropped.
    ///
    /// Hex digits of either case are taken. The padding is neither looked at nor removed, for AES as for Blowfish:
    /// senders of Blowfish pad in four ways, so that `Len` alone tells where the text ends, and a reader that does
    /// not judge padding is no padding oracle. [`Decrypted::cut`] finds the end.
    ///
    /// ```
    /// use paygate_crypto::{EncryptionKey, LenUnit};
    ///
    /// // Padded with a blank, as one of Computop's samples does it.
    /// let data = b"4105aafdc6445bf2eb8242371136f4886413347eeb8731b9";
    /// let opened = EncryptionKey::blowfish(b"16CharKeyLength!")?.decrypt(data)?;
    /// assert_eq!(opened.blocks(), b"Unencrypted plain text! ");
    /// assert_eq!(opened.cut(23, LenUnit::Bytes)?, 23);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`DataError`], when the form of `data` is wrong or not that of this key's cipher.
    pub fn decrypt(&self, data: &[u8]) -> Result<Decrypted<Plaintext>, DataError> {
        let parsed = self.parse(data)?;
        let buffer = Plaintext::zeroed(parsed.needed);
        parsed.decrypt_in(buffer)
    }

    /// Like [`EncryptionKey::decrypt`], into a buffer of the caller's: nothing is allocated.
    ///
    /// [`decrypted_len`] says how long the buffer must be; what is longer than the blocks stays as it was. Wiping
    /// the buffer is the caller's affair, after an error too: it may hold anything then.
    ///
    /// ```
    /// use paygate_crypto::{DataError, EncryptionKey};
    ///
    /// let key = EncryptionKey::blowfish(b"password")?;
    /// let data = b"14EC7A6DA0FBB3E50A84B47302443328";
    ///
    /// let mut buffer = [0; 64];
    /// let opened = key.decrypt_in(data, &mut buffer[..])?;
    /// assert_eq!(opened.blocks(), b"plaintext\0\0\0\0\0\0\0");
    ///
    /// let refused = key.decrypt_in(data, [0; 15]).unwrap_err();
    /// assert_eq!(refused, DataError::BufferTooSmall { needed: 16 });
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`EncryptionKey::decrypt`], and [`DataError::BufferTooSmall`].
    pub fn decrypt_in<B>(&self, data: &[u8], buffer: B) -> Result<Decrypted<B>, DataError>
    where
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        self.parse(data)?.decrypt_in(buffer)
    }

    /// Checks all of the form but the digits of the ciphertext.
    fn parse<'a>(&'a self, data: &'a [u8]) -> Result<Parsed<'a>, DataError> {
        if data.is_empty() {
            return Err(DataError::Empty);
        }
        let (key, digits) = match &self.schedule {
            Schedule::Blowfish(key) => (Unlocked::Blowfish(key), data),
            Schedule::Aes(key) => {
                let (iv, digits) = split_iv(data).ok_or_else(|| wrong_iv(data))?;
                (Unlocked::Aes(key, iv), digits)
            }
        };
        if digits.is_empty() {
            return Err(DataError::Empty);
        }
        if !digits.len().is_multiple_of(2) {
            return Err(key.wrong_form(digits, DataError::OddHex));
        }
        let needed = digits.len() / 2;
        let cipher = self.cipher();
        if !needed.is_multiple_of(cipher.block_len()) {
            return Err(key.wrong_form(digits, DataError::NotBlocks));
        }
        Ok(Parsed { key, cipher, digits, needed })
    }
}

/// `Data`, taken apart.
struct Parsed<'a> {
    key: Unlocked<'a>,
    cipher: Cipher,
    digits: &'a [u8],
    /// Bytes of ciphertext, a whole number of blocks.
    needed: usize,
}

/// All that decrypting takes: AES has found its IV.
enum Unlocked<'a> {
    Blowfish(&'a BlowfishEcb),
    Aes(&'a AesCbc, [u8; aes_cbc::BLOCK]),
}

impl Unlocked<'_> {
    /// What is wrong with digits in which something is: those of AES, behind their IV and its dash, are no Blowfish.
    fn wrong_form(&self, digits: &[u8], error: DataError) -> DataError {
        match self {
            Self::Blowfish(_) if digits.contains(&b'-') => DataError::WrongCipher,
            Self::Blowfish(_) | Self::Aes(..) => error,
        }
    }
}

impl Parsed<'_> {
    fn decrypt_in<B>(self, mut buffer: B) -> Result<Decrypted<B>, DataError>
    where
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let Self { key, cipher, digits, needed } = self;
        let blocks = buffer.as_mut().get_mut(..needed);
        let blocks = blocks.ok_or_else(|| key.wrong_form(digits, DataError::BufferTooSmall { needed }))?;
        hex_digits::decode(digits, blocks).map_err(|NoHex| key.wrong_form(digits, DataError::NotHex))?;
        match key {
            Unlocked::Blowfish(key) => key.decrypt(blocks),
            Unlocked::Aes(key, iv) => key.decrypt(iv, blocks),
        }
        Ok(Decrypted::new(buffer, needed, cipher))
    }
}

/// What is wrong with `Data` that does not start with an IV and a dash.
fn wrong_iv(data: &[u8]) -> DataError {
    if data.contains(&b'-') { DataError::BadIv } else { DataError::WrongCipher }
}

/// The IV, and the digits after the dash.
fn split_iv(data: &[u8]) -> Option<([u8; aes_cbc::BLOCK], &[u8])> {
    let (digits, rest) = data.split_at_checked(2 * aes_cbc::BLOCK)?;
    let mut iv = [0; aes_cbc::BLOCK];
    hex_digits::decode(digits, &mut iv).ok()?;
    Some((iv, rest.strip_prefix(b"-")?))
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;

    const IV: &str = "00112233445566778899aabbccddeeff";

    fn blowfish(data: &str) -> Result<Vec<u8>, DataError> {
        blocks(&EncryptionKey::blowfish(b"password").unwrap(), data)
    }

    fn aes(data: &str) -> Result<Vec<u8>, DataError> {
        blocks(&EncryptionKey::aes(b"0123456789abcdef").unwrap(), data)
    }

    /// What both ways of decrypting agree on.
    fn blocks(key: &EncryptionKey, data: &str) -> Result<Vec<u8>, DataError> {
        let owned = key.decrypt(data.as_bytes()).map(|opened| opened.blocks().to_vec());
        let lent = key
            .decrypt_in(data.as_bytes(), &mut vec![0xEE; decrypted_len(data.as_bytes())][..])
            .map(|opened| opened.blocks().to_vec());
        assert_eq!(owned, lent);
        owned
    }

    #[test]
    fn either_case_of_the_digits_is_taken() {
        let expected = b"plaintext\0\0\0\0\0\0\0";
        assert_eq!(blowfish("14EC7A6DA0FBB3E50A84B47302443328").unwrap(), expected);
        assert_eq!(blowfish("14ec7A6da0FBb3e50a84b47302443328").unwrap(), expected);
    }

    #[test]
    fn empty_data_is_refused() {
        assert_eq!(blowfish(""), Err(DataError::Empty));
        assert_eq!(aes(""), Err(DataError::Empty));
        assert_eq!(aes(&format!("{IV}-")), Err(DataError::Empty));
    }

    #[test]
    fn data_of_the_other_cipher_is_refused_by_name() {
        assert_eq!(blowfish(&format!("{IV}-{IV}")), Err(DataError::WrongCipher));
        assert_eq!(blowfish("-"), Err(DataError::WrongCipher));
        assert_eq!(aes(IV), Err(DataError::WrongCipher));
    }

    #[test]
    fn an_iv_that_is_not_32_digits_before_a_dash_is_refused() {
        for data in ["-", "00-00", &IV.replace('0', "g"), &format!("0{IV}"), &IV[1..]] {
            assert_eq!(aes(&format!("{data}-{IV}")), Err(DataError::BadIv), "{data}");
        }
    }

    #[test]
    fn an_odd_number_of_digits_is_refused() {
        assert_eq!(blowfish("14EC7A6DA0FBB3E"), Err(DataError::OddHex));
        assert_eq!(aes(&format!("{IV}-{IV}0")), Err(DataError::OddHex));
    }

    #[test]
    fn a_part_of_a_block_is_refused() {
        assert_eq!(blowfish("14EC7A6DA0FBB3"), Err(DataError::NotBlocks));
        assert_eq!(aes(&format!("{IV}-14EC7A6DA0FBB3E5")), Err(DataError::NotBlocks));
    }

    #[test]
    fn a_character_that_is_no_digit_is_refused() {
        for character in ["g", " ", "+", "\0", "\n"] {
            let data = IV.replacen('0', character, 1);
            assert_eq!(blowfish(&data), Err(DataError::NotHex));
            assert_eq!(aes(&format!("{IV}-{data}")), Err(DataError::NotHex));
        }
        assert_eq!(aes(&format!("{IV}-{}", IV.replacen('0', "-", 1))), Err(DataError::NotHex));
    }

    #[test]
    fn a_buffer_that_is_too_small_is_refused_and_told_what_would_do() {
        let key = EncryptionKey::aes(b"0123456789abcdef").unwrap();
        let data = format!("{IV}-{IV}");
        assert_eq!(
            key.decrypt_in(data.as_bytes(), [0; 15]).unwrap_err(),
            DataError::BufferTooSmall { needed: 16 }
        );
        assert!(key.decrypt_in(data.as_bytes(), [0; 16]).is_ok());
    }

    #[test]
    fn half_as_many_bytes_as_digits_are_enough_for_either_cipher() {
        // Exactly as many for Blowfish; for AES the digits of the IV and its dash are counted too.
        assert_eq!(decrypted_len(IV.as_bytes()), 16);
        assert_eq!(decrypted_len(format!("{IV}-{IV}").as_bytes()), 32);
    }

    #[test]
    fn what_is_longer_than_the_blocks_stays_as_it_was() {
        let key = EncryptionKey::blowfish(b"password").unwrap();
        let opened = key.decrypt_in(b"14EC7A6DA0FBB3E50A84B47302443328", [0xEE; 20]).unwrap();
        assert_eq!(opened.blocks().len(), 16);
        assert_eq!(opened.into_buffer()[16..], [0xEE; 4]);
    }

    #[test]
    fn a_wrong_key_decrypts_to_noise_and_no_error() {
        let noise =
            blocks(&EncryptionKey::blowfish(b"passwort").unwrap(), "14EC7A6DA0FBB3E50A84B47302443328");
        assert_ne!(noise.unwrap(), b"plaintext\0\0\0\0\0\0\0");
    }
}
