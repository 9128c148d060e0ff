//! `Match` of answers: whether the bank verified the account's holder.

use super::Field;
use crate::format::{Format, FormatError};

/// `Match`: one digit, 0 for not verified, 1 for verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Match {
    /// `0`.
    NotVerified,
    /// `1`.
    Verified,
}

impl Field for Match {
    const FORMAT: Format = Format::literal("n1");

    fn parse(text: &str) -> Result<Self, FormatError> {
        match text {
            "0" => Ok(Self::NotVerified),
            "1" => Ok(Self::Verified),
            _ => Err(FormatError::NotOneOf { allowed: "0, 1" }),
        }
    }

    fn wire(&self, with: &mut dyn FnMut(&str)) {
        with(match self {
            Self::NotVerified => "0",
            Self::Verified => "1",
        });
    }
}

super::parse_traits!(Match);
