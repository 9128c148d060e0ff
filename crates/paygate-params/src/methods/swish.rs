//! Swish: the customer pays with an app on the telephone, in Sweden and in kronor (vendor page "Swish").
//!
//! The table is the set of parameters that the pages of all methods share. What the page of Swish has beyond it
//! (whether the customer pays on this telephone or on another) is not known here and not sent, so Paygate takes its
//! defaults; what an answer has beyond it is kept among the unknown pairs.

use crate::message::{Closed, Method, message};
use crate::{
    Amount, CallbackUrl, Code, Currency, Custom, Description, MacText, MerchantId, Money, OrderDesc, PayId, Plain,
    RefNr, ReqId, Response, Status, TransId, UserData, Xid,
};

/// Swish through Paygate.
#[derive(Debug)]
pub enum Swish {}

impl Closed for Swish {}

impl Method for Swish {
    const NAME: &'static str = "swish";
    const ENDPOINT: &'static str = "swish.aspx";
    const CURRENCIES: &'static [Currency] = &[Currency::SEK];
    type Request = PaymentRequest;
    type Result = PaymentResult;
}

message! {
    /// Payment request to `swish.aspx`.
    ///
    /// ```
    /// use paygate_params::methods::swish::PaymentRequest;
    /// use paygate_params::{CallbackUrl, Currency, FormatError, Money, OrderDesc, TransId};
    ///
    /// let url = |path: &str| CallbackUrl::new(format!("https://shop.example/{path}"));
    /// let request = PaymentRequest::builder(
    ///     TransId::new("order-4711-1")?,
    ///     Money::new(19_900, Currency::SEK)?,
    ///     OrderDesc::new("2 × Earl Grey")?,
    ///     [url("success")?, url("failure")?, url("notify")?],
    /// )
    /// .build();
    /// assert_eq!(request.currency, Currency::SEK);
    /// # Ok::<(), FormatError>(())
    /// ```
    pub request PaymentRequest of Swish, PaymentRequestDraft, PaymentRequestBuilder {
        /// Assigned by Computop; stands in the clear beside Data too.
        merchant_id: MerchantId = "MerchantID" ans..30 M by merchant,
        /// The shop's name for the attempt, unique for each.
        trans_id: TransId = "TransID" ans..64 M,
        /// The shop's reference number.
        ref_nr: RefNr = "RefNr" ans..30 O,
        /// In öre; less than 100 only after asking Computop's helpdesk.
        amount: Amount = "Amount" n..10 M,
        /// `SEK`.
        currency: Currency = "Currency" a3 M,
        /// HMAC-SHA256 over `PayID*TransID*MerchantID*Amount*Currency`.
        mac: MacText = "MAC" an64 M by seal,
        /// Goods and prices.
        order_desc: OrderDesc = "OrderDesc" ans..768 M,
        /// Where the customer comes back after success.
        url_success: CallbackUrl = "URLSuccess" ans..256 M,
        /// Where the customer comes back after failure.
        url_failure: CallbackUrl = "URLFailure" ans..256 M,
        /// `encrypt`, so that the answer comes encrypted.
        response: Response = "Response" a7 O by seal,
        /// Where Paygate posts the result, apart from the customer's browser.
        url_notify: CallbackUrl = "URLNotify" ans..256 M,
        /// Comes back inside the answer.
        user_data: UserData = "UserData" ans..1024 O,
        /// A request repeated with the same value is not carried out again once the first is finished, for 12 months.
        req_id: ReqId = "ReqId" ans..32 O,
        /// Comes back in the clear beside the answer.
        plain: Plain = "Plain" ans..50 O,
        /// Comes back as pairs in the clear beside the answer.
        custom: Custom = "Custom" ans..1024 O,
    }
}

message! {
    /// What Paygate sends to URLSuccess, URLFailure and URLNotify.
    pub result PaymentResult {
        /// The merchant.
        mid: MerchantId = "mid" | "MerchantID" ans..30 M signed,
        /// Paygate's name for the payment.
        pay_id: PayId = "PayID" an32 M signed,
        /// Paygate's name for this step of the payment.
        xid: Xid = "XID" an32 M,
        /// The shop's name for the attempt.
        trans_id: TransId = "TransID" ans..64 M signed,
        /// `OK`, `FAILED` or `AUTHORIZE_REQUEST`.
        status: Status = "Status" a..50 M signed,
        /// More about a rejection, for people.
        description: Description = "Description" ans..1024 M,
        /// The response code.
        code: Code = "Code" an8 M signed,
        /// HMAC-SHA256 over `PayID*TransID*mid*Status*Code`.
        mac: MacText = "MAC" an64 M mac,
        /// What the request had.
        ref_nr: RefNr = "RefNr" ans..30 O,
        /// What the request had.
        user_data: UserData = "UserData" ans..1024 O,
        /// What the request had.
        plain: Plain = "Plain" ans..50 O,
        /// What the request had.
        custom: Custom = "Custom" ans..1024 O,
    }
}

impl PaymentRequest {
    /// Begins a request with all that it must have; the URLs are those for success, failure and notify.
    pub fn builder(
        trans_id: TransId,
        money: Money,
        description: OrderDesc,
        [url_success, url_failure, url_notify]: [CallbackUrl; 3],
    ) -> PaymentRequestBuilder {
        PaymentRequestBuilder(Self {
            merchant_id: None,
            trans_id,
            ref_nr: None,
            amount: money.amount(),
            currency: money.currency(),
            mac: None,
            order_desc: description,
            url_success,
            url_failure,
            response: None,
            url_notify,
            user_data: None,
            req_id: None,
            plain: None,
            custom: None,
        })
    }
}
