//! The parameters of Computop Paygate messages: their names, their formats, and one table per message.
//!
//! The crate knows which parameters a message has, what each may hold and how a text becomes a typed
//! value. It knows no separators, no keys and no transport: the crate `paygate` joins it to
//! `paygate-crypto`. It is `no_std` with `alloc`.
//!
//! ```
//! use paygate_params::{Currency, FormatError, Money, TransId};
//!
//! let trans_id = TransId::new("order-4711-1")?;
//! assert_eq!(trans_id.as_str(), "order-4711-1");
//!
//! // `*` separates the parts of the MAC's input, so no identifier may hold it.
//! assert!(matches!(TransId::new("a*b"), Err(FormatError::Character { position: 2, .. })));
//!
//! let money = Money::parse_decimal("19.99", Currency::EUR)?;
//! assert_eq!(money.amount().units(), 1999);
//! # Ok::<(), FormatError>(())
//! ```
//!
//! # How it is laid out
//!
//! | module | what it holds |
//! |---|---|
//! | [`format`] | `ans..30` and its like: classes, lengths, the alphabets behind them, the two text types |
//! | fields | the types of the parameters: [`TransId`], [`Money`], [`CallbackUrl`], [`Code`] … (re-exported here) |
//! | [`message`] | what a table is: rows, parsing a request, finding the fields of a result |
//! | [`methods`] | one file for each payment method: its tables as on the vendor's page |
//! | [`follow_ups`] | one file for each call from server to server: credit, inquire, inquire24 |
//!
//! # Features
//!
//! - **std** (default): switches on the `std` parts of the dependencies; nothing in this crate needs it.
//! - **fit** (default): [`FirstName::fit`] and its like, which bend a customer's text instead of refusing it.
//! - **getrandom** (default): [`TransId::random`] and [`ReqId::random`], from the operating system's source.
//! - **serde**: the module `stored`; every type of a parameter, [`Money`], [`Signed`] and the requests read and written as
//!   JSON or the like, by their own rules and without anybody's name.
//!
//! # What a wrong literal does
//!
//! Texts that stand in your source can be checked while it compiles:
//!
//! ```
//! use paygate_params::RefNr;
//! const REF: RefNr = RefNr::from_static("2026-11");
//! assert_eq!(REF.as_str(), "2026-11");
//! ```
//!
//! ```compile_fail
//! use paygate_params::RefNr;
//! const REF: RefNr = RefNr::from_static("no * here"); // refused by the compiler
//! ```
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod charset;
mod codes;
mod fields;
#[cfg(feature = "fit")]
mod fit;
pub mod follow_ups;
pub mod format;
pub mod message;
pub mod methods;
#[cfg(feature = "serde")]
pub mod stored;
mod verdict;

pub use charset::Charset;
pub use codes::Explanation;
pub use fields::amount::{Amount, Money};
pub use fields::choice::{Match, Response};
pub use fields::code::{Code, State};
pub use fields::country::CountryCode;
pub use fields::currency::Currency;
pub use fields::custom::Custom;
pub use fields::custom::pairs::PairError;
pub use fields::date_time::DateTime;
pub use fields::email::Email;
pub use fields::identifier::{
    AccountId, CustomerId, Iban, MacText, MerchantId, MobileNo, PayId, RefNr, ReqId, Status, TransId, UserId,
    Xid,
};
pub use fields::ip_addr::IpAddr;
pub use fields::language::Language;
pub use fields::order_desc::OrderDesc;
pub use fields::text::{
    AccBank, AccClearingHouse, AccDescriptor, AccOwner, AddrCity, AddrStreet, AddrZip, Description,
    FirstName, LastName, Plain, SocialSecurityNumber, UserData,
};
pub use fields::url::{BaseUrl, CallbackUrl, TemplateUrl, UrlRule};
pub use format::{FormatError, ParamError};
pub use message::{Facts, Fields, FollowUp, Message, Method, Payment, Request, ResultMessage, Signed};
pub use verdict::{Contradiction, Verdict};

#[cfg(feature = "getrandom")]
pub use fields::random::{RandomError, RandomIdError};

#[cfg(feature = "fit")]
pub use fit::{Change, Fitted};
