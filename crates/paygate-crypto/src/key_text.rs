//! Keys as people write them in an environment variable: the raw password, or `hex:` and digits.

use alloc::vec;

use zeroize::Zeroizing;

use crate::hex_digits::{self, NoHex};
use crate::key::EncryptionKey;
use crate::key_error::KeyError;
use crate::mac_key::MacKey;

impl EncryptionKey {
    /// A Blowfish key from text: the password itself, or `hex:` and the hex digits of its bytes.
    ///
    /// Computop hands the password out as text, so that is the plain case. `hex:` is for a key with bytes that no
    /// text holds, for one that starts with `hex:`, and for one with a blank at an end: a blank there is refused
    /// otherwise, because a copied newline is what it usually is, and nothing would work with it and say why.
    ///
    /// ```no_run
    /// # use paygate_crypto::EncryptionKey;
    /// let key = EncryptionKey::blowfish_from_text(&std::env::var("PAYGATE_ENCRYPTION_KEY")?)?;
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    /// ```
    /// use paygate_crypto::{EncryptionKey, KeyError};
    ///
    /// let raw = EncryptionKey::blowfish_from_text("password")?;
    /// let hex = EncryptionKey::blowfish_from_text("hex:70617373776f7264")?;
    /// assert_eq!(raw.encrypt(b"plaintext")?, hex.encrypt(b"plaintext")?);
    ///
    /// assert_eq!(EncryptionKey::blowfish_from_text("password\n").unwrap_err(), KeyError::BlankAtEnd);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`KeyError::BlankAtEnd`] and [`KeyError::NotHex`] for the text, else as [`EncryptionKey::blowfish`].
    pub fn blowfish_from_text(text: &str) -> Result<Self, KeyError> {
        from_text(text, Self::blowfish)
    }

    /// An AES key from text, written as for [`EncryptionKey::blowfish_from_text`].
    ///
    /// ```
    /// use paygate_crypto::{Cipher, EncryptionKey};
    ///
    /// let key = EncryptionKey::aes_from_text("hex:000102030405060708090A0B0C0D0E0F")?;
    /// assert_eq!(key.cipher(), Cipher::Aes128);
    /// # Ok::<(), paygate_crypto::KeyError>(())
    /// ```
    ///
    /// # Errors
    /// [`KeyError::BlankAtEnd`] and [`KeyError::NotHex`] for the text, else as [`EncryptionKey::aes`].
    pub fn aes_from_text(text: &str) -> Result<Self, KeyError> {
        from_text(text, Self::aes)
    }
}

impl MacKey {
    /// A MAC key from text, written as for [`EncryptionKey::blowfish_from_text`].
    ///
    /// ```
    /// use paygate_crypto::{KeyError, MacKey};
    ///
    /// assert!(MacKey::from_text("mySecret").is_ok());
    /// assert_eq!(MacKey::from_text("hex:6d79536").unwrap_err(), KeyError::NotHex);
    /// ```
    ///
    /// # Errors
    /// [`KeyError::BlankAtEnd`] and [`KeyError::NotHex`] for the text, else as [`MacKey::new`].
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        from_text(text, Self::new)
    }
}

fn from_text<K>(text: &str, new: fn(&[u8]) -> Result<K, KeyError>) -> Result<K, KeyError> {
    if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
        return Err(KeyError::BlankAtEnd);
    }
    let Some(digits) = text.strip_prefix("hex:") else {
        return new(text.as_bytes());
    };
    let mut bytes = Zeroizing::new(vec![0; digits.len() / 2]);
    hex_digits::decode(digits.as_bytes(), &mut bytes).map_err(|NoHex| KeyError::NotHex)?;
    new(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_at_either_end_is_refused_by_name() {
        for text in
            ["key\n", "key\r\n", "key ", " key", "\tkey", "key\u{a0}", " ", "\n", "hex:00 ", " hex:00"]
        {
            assert_eq!(MacKey::from_text(text).unwrap_err(), KeyError::BlankAtEnd, "{text:?}");
        }
    }

    #[test]
    fn a_blank_inside_belongs_to_the_key() {
        assert!(EncryptionKey::aes_from_text("sixteen bytes ok").is_ok());
    }

    #[test]
    fn text_after_hex_that_is_not_hex_is_refused() {
        for text in ["hex:0", "hex:zz", "hex:0x00", "hex: 00", "hex:00 11", "hex:é"] {
            assert_eq!(MacKey::from_text(text).unwrap_err(), KeyError::NotHex, "{text:?}");
        }
    }

    #[test]
    fn no_bytes_are_an_empty_key_however_written() {
        for text in ["", "hex:"] {
            assert_eq!(MacKey::from_text(text).unwrap_err(), KeyError::Empty);
            assert_eq!(EncryptionKey::blowfish_from_text(text).unwrap_err(), KeyError::Empty);
            assert_eq!(EncryptionKey::aes_from_text(text).unwrap_err(), KeyError::Empty);
        }
    }

    #[test]
    fn the_prefix_is_hex_in_lower_case_only_and_anything_else_is_the_password() {
        let aes = |text| EncryptionKey::aes_from_text(text).map(|_| ());
        assert_eq!(aes("HEX:456789abcdef"), Ok(()));
        assert_eq!(aes("hex:456789abcdef"), Err(KeyError::AesLength { length: 6 }));
    }

    #[test]
    fn a_password_outside_ascii_is_its_utf_8_bytes() {
        let text = EncryptionKey::blowfish_from_text("schlüssel").unwrap();
        let bytes = EncryptionKey::blowfish("schlüssel".as_bytes()).unwrap();
        assert_eq!(text.encrypt(b"text").unwrap(), bytes.encrypt(b"text").unwrap());
    }
}
