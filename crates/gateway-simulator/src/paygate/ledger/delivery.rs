//! A result that was sent to the shop, or will be, and how the shop answered.

use super::state::Said;
use crate::paygate::answer::Message;
use crate::paygate::fault::Faults;
use paygate::{MerchantId, PayId};
use std::fmt;
use std::time::Duration;

/// Which way a result went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Way {
    /// By the customer's browser, to URLSuccess.
    Success,
    /// By the customer's browser, to URLFailure.
    Failure,
    /// To URLNotify.
    Notify,
}

impl Way {
    /// The parameter that named the URL.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Success => "URLSuccess",
            Self::Failure => "URLFailure",
            Self::Notify => "URLNotify",
        }
    }
}

/// A result on its way to the shop. A notify may need several attempts.
#[derive(Clone)]
#[non_exhaustive]
pub struct Delivery {
    /// Its number, over all payments.
    pub number: usize,
    /// The merchant that it is sent to.
    pub mid: MerchantId,
    /// The payment that it is sent for.
    pub pay_id: PayId,
    /// Which way.
    pub way: Way,
    /// Where to.
    pub url: String,
    /// Status and Code that it carries.
    pub said: Said,
    /// Each time that it was sent. What a browser was sent with has one.
    pub attempts: Vec<Attempt>,
    /// When it is sent next, since the simulator started; `None` where it is not.
    pub next: Option<Duration>,
    pub(crate) message: Message,
    pub(crate) faults: Faults,
}

/// One time that a result was sent.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// When, since the simulator started.
    pub at: Duration,
    /// The query or the body.
    pub form: String,
    /// What the shop answered; of what a browser carries, the simulator does not see the answer.
    pub answer: Option<Answer>,
}

/// What became of one attempt to deliver a notify.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// The shop answered with this status.
    Status(u16),
    /// The shop could not be reached, or broke off.
    Unreachable(String),
    /// The shop did not answer in time.
    TimedOut,
    /// The simulator broke the connection off, on purpose.
    BrokenOff,
}

impl Answer {
    /// Whether the shop took it: a status of 200 to 299.
    #[must_use]
    pub const fn is_acknowledged(&self) -> bool {
        matches!(self, Self::Status(200..=299))
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "{status}"),
            Self::Unreachable(why) => write!(f, "unreachable: {why}"),
            Self::TimedOut => f.write_str("no answer in time"),
            Self::BrokenOff => f.write_str("broken off on purpose"),
        }
    }
}

impl Delivery {
    /// Whether the shop took it.
    #[must_use]
    pub fn is_acknowledged(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.answer.as_ref().is_some_and(Answer::is_acknowledged))
    }

    /// How often it may be repeated after the first attempt (white label's page "Payment notification").
    pub const REPEATS: u32 = 8;

    /// How long to wait after attempt number `made`, counted from 1; `None` after the last.
    pub(crate) fn wait_after(made: u32) -> Option<Duration> {
        let minute = Duration::from_secs(60);
        (1..=Self::REPEATS).contains(&made).then(|| minute.saturating_mul(made.saturating_pow(3)))
    }
}

/// Without what was sent, in which the customer's name may stand.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("number", &self.number)
            .field("pay_id", &self.pay_id)
            .field("way", &self.way)
            .field("said", &self.said)
            .field("attempts", &self.attempts)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt").field("at", &self.at).field("answer", &self.answer).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_repeats_wait_the_cube_of_their_number_in_minutes() {
        let minutes: Vec<_> =
            (1..10).filter_map(Delivery::wait_after).map(|wait| wait.as_secs() / 60).collect();
        assert_eq!(minutes, [1, 8, 27, 64, 125, 216, 343, 512]);
        assert_eq!(Delivery::wait_after(0), None);
    }
}
