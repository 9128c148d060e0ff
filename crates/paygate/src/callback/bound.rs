//! An answer that belongs to a known attempt.

use super::authentic::Authentic;
use crate::expected::Expected;
use crate::outcome::{Outcome, Paid};
use paygate_crypto::Plaintext;
use paygate_params::{Method, Verdict};
use std::fmt;

/// An authentic answer that belongs to the attempt it was held against; the only way to an [`Outcome`].
#[must_use = "outcome() tells how the attempt stands"]
pub struct Bound<'a, M: Method, B = Plaintext> {
    callback: &'a Authentic<M, B>,
    expected: Expected,
}

impl<'a, M: Method, B: AsRef<[u8]>> Bound<'a, M, B> {
    pub(super) fn new(callback: &'a Authentic<M, B>, expected: Expected) -> Self {
        Self { callback, expected }
    }

    /// How the attempt stands by this answer.
    ///
    /// The same answer may come many times, and late: act once for each PayID and outcome.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::of(self.callback.verdict(), *self.callback.signed(), self.expected.money())
    }

    /// The payment, where it is one: `Some` for Status `OK` with Code `00000000` alone, as [`Outcome::paid`].
    #[must_use]
    pub fn paid(&self) -> Option<Paid> {
        self.outcome().paid().copied()
    }

    /// What to store from now on: the attempt, pinned to this answer's PayID.
    ///
    /// A failed answer does not pin: nobody paid by it, and should the customer pay after all, that must not be lost.
    #[must_use]
    pub fn expected(&self) -> Expected {
        match self.callback.verdict() {
            Verdict::Failed => self.expected,
            Verdict::Paid | Verdict::Authorized | Verdict::Open => {
                self.expected.pinned(*self.callback.pay_id())
            }
        }
    }

    /// The answer.
    #[must_use]
    pub fn callback(&self) -> &'a Authentic<M, B> {
        self.callback
    }
}

impl<M: Method, B> fmt::Debug for Bound<'_, M, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bound").field("callback", &self.callback).finish_non_exhaustive()
    }
}
