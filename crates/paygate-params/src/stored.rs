//! Values as JSON or the like: read by each type's own rules, and written so that nobody's name shows.
//!
//! # Reading
//!
//! Every type of a parameter reads text and takes it through its own strict constructor, so there is no other way to
//! a value here than there is elsewhere. [`Amount`](crate::Amount) takes a whole number too. An error names the type
//! and the rule, and never the value.
//!
//! ```
//! use paygate_params::{Amount, TransId};
//! assert_eq!(serde_json::from_str::<TransId>(r#""order-1""#)?.as_str(), "order-1");
//! assert_eq!(serde_json::from_str::<Amount>("1999")?, serde_json::from_str(r#""1999""#)?);
//!
//! let refused = serde_json::from_str::<TransId>(r#""order*1""#).unwrap_err().to_string();
//! assert!(refused.starts_with("TransId character 6 is not allowed"), "{refused}");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Writing
//!
//! Identifiers that name no person, [`Currency`](crate::Currency), [`CountryCode`](crate::CountryCode),
//! [`Language`](crate::Language), [`DateTime`](crate::DateTime), [`Match`](crate::Match),
//! [`Response`](crate::Response), [`Status`](crate::Status) and [`Code`](crate::Code) are written as they are sent.
//! So is [`Amount`](crate::Amount), as a number, and [`Money`](crate::Money) as `{"amount":1999,"currency":"EUR"}`:
//! `Debug` hides what somebody paid, but a shop's own records need it. Mind that in logs.
//!
//! Whatever is personal or secret is written as [`REDACTED`]: a request that somebody logs as JSON shows nobody's
//! name. Such a text is refused when it is read, since a stored redaction would else come back as a name.
//!
//! ```
//! use paygate_params::LastName;
//! assert_eq!(serde_json::to_string(&LastName::from_static("Müller"))?, r#""[redacted]""#);
//!
//! let refused = serde_json::from_str::<LastName>(r#""[redacted]""#).unwrap_err().to_string();
//! assert!(refused.starts_with("LastName is a redaction, whose value was never written"), "{refused}");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Requests
//!
//! A request is an object with the vendor's names in the order of the table, without what is not there. It is read like
//! pairs of text: names in any case, and all that is wrong with it at once.
//!
//! ```
//! use paygate_params::follow_ups::credit::CreditRequest;
//! let json = r#"{"PayID":"7bbb448155234d8cbee323778952ce28","TransID":"credit-1","Amount":999,"Currency":"EUR"}"#;
//! let request: CreditRequest = serde_json::from_str(json)?;
//! assert_eq!(serde_json::to_string(&request)?, json);
//!
//! let refused = serde_json::from_str::<CreditRequest>(r#"{"transid":"a*b","Amount":"1,50","Colour":"red"}"#);
//! let refused = refused.unwrap_err().to_string();
//! for name in ["TransID", "Amount", "Colour", "PayID", "Currency"] {
//!     assert!(refused.contains(name), "{refused}");
//! }
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Formats
//!
//! Objects, and amounts in texts, need a format that describes itself: JSON, TOML, YAML, CBOR, MessagePack. A single
//! field needs none.

mod field;
mod object;
mod records;
mod request;
mod value;

pub use field::{REDACTED, Shown, StoredField};
pub use object::{Object, ObjectError};
pub(crate) use request::{StoredRequest, held_entry, read_request, stored_request, stored_result};
