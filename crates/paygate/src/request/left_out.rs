//! Optional parameters that were not sent, so that they do not stop a sale.

use std::fmt;

/// An optional parameter that was not sent, since it would have stopped the sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeftOut {
    /// `IPAddr`: an IPv6 address longer than the 15 characters of the page; see
    /// [`Profile::with_long_ip_addr`](crate::Profile::with_long_ip_addr).
    IpAddr,
    /// `ReqId`: there were no random bytes to make one, or the feature `getrandom` is off. A repeated request is then
    /// not known again.
    ReqId,
}

impl LeftOut {
    /// The parameter, in the vendor's spelling.
    #[must_use]
    pub fn parameter(&self) -> &'static str {
        match self {
            Self::IpAddr => "IPAddr",
            Self::ReqId => "ReqId",
        }
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::IpAddr => {
                "IPAddr was left out: Paygate would refuse an IPv6 address of more than 15 characters"
            }
            Self::ReqId => "ReqId was left out: there are no random bytes to make one",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_is_named_and_explained() {
        for left_out in [LeftOut::IpAddr, LeftOut::ReqId] {
            let told = left_out.to_string();
            assert!(told.starts_with(&format!("{} was left out: ", left_out.parameter())), "{told}");
        }
        assert_eq!(
            [LeftOut::IpAddr, LeftOut::ReqId].map(|left_out| left_out.parameter()),
            ["IPAddr", "ReqId"]
        );
    }
}
