//! Inquire24: how a payment stands, asked by its TransID (vendor page "Status inquiries", based on TransID).

use super::inquire::InquireResult;
use crate::message::{Closed, FollowUp, message};
use crate::{MerchantId, TransId};

/// `inquire24.aspx`: for attempts of which no callback ever came, so that nobody knows the PayID.
#[derive(Debug)]
pub enum Inquire24 {}

impl Closed for Inquire24 {}

impl FollowUp for Inquire24 {
    const NAME: &'static str = "inquire24";
    const ENDPOINT: &'static str = "inquire24.aspx";
    const REPEATABLE: bool = true;
    type Request = Inquire24Request;
    type Answer = InquireResult;
}

message! {
    /// Request to `inquire24.aspx`; it has no MAC.
    pub request Inquire24Request, Inquire24RequestDraft {
        /// Assigned by Computop; stands in the clear beside Data too.
        merchant_id: MerchantId = "MerchantID" ans..30 M by merchant,
        /// The shop's name for the attempt.
        trans_id: TransId = "TransID" ans..64 M,
    }
}

impl Inquire24Request {
    /// Asks about the attempt that the shop calls `trans_id`.
    ///
    /// ```
    /// use paygate_params::follow_ups::inquire24::Inquire24Request;
    /// use paygate_params::{FormatError, TransId};
    /// assert_eq!(Inquire24Request::new(TransId::new("order-4711-1")?).trans_id.as_str(), "order-4711-1");
    /// # Ok::<(), FormatError>(())
    /// ```
    #[must_use]
    pub fn new(trans_id: TransId) -> Self {
        Self { merchant_id: None, trans_id }
    }
}
