//! A MAC, as it is computed, received and printed.

use core::fmt;

use crate::hex_digits::{self, NoHex};

/// Bytes in a MAC: SHA-256's.
pub(crate) const LENGTH: usize = 32;

/// Why a MAC could not be computed or read, or did not hold.
///
/// A mismatch has one name, whichever field or key was the reason: nobody can tell them apart.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MacError {
    /// A field holds `*`, which separates the fields in the MAC's input: two different messages would have one MAC.
    #[error("{part} holds `*`, which separates the fields under the MAC")]
    Separator {
        /// The vendor's name of the field.
        part: &'static str,
    },
    /// The text of a MAC is not 64 characters long.
    #[error("MAC is not 64 characters long")]
    Length,
    /// The text of a MAC holds a character that is no hex digit.
    #[error("MAC holds a character that is no hex digit")]
    NotHex,
    /// The MAC is another one than the fields have with this key.
    #[error("MAC does not match")]
    Mismatch,
}

/// A MAC: 32 bytes, claimed by a peer or computed by a [`MacKey`](crate::MacKey).
///
/// There is no `PartialEq`: comparing in constant time is
/// [`MacKey::verify_response`](crate::MacKey::verify_response)'s work. `Debug` does not show the bytes, because the
/// right MAC of a forged message is as good as the key.
///
/// ```
/// # use paygate_crypto::Mac;
/// let mac = Mac::parse(&[b'0'; 64])?;
/// assert_eq!(format!("{mac:?}"), "Mac([redacted])");
/// # Ok::<(), paygate_crypto::MacError>(())
/// ```
/// ```compile_fail,E0369
/// # use paygate_crypto::Mac;
/// fn careless(expected: &Mac, claimed: &Mac) -> bool {
///     expected == claimed
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Mac(pub(crate) [u8; LENGTH]);

impl Mac {
    /// Reads a claimed MAC: 64 hex digits of either case.
    ///
    /// ASCII blanks and line breaks around them are cut off. The MAC may be the last field of a text, with blanks
    /// for padding behind it.
    ///
    /// ```
    /// use paygate_crypto::{Mac, MacError};
    ///
    /// let mac = Mac::parse(b"38ced807e293fc634a6c36ffaea7bd2687038d40615781918aef2de7bb9a9903  ")?;
    /// assert!(mac.to_hex().as_str().starts_with("38CED807"));
    /// assert_eq!(Mac::parse(b"").unwrap_err(), MacError::Length);
    /// # Ok::<(), MacError>(())
    /// ```
    ///
    /// # Errors
    /// [`MacError::Length`] for more or less than 64 characters, [`MacError::NotHex`] for another one among them.
    pub fn parse(text: &[u8]) -> Result<Self, MacError> {
        let digits: &[u8; 2 * LENGTH] = text.trim_ascii().try_into().map_err(|_| MacError::Length)?;
        let mut bytes = [0; LENGTH];
        hex_digits::decode(digits, &mut bytes).map_err(|NoHex| MacError::NotHex)?;
        Ok(Self(bytes))
    }

    /// The value of the parameter `MAC`: 64 upper-case hex digits.
    ///
    /// Paygate takes either case, and writes upper case itself.
    ///
    /// ```
    /// # use paygate_crypto::Mac;
    /// let hex = Mac::parse(&[b'a'; 64])?.to_hex();
    /// assert_eq!(hex.as_str(), "A".repeat(64));
    /// # Ok::<(), paygate_crypto::MacError>(())
    /// ```
    #[must_use]
    pub fn to_hex(&self) -> MacHex {
        MacHex(*hex_digits::upper(&self.0).as_byte_array())
    }
}

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mac([redacted])")
    }
}

/// The text of a [`Mac`]: 64 upper-case hex digits, held inline.
///
/// Made to be written into a message, with `Display` or [`MacHex::as_str`]; `Debug` does not show it.
#[derive(Clone, Copy)]
pub struct MacHex([u8; 2 * LENGTH]);

impl MacHex {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Hex digits are UTF-8; an empty MAC could only come from a broken encoder, and nobody takes it.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl AsRef<str> for MacHex {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for MacHex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for MacHex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MacHex([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;

    use super::*;

    const UPPER: &str = "38CED807E293FC634A6C36FFAEA7BD2687038D40615781918AEF2DE7BB9A9903";

    #[test]
    fn either_case_is_read_and_upper_case_is_written() {
        for text in [UPPER, &UPPER.to_lowercase()] {
            let hex = Mac::parse(text.as_bytes()).unwrap().to_hex();
            assert_eq!((hex.as_str(), hex.as_ref(), hex.to_string().as_str()), (UPPER, UPPER, UPPER));
        }
    }

    #[test]
    fn blanks_around_are_cut_off_and_blanks_inside_are_refused() {
        assert!(Mac::parse(format!(" {UPPER}\r\n\t ").as_bytes()).is_ok());
        assert_eq!(Mac::parse(UPPER.replacen('8', " ", 1).as_bytes()).unwrap_err(), MacError::NotHex);
    }

    #[test]
    fn other_lengths_are_refused() {
        for text in
            ["", " ", &UPPER[1..], &UPPER[2..], &format!("{UPPER}0"), &format!("{UPPER}00"), &UPPER.repeat(2)]
        {
            assert_eq!(Mac::parse(text.as_bytes()).unwrap_err(), MacError::Length);
        }
    }

    #[test]
    fn other_characters_are_refused() {
        for character in ["g", "+", "*", "\0", "-"] {
            assert_eq!(
                Mac::parse(UPPER.replacen('8', character, 1).as_bytes()).unwrap_err(),
                MacError::NotHex
            );
        }
    }

    #[test]
    fn debug_shows_no_byte() {
        let mac = Mac::parse(UPPER.as_bytes()).unwrap();
        assert_eq!(format!("{mac:?} {:?}", mac.to_hex()), "Mac([redacted]) MacHex([redacted])");
    }
}
