//! Inquire: how a payment stands, asked by its PayID (vendor page "Status inquiries", based on PayID).
//!
//! `Status`, `Description` and `Code` of the answer are about the *inquiry*. `LastStatus` is about the last step
//! alone: after a credit that failed it says `FAILED`, though the money was captured. The amounts tell how the payment
//! stands.

use crate::message::{Closed, FollowUp, message};
use crate::{Amount, Code, Currency, Description, MerchantId, PayId, Status, TransId, Xid};

/// `inquire.aspx`.
#[derive(Debug)]
pub enum Inquire {}

impl Closed for Inquire {}

impl FollowUp for Inquire {
    const NAME: &'static str = "inquire";
    const ENDPOINT: &'static str = "inquire.aspx";
    const REPEATABLE: bool = true;
    type Request = InquireRequest;
    type Answer = InquireResult;
}

message! {
    /// Request to `inquire.aspx`; it has no MAC.
    pub request InquireRequest, InquireRequestDraft {
        /// Assigned by Computop; stands in the clear beside Data too.
        merchant_id: MerchantId = "MerchantID" ans..30 M by merchant,
        /// Paygate's name for the payment.
        pay_id: PayId = "PayID" an32 M,
        /// The shop's name for the attempt.
        trans_id: TransId = "TransID" ans..64 M,
    }
}

message! {
    /// What `inquire.aspx` and `inquire24.aspx` answer; no MAC covers it.
    pub result InquireResult {
        /// The merchant.
        mid: MerchantId = "mid" | "MerchantID" ans..30 M strict,
        /// Paygate's name for the payment.
        pay_id: PayId = "PayID" an32 M strict,
        /// Paygate's name for a step of the payment.
        xid: Xid = "XID" an32 M,
        /// The shop's name for the attempt.
        trans_id: TransId = "TransID" ans..64 M strict,
        /// Whether the *inquiry* went well.
        status: Status = "Status" a..50 M strict,
        /// More about an inquiry that went wrong, for people.
        description: Description = "Description" ans..1024 M,
        /// The response code of the *inquiry*.
        code: Code = "Code" an8 M strict,
        /// How much was authorized.
        amount_auth: Amount = "AmountAuth" n..10 O strict,
        /// How much was captured: the money that the shop got.
        amount_cap: Amount = "AmountCap" n..10 O strict,
        /// How much was credited: the money that went back.
        amount_cred: Amount = "AmountCred" n..10 O strict,
        /// The currency of the amounts.
        currency: Currency = "Currency" a3 O strict,
        /// The status of the last step alone; good for people, not for decisions. (The page gives no format.)
        last_status: Status = "LastStatus" a..50 O,
    }
}

impl InquireRequest {
    /// Asks about the payment that Paygate calls `pay_id` and the shop `trans_id`.
    ///
    /// ```
    /// use paygate_params::follow_ups::inquire::InquireRequest;
    /// use paygate_params::{FormatError, PayId, TransId};
    /// let pay_id = PayId::new("7bbb448155234d8cbee323778952ce28")?;
    /// let request = InquireRequest::new(pay_id, TransId::new("order-4711-1")?);
    /// assert_eq!(request.pay_id, pay_id);
    /// # Ok::<(), FormatError>(())
    /// ```
    #[must_use]
    pub fn new(pay_id: PayId, trans_id: TransId) -> Self {
        Self { merchant_id: None, pay_id, trans_id }
    }
}
