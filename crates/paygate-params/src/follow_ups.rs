//! The follow-ups of Paygate, one file each: what a shop's server asks about a payment that was made before.
//!
//! ```
//! use paygate_params::Message;
//! use paygate_params::follow_ups::{credit, inquire, inquire24};
//! assert_eq!(credit::CreditRequest::ROWS.len(), 7);
//! // By PayID, or by TransID alone where no callback ever told the PayID.
//! assert!(inquire::InquireRequest::row(b"PayID").is_some());
//! assert!(inquire24::Inquire24Request::row(b"PayID").is_none());
//! ```

pub mod credit;
pub mod inquire;
pub mod inquire24;

pub use credit::Credit;
pub use inquire::Inquire;
pub use inquire24::Inquire24;
