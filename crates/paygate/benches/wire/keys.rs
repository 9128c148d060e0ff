//! The merchant of all ways, and the two passwords by which they get their keys.

use paygate::{BaseUrl, Merchant, testing};

pub(crate) const ENCRYPTION: &[u8] = testing::ENCRYPTION_KEY.as_bytes();
pub(crate) const MAC: &[u8] = testing::MAC_KEY.as_bytes();

/// Where requests go.
pub(crate) const ACTION: &str = "https://www.computop-paygate.com/trustly.aspx";

pub(crate) fn merchant() -> Merchant {
    testing::merchant().with_endpoint(BaseUrl::COMPUTOP)
}
