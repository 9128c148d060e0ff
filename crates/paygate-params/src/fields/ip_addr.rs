//! `IPAddr`: the customer's address, for which the page allows 15 characters though it names IPv6.

use super::{Field, StackText};
use crate::format::{Format, FormatError};
use core::net::IpAddr;

impl Field for IpAddr {
    const FORMAT: Format = Format::literal("ans..15");

    fn parse(text: &str) -> Result<Self, FormatError> {
        if text.is_empty() {
            return Err(FormatError::Empty);
        }
        text.parse().map_err(|_| FormatError::IpAddr)
    }

    /// May be longer than the format says; the writer of the message decides by the merchant's profile.
    fn wire(&self, with: &mut dyn FnMut(&str)) {
        with(StackText::of(self).as_str());
    }
}
