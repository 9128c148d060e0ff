//! `CountryCode`: two letters of ISO 3166.

use super::{Field, text_traits};
use crate::format::{Ascii, Format, FormatError, Upper};

/// `CountryCode`: two capital letters of ISO 3166-1, for example `DE`.
///
/// ```
/// use paygate_params::CountryCode;
/// assert_eq!(CountryCode::new("SE")?, CountryCode::SE);
/// assert!(CountryCode::new("Sweden").is_err());
/// # Ok::<(), paygate_params::FormatError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode(Ascii<Upper, 2, 2>);

macro_rules! countries {
    ($($name:ident)+) => {
        impl CountryCode {
            $(
                #[doc = concat!("`", stringify!($name), "`.")]
                pub const $name: Self = match Self::new(stringify!($name)) {
                    Ok(country) => country,
                    Err(_) => super::wrong_literal(),
                };
            )+
        }
    };
}
countries!(AT BE BG CZ DE DK EE ES FI FR GB HR HU IE IT LT LV NL NO PL PT RO SE SI SK US);

impl CountryCode {
    /// Takes two capital letters.
    ///
    /// # Errors
    ///
    /// The first rule that the text breaks.
    pub const fn new(text: &str) -> Result<Self, FormatError> {
        match Ascii::new(text) {
            Ok(text) => Ok(Self(text)),
            Err(rule) => Err(rule),
        }
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Field for CountryCode {
    const FORMAT: Format = Format::literal("a2");

    fn parse(text: &str) -> Result<Self, FormatError> {
        Self::new(text)
    }

    fn wire(&self, with: &mut dyn FnMut(&str)) {
        with(self.as_str());
    }
}

text_traits!(CountryCode);
