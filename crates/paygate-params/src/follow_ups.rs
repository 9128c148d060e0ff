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

use crate::FollowUp;

/// Work to be done with a follow-up that is known by its name only: on a command line, in a log.
///
/// ```
/// use paygate_params::FollowUp;
/// use paygate_params::follow_ups::{self, FollowUpVisitor};
///
/// struct Repeatable;
/// impl FollowUpVisitor for Repeatable {
///     type Output = bool;
///     fn visit<F: FollowUp>(self) -> bool {
///         F::REPEATABLE
///     }
/// }
/// assert_eq!(follow_ups::visit("inquire", Repeatable), Some(true));
/// assert_eq!(follow_ups::visit("capture", Repeatable), None);
/// ```
pub trait FollowUpVisitor {
    /// What comes of it.
    type Output;

    /// Does the work for the follow-up `F`.
    fn visit<F: FollowUp>(self) -> Self::Output;
}

/// Declares the follow-ups; a new one is a line below, and a file.
macro_rules! follow_ups {
    ($(pub mod $module:ident: $FollowUp:ident;)+) => {
        $(pub mod $module;)+
        $(pub use $module::$FollowUp;)+

        /// The names of all follow-ups.
        pub const NAMES: &[&str] = &[$(<$FollowUp as FollowUp>::NAME),+];

        /// Does `visitor`'s work for the follow-up of this name; `None` where there is no such follow-up.
        pub fn visit<V: FollowUpVisitor>(name: &str, visitor: V) -> Option<V::Output> {
            $(if name == <$FollowUp as FollowUp>::NAME {
                return Some(visitor.visit::<$FollowUp>());
            })+
            None
        }
    };
}

follow_ups! {
    pub mod credit: Credit;
    pub mod inquire: Inquire;
    pub mod inquire24: Inquire24;
}
