//! Longer texts of ISO-8859-1: what descriptions and names are made of.

#[cfg(feature = "fit")]
use super::alphabet::Alphabet;
use super::alphabet::CharSet;
use super::check::check;
use super::error::FormatError;
use super::quick::check_quickly;
use crate::fields::wrong_literal;
#[cfg(feature = "fit")]
use crate::fit::{FILLER, Fitted, Folded, Kind};
use alloc::borrow::Cow;
use alloc::string::String;
use core::marker::PhantomData;

/// `MIN` to `MAX` characters of the alphabet `C`, all of them in ISO-8859-1.
///
/// On the wire each character is one byte, so that `Len` is the same in bytes and in characters.
/// The type has no `Debug`: what it holds is often personal, and the types made of it decide.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Latin1<C, const MIN: usize, const MAX: usize> {
    text: Cow<'static, str>,
    alphabet: PhantomData<C>,
}

impl<C: CharSet, const MIN: usize, const MAX: usize> Latin1<C, MIN, MAX> {
    /// Takes a text that keeps the rules.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn new(text: impl Into<String>) -> Result<Self, FormatError> {
        let text = text.into();
        Self::check(&text)?;
        Ok(Self { text: Cow::Owned(text), alphabet: PhantomData })
    }

    /// Whether a text keeps the rules.
    pub(crate) fn check(text: &str) -> Result<(), FormatError> {
        check_quickly(text, C::ALPHABET, MIN, MAX).map(drop)
    }

    /// Takes a text that stands in the source; in a `const` a wrong one does not compile.
    ///
    /// # Panics
    ///
    /// If the text breaks the format and this is not called in a `const`.
    #[must_use]
    pub const fn from_static(text: &'static str) -> Self {
        if check(text, C::ALPHABET, MIN, MAX).is_err() {
            wrong_literal();
        }
        Self { text: Cow::Borrowed(text), alphabet: PhantomData }
    }

    /// Bends a text until it keeps the rules.
    #[cfg(feature = "fit")]
    pub(crate) fn fit(text: &str) -> Fitted<Self> {
        let filler = const { Self::from_static(FILLER) };
        // Whatever the alphabet of `new` takes: who fits a text lets customers write in it, and a `=` of theirs could
        // be pasted over another parameter.
        Folded::new(text, Alphabet::CustomerText, MAX, Kind::Words).finish(Self::new, filler)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}
