//! Takes Trustly payments through Computop Paygate: sealed requests, verified callbacks.
//!
//! A shop hands its customer a *redirect* to Paygate and gets back a *callback* that says how it went. This
//! crate makes the one and reads the other, so that three things cannot happen: goods shipped on a callback
//! that nobody verified, a request that Paygate refuses for its format, and a paid order lost over an
//! umlaut or an unknown parameter.
//!
//! How to do it step by step, from keys to refunds: [`guide`].
//!
//! # Asking for money
//!
//! ```
//! use paygate::trustly::{Customer, Order, PaymentRequest, Urls};
//! use paygate::{CallbackUrl, Currency, Email, FirstName, LastName, Merchant, Money, OrderDesc, TransId};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let merchant = paygate::testing::merchant();
//! let request = PaymentRequest::builder(
//!     Order {
//!         trans_id: TransId::random()?,
//!         money: Money::parse_decimal("19.99", Currency::EUR)?,
//!         description: OrderDesc::new("2 × Earl Grey")?,
//!     },
//!     Customer {
//!         first_name: FirstName::new("Anna")?,
//!         last_name: LastName::new("Müller")?,
//!         email: Email::new("anna@example.com")?,
//!     },
//!     &Urls {
//!         success: CallbackUrl::new("https://shop.example/success")?,
//!         failure: CallbackUrl::new("https://shop.example/failure")?,
//!         notify: CallbackUrl::new("https://shop.example/notify")?,
//!     },
//! )
//! .build();
//! let sealed = merchant.seal(&request)?; // or every rule that it breaks
//! assert!(sealed.redirect.url().starts_with("https://paygate.invalid/trustly.aspx?MerchantID="));
//! // Store `sealed.expected` with the attempt, then send the customer to `sealed.redirect`.
//! # Ok(())
//! # }
//! ```
//!
//! # Being told
//!
//! ```
//! use paygate::{Outcome, RawCallback, Route, Trustly};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let merchant = paygate::testing::merchant();
//! # let expected = paygate::testing::expected(&merchant, "order-1", 1999);
//! # let body = paygate::testing::Callback::paid(&expected).form(&merchant)?;
//! let callback = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, body.as_bytes()))?; // the MAC held
//! assert_eq!(callback.trans_id().as_str(), "order-1"); // so this may find the attempt in the database
//! match callback.bind(&expected)?.outcome() {
//!     Outcome::Paid(paid) => assert_eq!(paid.money(), expected.money()),
//!     Outcome::Open(_) => unreachable!("nothing is shipped; a later notify tells"),
//!     Outcome::Failed(_) => unreachable!("it came to nothing"),
//!     Outcome::Authorized(_) => unreachable!("Trustly has no such status: a matter for a person"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # The way of the data
//!
//! ```text
//! PaymentRequest ── Merchant::seal ──▶ Sealed { redirect, expected }
//!
//! RawCallback ──▶ Envelope ──▶ (decrypted, cut, split) ──▶ Authentic ── bind(&expected) ──▶ Bound ──▶ Outcome
//!                 outer form     every key, every Len        MAC held       it is this attempt's
//! ```
//!
//! Each step has its own type, and only the step before makes it. There is no way to an [`Outcome`] that
//! leaves one out:
//!
//! ```compile_fail
//! # let merchant = paygate::testing::merchant();
//! # let raw = paygate::RawCallback::get(paygate::Route::Success, b"");
//! let callback = merchant.open::<paygate::Trustly>(&raw).unwrap();
//! callback.outcome(); // not bound to an attempt
//! ```
//!
//! # What is not supported
//!
//! Nothing here opens a socket: calls to Paygate (credit, inquire, inquire24) are values that the shop's own client
//! carries. There are no captures and reversals, which Trustly's page does not have, and no payment method besides
//! Trustly and Swish. Extractors for actix-web are a crate of their own, `gateway-actix`.
//!
//! # Features
//!
//! - **fit** (default): `fit` beside `new`, as in `FirstName::fit`: bends a customer's text instead of refusing it.
//! - **getrandom** (default): a random IV for every AES message, `TransId::random`, and a random ReqId for every request
//!   that has none.
//! - **plain-blowfish**: Blowfish by the crate of that name, one block after the other, in place of
//!   [`crypto::wide_blowfish`]: code that more eyes have seen, and twice the time for each message.
//! - **template**: the module `template`, which checks the page at URLTemplate.
//! - **toml**: `Profile::from_toml`, and `PAYGATE_PROFILE` among the variables of [`Settings`].
//! - **testing**: the module `testing`, which signs callbacks as Paygate would, for the tests of a shop.
//! - **serde**: what a shop stores and logs, as JSON or the like: [`Expected`], [`Attempt`], [`Money`], [`Signed`], every type
//!   of a parameter and every request. Personal and secret values are written as `[redacted]`, and reading takes each
//!   value through its own rules; the module `params::stored` says how. An [`Outcome`] and what a request
//!   [left out](LeftOut) are written for logs and never read. Keys and merchants are neither.
//! - **tracing**: events by ids and kinds, for logs and counters: [`guide::events`].

mod callback;
mod environment;
mod error;
mod expected;
mod follow_up;
pub mod guide;
mod kind;
mod merchant;
mod merchants;
mod outcome;
mod profile;
mod request;
#[cfg(feature = "serde")]
mod stored;
#[cfg(feature = "template")]
pub mod template;
#[cfg(feature = "testing")]
pub mod testing;
mod trace;

pub use callback::authentic::Authentic;
pub use callback::bound::Bound;
pub use callback::envelope::Envelope;
pub use callback::raw::{RawCallback, Route};
pub use environment::{EnvironmentError, Finding, ProfileFileError, Settings, Severity};
pub use error::{BindError, Kept, OpenError, SealError, VerifyError, Violation};
pub use expected::{Attempt, Expected};
pub use follow_up::answer::WithoutMac;
pub use follow_up::call::ServerCall;
pub use follow_up::credit::CreditState;
pub use follow_up::error::AnswerError;
pub use follow_up::inquiry::{Amounts, InquiryError, Share};
pub use follow_up::stored_credit::{StoredCredit, StoredCreditError};
pub use merchant::Merchant;
pub use merchants::Merchants;
pub use outcome::{Authorized, Failed, Open, Outcome, Paid};
#[cfg(feature = "toml")]
pub use profile::problem::{ProfileError, ProfileProblem, ProfileRule};
pub use profile::{Profile, TextEncoding};
pub use request::left_out::LeftOut;
pub use request::redirect::Redirect;
pub use request::seal::Sealed;

pub use gateway_http::{Call, HttpMethod, HttpRequest, HttpResponse, Repeat};
pub use paygate_crypto as crypto;
pub use paygate_crypto::{
    CutError, DataError, EncryptError, EncryptionKey, KeyError, KeyIndex, KeyPair, KeyRing, MacError, MacKey,
    Plaintext,
};
pub use paygate_params as params;
pub use paygate_params::follow_ups;
pub use paygate_params::message::{Doubled, Issue, IssueKind, Signed, SignedError};
pub use paygate_params::methods::{self, trustly, trustly::Trustly};
pub use paygate_params::{
    Amount, BaseUrl, CallbackUrl, Charset, Code, Contradiction, CountryCode, Currency, Custom, CustomerId,
    Email, Explanation, Fields, FirstName, FollowUp, FormatError, IpAddr, Language, LastName, MerchantId,
    Message, Method, MobileNo, Money, OrderDesc, PairError, ParamError, PayId, Payment, Plain, RefNr, ReqId,
    Request, ResultMessage, SocialSecurityNumber, State, Status, TemplateUrl, TransId, UrlRule, UserData,
    Verdict, Xid,
};

#[cfg(feature = "fit")]
pub use paygate_params::{Change, Fitted};

#[cfg(feature = "getrandom")]
pub use paygate_params::{RandomError, RandomIdError};
