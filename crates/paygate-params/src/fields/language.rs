//! `Language`: the language of the payment page.

use super::{text_on_the_wire, text_traits};
use crate::format::{Ascii, FormatError, Identifier};

/// `Language`: two small letters, and where wanted `_` and a country: `de`, `sv_SE`.
///
/// ```
/// use paygate_params::Language;
/// assert_eq!(Language::new("sv_SE")?.as_str(), "sv_SE");
/// assert!(Language::new("sv-SE").is_err());
/// # Ok::<(), paygate_params::FormatError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Ascii<Identifier, 2, 5>);

impl Language {
    /// Takes `ll` or `ll_CC`.
    ///
    /// # Errors
    ///
    /// The first rule that the text breaks.
    pub const fn new(text: &str) -> Result<Self, FormatError> {
        let inline = match Ascii::new(text) {
            Ok(inline) => inline,
            Err(rule) => return Err(rule),
        };
        match text.as_bytes() {
            [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Ok(Self(inline)),
            [a, b, b'_', c, d]
                if a.is_ascii_lowercase()
                    && b.is_ascii_lowercase()
                    && c.is_ascii_uppercase()
                    && d.is_ascii_uppercase() =>
            {
                Ok(Self(inline))
            }
            _ => Err(FormatError::NotOneOf { allowed: "de, en_US, sv_SE and their like" }),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

text_on_the_wire!(Language, "ans..5");
text_traits!(Language);
