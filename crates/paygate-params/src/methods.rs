//! The payment methods of Paygate, one file each: tables, endpoint, currencies, what a result means.

use crate::Method;

/// Work to be done with a payment method that is known by its name only: in a stored attempt, on a command line.
///
/// ```
/// use paygate_params::methods::{self, MethodVisitor};
/// use paygate_params::{Message, Method};
///
/// struct CountRows;
/// impl MethodVisitor for CountRows {
///     type Output = usize;
///     fn visit<M: Method>(self) -> usize {
///         <M::Request as Message>::ROWS.len()
///     }
/// }
/// assert_eq!(methods::visit("trustly", CountRows), Some(25));
/// assert_eq!(methods::visit("cash", CountRows), None);
/// ```
pub trait MethodVisitor {
    /// What comes of it.
    type Output;

    /// Does the work for the method `M`.
    fn visit<M: Method>(self) -> Self::Output;
}

/// Declares the methods; a new one is a line below, and a file.
macro_rules! methods {
    ($(pub mod $module:ident: $Method:ident;)+) => {
        $(pub mod $module;)+

        /// The names of all methods.
        pub const NAMES: &[&str] = &[$(<$module::$Method as Method>::NAME),+];

        /// Does `visitor`'s work for the method of this name; `None` where there is no such method.
        pub fn visit<V: MethodVisitor>(name: &str, visitor: V) -> Option<V::Output> {
            $(if name == <$module::$Method as Method>::NAME {
                return Some(visitor.visit::<$module::$Method>());
            })+
            None
        }
    };
}

methods! {
    pub mod trustly: Trustly;
    pub mod swish: Swish;
}
