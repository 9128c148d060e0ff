//! `Response`: whether the answer comes encrypted.

use super::Field;
use crate::format::{Format, FormatError};

/// `Response`: the one value that it has, `encrypt`. Without the parameter the answer comes in the clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Response {
    /// `encrypt`.
    Encrypt,
}

impl Field for Response {
    const FORMAT: Format = Format::literal("a7");

    fn parse(text: &str) -> Result<Self, FormatError> {
        match text {
            "encrypt" => Ok(Self::Encrypt),
            _ => Err(FormatError::NotOneOf { allowed: "encrypt" }),
        }
    }

    fn wire(&self, with: &mut dyn FnMut(&str)) {
        with("encrypt");
    }
}

super::parse_traits!(Response);
