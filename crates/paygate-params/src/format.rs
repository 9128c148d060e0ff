//! Formats: what the vendor writes as `ans..30`, and what a text must be to have that format.
//!
//! Paygate's pages define nine format letters and a length (Trustly page, "Data formats"), but no page
//! says which characters are "special". [`Alphabet`] is this crate's answer, one for each use.

mod alphabet;
mod ascii;
mod check;
mod error;
mod notation;
mod quick;
mod text;

pub use alphabet::{
    Alnum, Alphabet, CharSet, CustomerText, Digits, DigitsSpecial, Identifier, Letters, LettersSpecial, Text,
    Upper,
};
pub use ascii::Ascii;
pub(crate) use check::{check, is_blank};
pub use error::{FormatError, ParamError};
pub use notation::{Class, Format, Length};
pub use text::Latin1;
