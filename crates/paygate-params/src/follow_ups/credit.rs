//! Credit: money of a payment goes back to the customer (vendor page "Trustly", credit with reference).

use crate::message::{Closed, FollowUp, message};
use crate::{
    Amount, Code, Currency, Description, MacText, MerchantId, Money, PayId, ReqId, Status, TransId, Xid,
};

/// `credit.aspx`: at most what was captured can be given back, in one or several credits.
///
/// Not before the first notify of the payment was answered by the shop.
#[derive(Debug)]
pub enum Credit {}

impl Closed for Credit {}

impl FollowUp for Credit {
    const NAME: &'static str = "credit";
    const ENDPOINT: &'static str = "credit.aspx";
    const REPEATABLE: bool = false;
    type Request = CreditRequest;
    type Answer = CreditResult;
}

message! {
    /// Request to `credit.aspx`.
    ///
    /// ```
    /// use paygate_params::follow_ups::credit::CreditRequest;
    /// use paygate_params::{Currency, FormatError, Money, PayId, ReqId, TransId};
    ///
    /// let request = CreditRequest::builder(
    ///     PayId::new("7bbb448155234d8cbee323778952ce28")?,
    ///     TransId::new("order-4711-credit-1")?,
    ///     Money::new(999, Currency::EUR)?,
    /// )
    /// .req_id(ReqId::new("4711x1")?)
    /// .build();
    /// assert_eq!(request.amount.units(), 999);
    /// # Ok::<(), FormatError>(())
    /// ```
    pub request CreditRequest, CreditRequestDraft, CreditRequestBuilder {
        /// Assigned by Computop; stands in the clear beside Data too.
        merchant_id: MerchantId = "MerchantID" ans..30 M by merchant,
        /// Paygate's name for the payment that is given back.
        pay_id: PayId = "PayID" an32 M,
        /// The shop's name for the credit, unique for each.
        trans_id: TransId = "TransID" ans..64 M,
        /// How much, in the smallest unit of the currency.
        amount: Amount = "Amount" n..10 M,
        /// The currency of the payment.
        currency: Currency = "Currency" a3 M,
        /// HMAC-SHA256 over `PayID*TransID*MerchantID*Amount*Currency`.
        mac: MacText = "MAC" an64 M by seal,
        /// A request repeated with the same value is not carried out again once the first is finished, for 12 months.
        req_id: ReqId = "ReqId" ans..32 O,
    }
}

message! {
    /// What `credit.aspx` answers; no MAC covers it.
    pub result CreditResult {
        /// The merchant.
        mid: MerchantId = "mid" | "MerchantID" ans..30 M strict,
        /// Paygate's name for the payment.
        pay_id: PayId = "PayID" an32 M strict,
        /// Paygate's name for this step of the payment.
        xid: Xid = "XID" an32 M,
        /// The shop's name for the credit.
        trans_id: TransId = "TransID" ans..64 M strict,
        /// `OK` or `FAILED`.
        status: Status = "Status" a..50 M strict,
        /// More about a rejection, for people.
        description: Description = "Description" ans..1024 M,
        /// The response code.
        code: Code = "Code" an8 M strict,
    }
}

impl CreditRequest {
    /// Begins a request with all that it must have.
    pub fn builder(pay_id: PayId, trans_id: TransId, money: Money) -> CreditRequestBuilder {
        CreditRequestBuilder(Self {
            merchant_id: None,
            pay_id,
            trans_id,
            amount: money.amount(),
            currency: money.currency(),
            mac: None,
            req_id: None,
        })
    }
}
