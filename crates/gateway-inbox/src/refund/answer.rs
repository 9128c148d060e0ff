//! Answers: what a gateway said to a refund that was sent, and what follows from it.

use super::lock::{Heard, Locked, Standing};
use super::pause::pause;
use super::{Ledger, RefundState, Sending, SettleError};
use crate::InboxError;
use crate::database::Database;
use RefundState::{Done, NeedsAPerson, Planned, Refused, Sent, Unknown};
use sqlx::Connection;

/// What came of sending. The texts are written beside the refund: codes, no secrets and no personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// The money goes back.
    Done,
    /// No money goes back: the gateway refused, and says so beyond doubt.
    Refused {
        /// Why, for example the code.
        why: &'a str,
    },
    /// The gateway has not decided. It is never sent again by itself: while it is open, the gateway would do it twice.
    Open,
    /// Nobody can tell: no answer, or none that says it.
    Unknown {
        /// What was heard, for example the code or that the time was over.
        why: &'a str,
    },
    /// No byte left, for example because no connection was made. Not where a connection broke.
    NotSent {
        /// Why not.
        why: &'a str,
    },
}

impl Answer<'_> {
    fn why(&self) -> &str {
        match self {
            Self::Done | Self::Open => "",
            Self::Refused { why } | Self::Unknown { why } | Self::NotSent { why } => why,
        }
    }
}

const DENIED: &str = "it counted as refused, and the gateway says that it was done";

/// What follows from an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing: it says no more than is known.
    Stay,
    /// It stands so now.
    To(RefundState, Heard),
    /// It was never sent.
    Unsend,
}

/// What follows from the answer to the newest of so many sendings, whenever it comes, after what was heard of that one before.
///
/// That it was done is believed at any time, even of one that was given up. That it was refused is believed of the only sending;
/// of a later one it may mean that an earlier one was done, and the amounts must tell.
pub(super) fn step(answer: &Answer<'_>, state: RefundState, heard: Heard, sendings: u32) -> Step {
    match (answer, state) {
        // Its amount was free, and may be taken by another: nobody but a person can mend that.
        (Answer::Done, Refused) => Step::To(NeedsAPerson, Heard::Nothing),
        (_, Done | Refused) => Step::Stay,
        (Answer::Done, _) => Step::To(Done, Heard::Nothing),
        (Answer::NotSent { .. }, Sent | Unknown) if sendings <= 1 && heard == Heard::Nothing => Step::Unsend,
        // What an earlier sending did is still to be asked for.
        (Answer::Unknown { .. } | Answer::NotSent { .. }, Sent) => Step::To(Unknown, Heard::Nothing),
        (_, NeedsAPerson) | (Answer::Unknown { .. } | Answer::NotSent { .. }, _) => Step::Stay,
        (Answer::Refused { .. }, _) if sendings <= 1 => Step::To(Refused, Heard::Nothing),
        (Answer::Refused { .. }, _) => Step::To(Unknown, Heard::Refused),
        (Answer::Open, _) => Step::To(Unknown, Heard::Open),
    }
}

impl Sending {
    /// Writes the answer down, inside of the transaction that holds what the shop does about it, and tells how the refund stands
    /// then. It may be called again with the same answer, where the transaction failed.
    ///
    /// An answer that comes after the lease still counts, for as long as the refund was not sent again: the gateway's word is
    /// worth more than its amounts.
    ///
    /// # Errors
    ///
    /// [`SettleError::Lost`] where it was sent again since: what came of that is known to whoever sent it, or will be asked for.
    pub async fn settle<DB: Database>(
        &self,
        ledger: &Ledger<DB>,
        change: &mut DB::Connection,
        answer: Answer<'_>,
    ) -> Result<RefundState, SettleError> {
        let mut part = Connection::begin(change).await?;
        let refund = ledger.lock(&mut part, self.id).await?.ok_or(SettleError::Lost)?;
        if refund.sent_token != self.token {
            return Err(SettleError::Lost);
        }
        let step = step(&answer, refund.state, refund.heard, refund.tries);
        let state = ledger.take_step(&mut part, &refund, step, answer.why()).await?;
        part.commit().await?;
        Ok(state)
    }
}

impl<DB: Database> Ledger<DB> {
    /// Writes down what follows from an answer, and why, and tells how the refund stands then.
    pub(super) async fn take_step(
        &self,
        change: &mut DB::Connection,
        refund: &Locked,
        step: Step,
        why: &str,
    ) -> Result<RefundState, InboxError> {
        match step {
            Step::Stay => Ok(refund.state),
            Step::To(state, heard) => {
                let due = pause(refund.asks);
                let note = if (refund.state, state) == (Refused, NeedsAPerson) {
                    tracing::error!(target: "gateway_inbox", refund = refund.id.get(), "{DENIED}");
                    DENIED
                } else {
                    why
                };
                let standing = Standing { state, heard, note, due, asks: refund.asks };
                self.stand(change, refund.id, &standing).await?;
                Ok(state)
            }
            Step::Unsend => {
                self.unsend(change, refund.id, pause(0), why).await?;
                Ok(Planned)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [RefundState; 6] = [Planned, Sent, Unknown, NeedsAPerson, Done, Refused];
    const ANSWERS: [Answer<'_>; 5] = [
        Answer::Done,
        Answer::Refused { why: "" },
        Answer::Open,
        Answer::Unknown { why: "" },
        Answer::NotSent { why: "" },
    ];

    #[test]
    fn what_is_done_stays_done() {
        for answer in ANSWERS {
            assert_eq!(step(&answer, Done, Heard::Nothing, 1), Step::Stay);
        }
    }

    #[test]
    fn money_that_went_back_is_never_overlooked() {
        for state in ALL {
            let expected = match state {
                Done => Step::Stay,
                Refused => Step::To(NeedsAPerson, Heard::Nothing),
                _ => Step::To(Done, Heard::Nothing),
            };
            assert_eq!(step(&Answer::Done, state, Heard::Nothing, 2), expected, "{state:?}");
        }
    }

    #[test]
    fn only_the_refusal_of_the_only_sending_frees_the_amount() {
        for answer in ANSWERS {
            for state in [Planned, Sent, Unknown, NeedsAPerson] {
                for sendings in [1, 2] {
                    let frees =
                        step(&answer, state, Heard::Nothing, sendings) == Step::To(Refused, Heard::Nothing);
                    let should =
                        matches!(answer, Answer::Refused { .. }) && sendings == 1 && state != NeedsAPerson;
                    assert_eq!(frees, should, "{answer:?} {state:?} {sendings}");
                }
            }
        }
    }

    #[test]
    fn one_that_is_open_is_not_sent_again_even_if_that_was_allowed_before() {
        for state in [Planned, Sent, Unknown] {
            assert_eq!(step(&Answer::Open, state, Heard::Nothing, 1), Step::To(Unknown, Heard::Open));
        }
    }

    #[test]
    fn only_the_only_sending_can_be_taken_back() {
        let answer = Answer::NotSent { why: "" };
        assert_eq!(step(&answer, Sent, Heard::Nothing, 1), Step::Unsend);
        assert_eq!(step(&answer, Sent, Heard::Nothing, 2), Step::To(Unknown, Heard::Nothing));
        assert_eq!(step(&answer, Planned, Heard::Nothing, 1), Step::Stay);
        assert_eq!(step(&answer, Unknown, Heard::Nothing, 1), Step::Unsend);
        assert_eq!(step(&answer, Unknown, Heard::Open, 1), Step::Stay);
    }
}
