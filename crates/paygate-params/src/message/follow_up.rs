//! A call from server to server about a payment that was made before.

use super::{Request, ResultMessage};

/// A follow-up: its file at Paygate, its request, its answer. One file under `follow_ups/` implements it.
///
/// Paygate sends no MAC with the answers (vendor page "HMAC authentication", notify): the crate `paygate` says so in
/// their type.
///
/// ```
/// use paygate_params::FollowUp;
/// use paygate_params::follow_ups::{Credit, Inquire};
/// assert_eq!(Credit::ENDPOINT, "credit.aspx");
/// assert!(Inquire::REPEATABLE && !Credit::REPEATABLE);
/// ```
pub trait FollowUp: super::Closed + Sized + 'static {
    /// The name of the follow-up, small letters.
    const NAME: &'static str;

    /// The file at Paygate that takes the request, for example `credit.aspx`.
    const ENDPOINT: &'static str;

    /// Whether sending it a second time changes nothing: true where it only asks.
    const REPEATABLE: bool;

    /// The request.
    type Request: Request;

    /// The answer to it.
    type Answer: ResultMessage;
}
