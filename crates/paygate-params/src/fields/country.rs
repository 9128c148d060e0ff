//! `CountryCode`: two letters of ISO 3166.

use super::ascii_field;

ascii_field! {
    /// `CountryCode`: two capital letters of ISO 3166-1, for example `DE`.
    ///
    /// ```
    /// use paygate_params::CountryCode;
    /// assert_eq!(CountryCode::new("SE")?, CountryCode::SE);
    /// assert!(CountryCode::new("Sweden").is_err());
    /// # Ok::<(), paygate_params::FormatError>(())
    /// ```
    CountryCode: Upper 2..=2, "a2";
}

macro_rules! countries {
    ($($name:ident)+) => {
        impl CountryCode {
            $(
                #[doc = concat!("`", stringify!($name), "`.")]
                pub const $name: Self = Self::from_static(stringify!($name));
            )+
        }
    };
}
countries!(AT BE BG CZ DE DK EE ES FI FR GB HR HU IE IT LT LV NL NO PL PT RO SE SI SK US);
