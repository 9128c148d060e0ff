//! A payment method: its file at Paygate, its request, its result.

use super::{Request, ResultMessage};
use crate::{Code, Contradiction, Status, Verdict};

/// A payment method of Paygate. One file under `methods/` implements it, and nothing else knows it.
pub trait Method: Sized + 'static {
    /// The name of the method, small letters: what an attempt is stored with.
    const NAME: &'static str;

    /// The file at Paygate that takes the request, for example `trustly.aspx`.
    const ENDPOINT: &'static str;

    /// The payment request.
    type Request: Request<Method = Self>;

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
