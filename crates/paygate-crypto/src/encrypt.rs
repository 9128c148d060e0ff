//! From a text to `Data` and `Len`.

use alloc::string::String;

use crate::aes_cbc;
use crate::blowfish_ecb;
use crate::data::EncryptedData;
use crate::hex_digits;
use crate::key::{Cipher, EncryptionKey, Schedule};
use crate::plaintext::Plaintext;

/// Why a text could not be encrypted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncryptError {
    /// An AES message needs a fresh IV, and this build has no source of random bytes: turn the feature `getrandom`
    /// on, or bring an IV to [`EncryptionKey::encrypt_with_iv`].
    #[error("an AES message needs an IV, and the feature `getrandom` is off")]
    IvNeeded,
    /// The operating system gave no random bytes for the IV.
    #[error("the operating system gave no random bytes for the IV")]
    NoRandomness,
    /// An IV was brought to a Blowfish key; ECB mode has none.
    #[error("Blowfish in ECB mode has no IV")]
    NoIv,
    /// The text is so long that its `Data` finds no room in memory.
    #[error("the text is too long to be encrypted")]
    TooLong,
}

impl EncryptionKey {
    /// Encrypts `plaintext` into `Data` and `Len`.
    ///
    /// * Blowfish: blocks of 8 bytes, the last one filled up with zero bytes; a text that fills its blocks gets no
    ///   further one, and an empty text has empty `Data`. That is what Computop's own PHP sample does.
    /// * AES: a fresh IV for each message, PKCS#7 padding, and `Data` is the digits of the IV, `-`, and those of the
    ///   ciphertext. Computop's pages that are in reach say nothing of it; its shop plugins do it so.
    ///
    /// What the bytes mean is the caller's affair: this crate knows no character set.
    ///
    /// ```
    /// use paygate_crypto::EncryptionKey;
    ///
    /// let blowfish = EncryptionKey::blowfish(b"16CharKeyLength!")?;
    /// let sealed = blowfish.encrypt(b"Unencrypted plain text!")?;
    /// assert_eq!(sealed.data(), "4105AAFDC6445BF2EB8242371136F488A4812B38A821E753");
    /// assert_eq!(sealed.len(), 23);
    ///
    /// # #[cfg(feature = "getrandom")] {
    /// let aes = EncryptionKey::aes(b"0123456789abcdef")?;
    /// assert_ne!(aes.encrypt(b"twice")?, aes.encrypt(b"twice")?);
    /// # }
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// With an AES key [`EncryptError::IvNeeded`] where the feature `getrandom` is off, and
    /// [`EncryptError::NoRandomness`] where the operating system fails. [`EncryptError::TooLong`] for a text that
    /// half the memory could not hold.
    pub fn encrypt(&self, plaintext: &[u8]) -> Result<EncryptedData, EncryptError> {
        let mut data = String::new();
        self.encrypt_onto(copy_of(plaintext)?, &mut data)?;
        Ok(EncryptedData::new(data, plaintext.len()))
    }

    /// Encrypts a text where it stands, and appends the value of `Data` to `out`, for example behind a URL.
    ///
    /// Allocates nothing where the text has room for its padding (up to 16 bytes) and `out` for the digits. `Len` is
    /// the length of the text.
    ///
    /// ```
    /// use paygate_crypto::{EncryptionKey, Plaintext};
    ///
    /// let mut query = String::from("Len=9&Data=");
    /// EncryptionKey::blowfish(b"password")?.encrypt_onto(Plaintext::from(&b"plaintext"[..]), &mut query)?;
    /// assert_eq!(query, "Len=9&Data=14EC7A6DA0FBB3E50A84B47302443328");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`EncryptionKey::encrypt`]; then `out` is as it was.
    pub fn encrypt_onto(&self, text: Plaintext, out: &mut String) -> Result<(), EncryptError> {
        let iv = match self.cipher() {
            Cipher::Blowfish => None,
            Cipher::Aes128 | Cipher::Aes192 | Cipher::Aes256 => Some(random_iv()?),
        };
        self.encrypt_padded(text, iv, out)
    }

    /// Encrypts `plaintext` with an AES key and an IV of the caller's.
    ///
    /// For a target without an operating system, and for tests. Use no IV twice with a key, and none that an
    /// attacker can guess beforehand: in CBC mode both tell things about the text.
    ///
    /// ```
    /// use paygate_crypto::EncryptionKey;
    ///
    /// let sealed = EncryptionKey::aes(&[0; 16])?.encrypt_with_iv(b"", [0; 16])?;
    /// assert_eq!(sealed.data(), "00000000000000000000000000000000-0143DB63EE66B0CDFF9F69917680151E");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`EncryptError::NoIv`] with a Blowfish key; [`EncryptError::TooLong`] as for [`EncryptionKey::encrypt`].
    pub fn encrypt_with_iv(&self, plaintext: &[u8], iv: [u8; 16]) -> Result<EncryptedData, EncryptError> {
        if matches!(self.schedule, Schedule::Blowfish(_)) {
            return Err(EncryptError::NoIv);
        }
        let mut data = String::new();
        self.encrypt_padded(copy_of(plaintext)?, Some(iv), &mut data)?;
        Ok(EncryptedData::new(data, plaintext.len()))
    }

    /// Pads the text as its cipher demands, encrypts it and writes the digits.
    fn encrypt_padded(
        &self,
        mut text: Plaintext,
        iv: Option<[u8; aes_cbc::BLOCK]>,
        out: &mut String,
    ) -> Result<(), EncryptError> {
        make_room(out, text.len())?;
        match &self.schedule {
            Schedule::Blowfish(key) => {
                text.fill_up(text.len().next_multiple_of(blowfish_ecb::BLOCK), 0);
                key.encrypt(&mut text);
            }
            Schedule::Aes(key) => {
                let iv = iv.ok_or(EncryptError::IvNeeded)?;
                hex_digits::push_upper(out, &iv);
                out.push('-');
                // PKCS#7: always some bytes, each of which holds their number.
                let whole = text.len().saturating_add(1).next_multiple_of(aes_cbc::BLOCK);
                let padding = u8::try_from(whole.saturating_sub(text.len())).unwrap_or_default();
                text.fill_up(whole, padding);
                key.encrypt(iv, &mut text);
            }
        }
        hex_digits::push_upper(out, &text);
        Ok(())
    }
}

/// A copy of the text, with room for the padding of either cipher.
fn copy_of(plaintext: &[u8]) -> Result<Plaintext, EncryptError> {
    Plaintext::try_copy(plaintext, aes_cbc::BLOCK).ok_or(EncryptError::TooLong)
}

/// Room for the digits of either cipher.
fn make_room(out: &mut String, bytes: usize) -> Result<(), EncryptError> {
    const IV_DIGITS_AND_DASH: usize = 2 * aes_cbc::BLOCK + 1;
    let padded = bytes.saturating_add(aes_cbc::BLOCK);
    out.try_reserve(padded.saturating_mul(2).saturating_add(IV_DIGITS_AND_DASH))
        .map_err(|_| EncryptError::TooLong)
}

#[cfg(feature = "getrandom")]
fn random_iv() -> Result<[u8; aes_cbc::BLOCK], EncryptError> {
    let mut iv = [0; aes_cbc::BLOCK];
    getrandom::fill(&mut iv).map_err(|_| EncryptError::NoRandomness)?;
    Ok(iv)
}

#[cfg(not(feature = "getrandom"))]
const fn random_iv() -> Result<[u8; aes_cbc::BLOCK], EncryptError> {
    Err(EncryptError::IvNeeded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blowfish() -> EncryptionKey {
        EncryptionKey::blowfish(b"16CharKeyLength!").unwrap()
    }

    fn aes() -> EncryptionKey {
        EncryptionKey::aes(b"0123456789abcdef").unwrap()
    }

    #[test]
    fn an_empty_text_has_empty_data_and_len_0() {
        let sealed = blowfish().encrypt(b"").unwrap();
        assert_eq!((sealed.data(), sealed.len()), ("", 0));
        assert!(sealed.is_empty());
        assert!(!blowfish().encrypt(b"x").unwrap().is_empty());
    }

    #[test]
    fn blowfish_fills_the_last_block_with_zero_bytes_and_adds_none() {
        for length in 0..=24 {
            let mut padded = alloc::vec![b'x'; length];
            let sealed = blowfish().encrypt(&padded).unwrap();
            padded.resize(length.next_multiple_of(8), 0);
            assert_eq!(sealed.data(), blowfish().encrypt(&padded).unwrap().data());
            assert_eq!((sealed.data().len(), sealed.len()), (2 * padded.len(), length));
        }
    }

    #[test]
    fn aes_adds_pkcs_7_padding_always() {
        for length in 0..=33_u8 {
            let text = alloc::vec![b'x'; length.into()];
            let sealed = aes().encrypt_with_iv(&text, [3; 16]).unwrap();
            let opened = aes().decrypt(sealed.data().as_bytes()).unwrap();
            let padding = 16 - length % 16;
            let expected = alloc::vec![padding; padding.into()];
            assert_eq!(opened.blocks(), [text, expected].concat());
        }
    }

    #[test]
    fn the_iv_stands_before_the_dash() {
        let sealed = aes().encrypt_with_iv(b"text", [0xAB; 16]).unwrap();
        let (iv, ciphertext) = sealed.data().split_once('-').unwrap();
        assert_eq!(iv, "AB".repeat(16));
        assert_eq!(ciphertext.len(), 32);
    }

    #[test]
    fn all_digits_have_room_before_the_first_is_written() {
        for length in [0, 16, 32] {
            let mut out = String::new();
            make_room(&mut out, length).unwrap();
            let sealed = aes().encrypt_with_iv(&alloc::vec![b'x'; length], [3; 16]).unwrap();
            assert!(out.capacity() >= sealed.data().len(), "{length}");
        }
        assert_eq!(make_room(&mut String::new(), usize::MAX), Err(EncryptError::TooLong));
    }

    #[test]
    fn a_blowfish_key_takes_no_iv() {
        assert_eq!(blowfish().encrypt_with_iv(b"text", [0; 16]), Err(EncryptError::NoIv));
    }

    #[test]
    #[cfg(feature = "getrandom")]
    fn every_aes_message_has_its_own_iv() {
        assert_ne!(aes().encrypt(b"text").unwrap(), aes().encrypt(b"text").unwrap());
    }

    #[test]
    #[cfg(not(feature = "getrandom"))]
    fn without_a_source_of_random_bytes_aes_asks_for_an_iv() {
        assert_eq!(aes().encrypt(b"text"), Err(EncryptError::IvNeeded));
    }
}
