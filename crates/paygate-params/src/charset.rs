//! How the bytes of an answer become text.

use alloc::borrow::Cow;
use alloc::string::String;

/// The charset in which the free texts of an answer are read.
///
/// Paygate declares `iso-8859-1` on its notifies, but no page says what it really sends for text outside
/// ASCII. Reading never fails and never changes the bytes that are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Charset {
    /// UTF-8 where the bytes are valid UTF-8, else ISO-8859-1.
    #[default]
    Detect,
    /// ISO-8859-1: every byte is a character.
    Latin1,
    /// UTF-8; what is not valid becomes U+FFFD.
    Utf8,
}

impl Charset {
    /// The bytes as text, where every part of them reads alike by itself: not in ISO-8859-1 outside ASCII, nor where some
    /// are no UTF-8.
    pub(crate) fn text(self, bytes: &[u8]) -> Option<&str> {
        let is_utf8 = self != Self::Latin1 || bytes.is_ascii();
        str::from_utf8(bytes).ok().filter(|_| is_utf8)
    }

    /// Reads bytes as text; ASCII is borrowed.
    ///
    /// ```
    /// use paygate_params::Charset;
    /// assert_eq!(Charset::Detect.decode(b"K\xC3\xB6ln"), "Köln");
    /// assert_eq!(Charset::Detect.decode(b"K\xF6ln"), "Köln");
    /// assert_eq!(Charset::Latin1.decode(b"K\xC3\xB6ln"), "KÃ¶ln");
    /// ```
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match (self, str::from_utf8(bytes)) {
            (Self::Detect | Self::Utf8, Ok(text)) => Cow::Borrowed(text),
            (Self::Latin1, Ok(text)) if text.is_ascii() => Cow::Borrowed(text),
            (Self::Utf8, Err(_)) => String::from_utf8_lossy(bytes),
            (Self::Latin1, _) | (Self::Detect, Err(_)) => {
                Cow::Owned(bytes.iter().copied().map(char::from).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_whole_only_where_its_parts_read_alike() {
        for charset in [Charset::Detect, Charset::Utf8] {
            assert_eq!(charset.text("Köln".as_bytes()), Some("Köln"));
            assert_eq!(charset.text(b"K\xF6ln"), None);
        }
        assert_eq!(Charset::Latin1.text(b"Koeln"), Some("Koeln"));
        assert_eq!(Charset::Latin1.text("Köln".as_bytes()), None);
    }

    #[test]
    fn what_need_not_be_changed_is_borrowed() {
        for charset in [Charset::Detect, Charset::Utf8, Charset::Latin1] {
            assert!(matches!(charset.decode(b"Koeln"), Cow::Borrowed("Koeln")), "{charset:?}");
            assert_eq!(
                matches!(charset.decode("Köln".as_bytes()), Cow::Borrowed(_)),
                charset != Charset::Latin1
            );
        }
        assert_eq!(Charset::Utf8.decode(b"K\xF6ln"), "K\u{FFFD}ln");
    }
}
