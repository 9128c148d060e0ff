//! Short ASCII texts kept inline: what identifiers and codes are made of.

use super::alphabet::CharSet;
use super::check::check;
use super::error::FormatError;
use super::quick::check_quickly;
use core::fmt;
use core::marker::PhantomData;

/// `MIN` to `MAX` ASCII characters of the alphabet `C`, stored in place and copied freely.
///
/// `C` must be an ASCII alphabet and `MAX` at most 255.
///
/// ```
/// use paygate_params::format::{Alnum, Ascii, FormatError};
///
/// type Detail = Ascii<Alnum, 4, 4>;
/// assert_eq!(Detail::new("014H")?.as_str(), "014H");
/// assert_eq!(Detail::new("14H"), Err(FormatError::WrongLength { expected: 4, found: 3 }));
/// # Ok::<(), FormatError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ascii<C, const MIN: usize, const MAX: usize> {
    // Before `len`, so that the derived order is the order of the texts.
    bytes: [u8; MAX],
    len: u8,
    alphabet: PhantomData<C>,
}

impl<C: CharSet, const MIN: usize, const MAX: usize> Ascii<C, MIN, MAX> {
    /// Takes a text that keeps the rules.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub const fn new(text: &str) -> Result<Self, FormatError> {
        const { assert!(MAX <= 255 && MIN <= MAX, "an inline text holds up to 255 characters") };
        if let Err(rule) = check(text, C::ALPHABET, MIN, MAX) {
            return Err(rule);
        }
        let mut bytes = [0; MAX];
        let mut source = text.as_bytes();
        let mut target: &mut [u8] = &mut bytes;
        while let ([from, source_rest @ ..], [to, target_rest @ ..]) = (source, target) {
            *to = *from;
            source = source_rest;
            target = target_rest;
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the check above limits it to MAX, which is at most 255"
        )]
        let len = text.len() as u8;
        Ok(Self { bytes, len, alphabet: PhantomData })
    }

    /// As [`Ascii::new`], for a text that is only known at run time.
    pub(crate) fn read(text: &str) -> Result<Self, FormatError> {
        const { assert!(MAX <= 255 && MIN <= MAX, "an inline text holds up to 255 characters") };
        check_quickly(text, C::ALPHABET, MIN, MAX)?;
        let (mut bytes, source) = ([0; MAX], text.as_bytes());
        let mut len = 0;
        // Always so: every alphabet used here is ASCII.
        if let Some(place) = bytes.get_mut(..source.len()) {
            place.copy_from_slice(source);
            len = u8::try_from(source.len()).unwrap_or_default();
        }
        Ok(Self { bytes, len, alphabet: PhantomData })
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Both always hold: `len` is at most MAX, and every alphabet used here is ASCII.
        str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The bytes of the text, which are ASCII.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }
}

impl<C: CharSet, const MIN: usize, const MAX: usize> fmt::Debug for Ascii<C, MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl<C: CharSet, const MIN: usize, const MAX: usize> fmt::Display for Ascii<C, MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_shown_as_its_text() {
        let text = Ascii::<super::super::alphabet::Digits, 1, 4>::new("0305").unwrap();
        assert_eq!(alloc::format!("{text} {text:?}"), "0305 \"0305\"");
    }
}
