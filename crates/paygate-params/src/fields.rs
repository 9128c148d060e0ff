//! The types of the parameters, and what a parameter's type must be able to do.

pub(crate) mod amount;
pub(crate) mod choice;
pub(crate) mod code;
pub(crate) mod country;
pub(crate) mod currency;
pub(crate) mod custom;
pub(crate) mod date_time;
mod declare;
pub(crate) mod email;
mod host;
pub(crate) mod identifier;
pub(crate) mod ip_addr;
pub(crate) mod language;
pub(crate) mod order_desc;
#[cfg(feature = "getrandom")]
pub(crate) mod random;
pub(crate) mod text;
pub(crate) mod url;

pub(crate) use declare::{
    ascii_field, ascii_field_personal, inline_field, latin1_field, parse_traits, redacted_debug,
    text_on_the_wire, text_traits, wrong_literal,
};

#[cfg(feature = "fit")]
pub(crate) use declare::{fitted_into, latin1_fit};

use crate::format::{Format, FormatError};
use core::fmt::{self, Write};

/// A parameter's type: its format, and the way to and from the text on the wire.
pub trait Field: Sized {
    /// The format, as the vendor's page gives it; a row of a table with another one does not compile.
    const FORMAT: Format;

    /// Whether a writer puts this parameter before all others.
    const FIRST: bool = false;

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    fn parse(text: &str) -> Result<Self, FormatError>;

    /// Checks a text without making a value of it, so that a type which owns its text need not allocate.
    ///
    /// # Errors
    ///
    /// As [`Field::parse`].
    fn check(text: &str) -> Result<(), FormatError> {
        Self::parse(text).map(drop)
    }

    /// Hands the value, as text of ISO-8859-1, to `with`.
    fn wire(&self, with: &mut dyn FnMut(&str));
}

/// Formats a number or an address without allocating; 64 bytes are more than either needs.
pub(crate) struct StackText {
    bytes: [u8; 64],
    len: usize,
}

impl StackText {
    pub(crate) fn of(value: impl fmt::Display) -> Self {
        let mut text = Self { bytes: [0; 64], len: 0 };
        // Can only fail where the text is longer than the buffer, which no caller's value is.
        let _ = write!(text, "{value}");
        text
    }

    pub(crate) fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl Write for StackText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len.checked_add(text.len()).ok_or(fmt::Error)?;
        self.bytes.get_mut(self.len..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}
