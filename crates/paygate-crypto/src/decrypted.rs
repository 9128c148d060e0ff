//! Whole decrypted blocks, and where in them the text ends.

use core::fmt;
use core::ops::RangeInclusive;

use crate::key::Cipher;

/// What a `Len` counts.
///
/// The vendor says "length of the unencrypted string" and leaves it at that. Its own sample counts bytes; live
/// integrations count characters (PHP's `mb_strlen`, Python) or UTF-16 units (JavaScript, Java). For a text in a
/// single-byte character set all of them are [`LenUnit::Bytes`].
///
/// ```
/// use paygate_crypto::{EncryptionKey, LenUnit};
///
/// let key = EncryptionKey::blowfish(b"password")?;
/// let data = key.encrypt("City=Köln 🏰".as_bytes())?.into_data();
/// let opened = key.decrypt(data.as_bytes())?;
///
/// assert_eq!(opened.cut(15, LenUnit::Bytes)?, 15);
/// assert_eq!(opened.cut(11, LenUnit::Chars)?, 15);
/// assert_eq!(opened.cut(12, LenUnit::Utf16)?, 15);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LenUnit {
    /// Bytes.
    Bytes,
    /// Unicode code points of a text in UTF-8.
    Chars,
    /// UTF-16 code units of a text in UTF-8: two for a character beyond U+FFFF, one for any other.
    Utf16,
}

/// Why blocks could not be cut at a `Len`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CutError {
    /// `Len` is longer than the decrypted blocks.
    #[error("Len is longer than Data")]
    BeyondData,
    /// `Len` leaves more behind it, or with AES less, than any sender's padding does.
    #[error("Len leaves more or less behind it than padding can be")]
    Slack,
    /// `Len` was to be counted in characters, and the bytes before it are not UTF-8.
    #[error("the text is not UTF-8 up to Len")]
    NotUtf8,
    /// `Len` was to be counted in UTF-16 units, and ends in the middle of a character.
    #[error("Len ends in the middle of a character")]
    InsideChar,
}

/// Decrypted whole blocks: the text, and the padding behind it.
///
/// **Nothing here is authentic.** Blocks can have been pasted, and a wrong key gives noise; only the MAC inside the
/// text tells. `Debug` shows lengths, and no content.
///
/// ```
/// use paygate_crypto::EncryptionKey;
///
/// let opened = EncryptionKey::blowfish(b"password")?.decrypt(b"14EC7A6DA0FBB3E50A84B47302443328")?;
/// assert_eq!(opened.blocks(), b"plaintext\0\0\0\0\0\0\0");
/// assert!(!format!("{opened:?}").contains("plain"));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[must_use]
pub struct Decrypted<B> {
    buffer: B,
    /// Bytes of the buffer that are blocks.
    len: usize,
    cipher: Cipher,
}

impl<B> Decrypted<B> {
    pub(crate) const fn new(buffer: B, len: usize, cipher: Cipher) -> Self {
        Self { buffer, len, cipher }
    }

    /// The buffer that the blocks stand in, from its first byte on.
    ///
    /// A buffer given to [`decrypt_in`](crate::EncryptionKey::decrypt_in) may be longer than the blocks.
    #[must_use]
    pub fn into_buffer(self) -> B {
        self.buffer
    }
}

impl<B: AsRef<[u8]>> Decrypted<B> {
    /// The blocks, padding and all.
    #[must_use]
    pub fn blocks(&self) -> &[u8] {
        self.buffer.as_ref().get(..self.len).unwrap_or_default()
    }

    /// Where the text ends, in bytes, when the sender's `Len` counts in `unit`.
    ///
    /// What is left behind the text must have a length that padding can have. Senders of Blowfish pad with zeros,
    /// blanks or PKCS#5, and one adds a block to zeros, so 0 to 15 bytes; AES pads with PKCS#7, and one puts zeros
    /// before it, so 1 to 32. Their content is not looked at. Anything longer is a `Len` that somebody shortened,
    /// since `Len` travels in the clear.
    ///
    /// The time taken grows with the blocks; it depends on their content only where characters are counted.
    ///
    /// ```
    /// use paygate_crypto::{CutError, EncryptionKey, LenUnit};
    ///
    /// let opened = EncryptionKey::blowfish(b"password")?.decrypt(b"14EC7A6DA0FBB3E50A84B47302443328")?;
    /// assert_eq!(opened.cut(9, LenUnit::Bytes), Ok(9));
    /// assert_eq!(opened.cut(17, LenUnit::Bytes), Err(CutError::BeyondData));
    /// assert_eq!(opened.cut(0, LenUnit::Bytes), Err(CutError::Slack));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`CutError::BeyondData`] and [`CutError::Slack`] for any unit; [`CutError::NotUtf8`] when characters are
    /// counted in what is not UTF-8 up to the cut; [`CutError::InsideChar`] for [`LenUnit::Utf16`].
    pub fn cut(&self, len: usize, unit: LenUnit) -> Result<usize, CutError> {
        let blocks = self.blocks();
        // In any unit: a character takes no less bytes than units.
        if len > blocks.len() {
            return Err(CutError::BeyondData);
        }
        let end = match unit {
            LenUnit::Bytes => len,
            LenUnit::Chars => end_in_text(blocks, len, |_| 1)?,
            LenUnit::Utf16 => end_in_text(blocks, len, char::len_utf16)?,
        };
        let slack = blocks.len().checked_sub(end).ok_or(CutError::BeyondData)?;
        if slack_of(self.cipher).contains(&slack) { Ok(end) } else { Err(CutError::Slack) }
    }
}

impl<B> fmt::Debug for Decrypted<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decrypted")
            .field("cipher", &self.cipher)
            .field("len", &self.len)
            .finish_non_exhaustive()
    }
}

/// Bytes that padding can leave behind a text.
const fn slack_of(cipher: Cipher) -> RangeInclusive<usize> {
    match cipher {
        Cipher::Blowfish => 0..=15,
        Cipher::Aes128 | Cipher::Aes192 | Cipher::Aes256 => 1..=32,
    }
}

/// The byte at which `len` units of text end. The padding need not be UTF-8, the text must be.
fn end_in_text(blocks: &[u8], len: usize, units: fn(char) -> usize) -> Result<usize, CutError> {
    let text = blocks.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let mut left = len;
    for (at, character) in text.char_indices() {
        if left == 0 {
            return Ok(at);
        }
        left = left.checked_sub(units(character)).ok_or(CutError::InsideChar)?;
    }
    match left {
        0 => Ok(text.len()),
        _ if text.len() == blocks.len() => Err(CutError::BeyondData),
        _ => Err(CutError::NotUtf8),
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    fn blowfish(blocks: &[u8]) -> Decrypted<&[u8]> {
        Decrypted::new(blocks, blocks.len(), Cipher::Blowfish)
    }

    fn aes(blocks: &[u8]) -> Decrypted<&[u8]> {
        Decrypted::new(blocks, blocks.len(), Cipher::Aes256)
    }

    #[test]
    fn blowfish_leaves_0_to_15_bytes_behind_the_text() {
        for slack in 0..=32_usize {
            let cut = blowfish(&[b'x'; 32]).cut(32 - slack, LenUnit::Bytes);
            assert_eq!(cut, if slack <= 15 { Ok(32 - slack) } else { Err(CutError::Slack) });
        }
    }

    #[test]
    fn aes_leaves_1_to_32_bytes_behind_the_text() {
        for slack in 0..=48_usize {
            let cut = aes(&[b'x'; 48]).cut(48 - slack, LenUnit::Bytes);
            assert_eq!(cut, if (1..=32).contains(&slack) { Ok(48 - slack) } else { Err(CutError::Slack) });
        }
    }

    #[test]
    fn a_len_beyond_the_data_is_refused() {
        for unit in [LenUnit::Bytes, LenUnit::Chars, LenUnit::Utf16] {
            for len in [9, 10, usize::MAX] {
                assert_eq!(blowfish(b"12345678").cut(len, unit), Err(CutError::BeyondData));
            }
        }
        // Eight bytes, four characters.
        assert_eq!(blowfish("äöüß".as_bytes()).cut(5, LenUnit::Chars), Err(CutError::BeyondData));
    }

    #[test]
    fn len_0_of_one_block_is_empty_text() {
        for unit in [LenUnit::Bytes, LenUnit::Chars, LenUnit::Utf16] {
            assert_eq!(blowfish(&[8; 8]).cut(0, unit), Ok(0));
            assert_eq!(aes(&[16; 16]).cut(0, unit), Ok(0));
            assert_eq!(blowfish(&[0xFF; 8]).cut(0, unit), Ok(0));
            assert_eq!(blowfish(&[8; 16]).cut(0, unit), Err(CutError::Slack));
        }
    }

    #[test]
    fn characters_are_counted_and_the_end_is_in_bytes() {
        let opened = blowfish("Köln 🏰\0\0\0\0\0\0".as_bytes());
        assert_eq!(opened.cut(6, LenUnit::Chars), Ok(10));
        assert_eq!(opened.cut(7, LenUnit::Utf16), Ok(10));
    }

    #[test]
    fn a_len_inside_a_surrogate_pair_is_refused() {
        let opened = blowfish("Köln 🏰\0\0\0\0\0\0".as_bytes());
        assert_eq!(opened.cut(6, LenUnit::Utf16), Err(CutError::InsideChar));
        assert_eq!(blowfish("1234🏰".as_bytes()).cut(5, LenUnit::Utf16), Err(CutError::InsideChar));
    }

    #[test]
    fn text_up_to_the_cut_must_be_utf_8_and_padding_need_not() {
        let opened = blowfish(b"K\xc3\xb6ln\xff\xff\xff");
        assert_eq!(opened.cut(4, LenUnit::Chars), Ok(5));
        assert_eq!(opened.cut(4, LenUnit::Utf16), Ok(5));
        assert_eq!(opened.cut(5, LenUnit::Chars), Err(CutError::NotUtf8));
        assert_eq!(opened.cut(5, LenUnit::Utf16), Err(CutError::NotUtf8));
        assert_eq!(blowfish(b"K\xf6ln\0\0\0\0").cut(4, LenUnit::Chars), Err(CutError::NotUtf8));
        assert_eq!(blowfish(b"K\xf6ln\0\0\0\0").cut(4, LenUnit::Bytes), Ok(4));
    }

    #[test]
    fn slack_is_counted_in_bytes_whatever_the_unit() {
        // Eight characters of two bytes, 16 bytes of slack.
        let text = "ä".repeat(8) + &"\0".repeat(16);
        assert_eq!(blowfish(text.as_bytes()).cut(8, LenUnit::Chars), Err(CutError::Slack));
    }

    #[test]
    fn debug_shows_no_content() {
        let opened = blowfish(b"password");
        assert_eq!(format!("{opened:?}"), "Decrypted { cipher: Blowfish, len: 8, .. }");
    }
}
