//! `IPAddr`: the customer's address, for which the page allows 15 characters though it names IPv6.

use super::{Field, StackText, parse_traits, redacted_debug};
use crate::format::{Format, FormatError};
use core::net;

/// `IPAddr`: the customer's IPv4 or IPv6 address. `Debug` does not show it.
///
/// An IPv4 address in the clothes of IPv6 (`::ffff:192.0.2.1`) is sent as the IPv4 address that it is. Any other of
/// more than 15 characters is left out when sealing, unless the merchant's profile allows it.
///
/// ```
/// use paygate_params::IpAddr;
/// let address: IpAddr = "::ffff:192.0.2.1".parse()?;
/// assert_eq!(address.get().to_string(), "192.0.2.1");
/// # Ok::<(), paygate_params::FormatError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct IpAddr(net::IpAddr);

impl IpAddr {
    /// The address.
    #[must_use]
    pub const fn get(self) -> net::IpAddr {
        self.0
    }
}

impl From<net::IpAddr> for IpAddr {
    fn from(address: net::IpAddr) -> Self {
        Self(address.to_canonical())
    }
}

impl Field for IpAddr {
    const FORMAT: Format = Format::literal("ans..15");

    fn parse(text: &str) -> Result<Self, FormatError> {
        if text.is_empty() {
            return Err(FormatError::Empty);
        }
        text.parse::<net::IpAddr>().map(Self::from).map_err(|_| FormatError::IpAddr)
    }

    /// May be longer than the format says; the writer of the message decides by the merchant's profile.
    fn wire(&self, with: &mut dyn FnMut(&str)) {
        with(StackText::of(self.0).as_str());
    }
}

redacted_debug!(IpAddr);
parse_traits!(IpAddr);
