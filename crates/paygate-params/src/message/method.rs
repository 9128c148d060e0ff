//! A payment method: its file at Paygate, its request, its result.

use super::{Payment, ResultMessage};
use crate::{Code, Contradiction, Currency, Status, Verdict};

/// A payment method of Paygate. One file under `methods/` implements it, and nothing else knows it.
///
/// Only this crate implements it: a method decides what counts as paid.
///
/// ```compile_fail,E0277
/// use paygate_params::methods::trustly::{PaymentRequest, PaymentResult};
/// use paygate_params::{Code, Contradiction, Currency, Method, Status, Verdict};
///
/// enum Evil {}
/// impl Method for Evil {
///     const NAME: &'static str = "trustly";
///     const ENDPOINT: &'static str = "trustly.aspx";
///     const CURRENCIES: &'static [Currency] = &[Currency::EUR];
///     type Request = PaymentRequest;
///     type Result = PaymentResult;
///     fn classify(_: &Status, _: Code) -> Result<Verdict, Contradiction> {
///         Ok(Verdict::Paid)
///     }
/// }
/// ```
pub trait Method: super::Closed + Sized + 'static {
    /// The name of the method, small letters: what an attempt is stored with.
    const NAME: &'static str;

    /// The file at Paygate that takes the request, for example `trustly.aspx`.
    const ENDPOINT: &'static str;

    /// The currencies that the method's page lists: what a merchant's profile allows by default.
    const CURRENCIES: &'static [Currency];

    /// The payment request.
    type Request: Payment<Method = Self>;

    /// What comes back to URLSuccess, URLFailure and URLNotify.
    type Result: ResultMessage;

    /// Judges a result by its two signed words.
    ///
    /// # Errors
    ///
    /// The contradiction between them.
    fn classify(status: &Status, code: Code) -> Result<Verdict, Contradiction> {
        Verdict::of(status, code)
    }
}
