//! Answers to files: what the gateway said of each refund in one, and what follows from it.

use super::answer::{Answer, Step, step};
use super::lock::Heard;
use super::{Ledger, RefundState, SettleError};
use crate::InboxError;
use crate::database::Database;
use sqlx::Connection;

/// What the answer to a file says of a refund in it. The texts are written beside the refund: codes, no secrets and no personal
/// data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileAnswer<'a> {
    /// The money goes back.
    Done,
    /// No money goes back: the gateway refused, and says so beyond doubt.
    Refused {
        /// Why, for example the code.
        why: &'a str,
    },
    /// It does not tell: the refund is missing, was changed, or is told of twice and differently. A person must look.
    Unclear {
        /// What was found.
        why: &'a str,
    },
}

/// What follows from an answer for a refund in a file. As of one that went online and was sent once, but that nobody asks for it.
fn step_in_file(answer: FileAnswer<'_>, state: RefundState) -> Step {
    match answer {
        FileAnswer::Done => step(&Answer::Done, state, Heard::Nothing, 1),
        FileAnswer::Refused { why } => step(&Answer::Refused { why }, state, Heard::Nothing, 1),
        FileAnswer::Unclear { .. } if state == RefundState::Sent => {
            Step::To(RefundState::NeedsAPerson, Heard::Nothing)
        }
        FileAnswer::Unclear { .. } => Step::Stay,
    }
}

impl<DB: Database> Ledger<DB> {
    /// Writes down what the answer to a file says of the refund of this reference, inside of the transaction that holds what the
    /// shop does about it, and tells how the refund stands then. The same answer may come again, and late.
    ///
    /// That it was done is believed at any time. That it was refused is not believed of one that a person is to decide already:
    /// it was told of otherwise before.
    ///
    /// # Errors
    ///
    /// [`SettleError::NotInFile`] where the file has no such refund.
    pub async fn settle_in_file(
        &self,
        change: &mut DB::Connection,
        file: &str,
        reference: &str,
        answer: FileAnswer<'_>,
    ) -> Result<RefundState, SettleError> {
        let mut part = Connection::begin(change).await?;
        let refund = self.lock_in_file(&mut part, file, reference).await?.ok_or(SettleError::NotInFile)?;
        let why = match answer {
            FileAnswer::Done => "",
            FileAnswer::Refused { why } | FileAnswer::Unclear { why } => why,
        };
        let state = self.take_step(&mut part, &refund, step_in_file(answer, refund.state), why).await?;
        part.commit().await?;
        Ok(state)
    }
}

impl<DB: Database> Ledger<DB> {
    /// Writes down that the answer to a file told of a refund that does not stand in it: of one that was
    /// [taken back](Ledger::withdraw_file), or stands in another file. So the file was handed over after all, and whether money went
    /// back, and how often, a person must find out. `None` where there is no such refund of this gateway and account.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    pub async fn doubt(
        &self,
        change: &mut DB::Connection,
        (gateway, account): (&str, &str),
        reference: &str,
        why: &str,
    ) -> Result<Option<RefundState>, InboxError> {
        let mut part = Connection::begin(change).await?;
        let Some(refund) = self.lock_stray(&mut part, gateway, account, reference).await? else {
            return Ok(None);
        };
        // One that was refused has freed its amount; that it was told of again may mean that it was done.
        let step = match refund.state {
            RefundState::Done | RefundState::NeedsAPerson => Step::Stay,
            _ => Step::To(RefundState::NeedsAPerson, Heard::Nothing),
        };
        let state = self.take_step(&mut part, &refund, step, why).await?;
        part.commit().await?;
        Ok(Some(state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RefundState::{Done, NeedsAPerson, Refused, Sent};

    #[test]
    fn each_answer_has_its_state() {
        let refused = FileAnswer::Refused { why: "" };
        let unclear = FileAnswer::Unclear { why: "" };
        for (before, answer, after) in [
            (Sent, FileAnswer::Done, Some(Done)),
            (Sent, refused, Some(Refused)),
            (Sent, unclear, Some(NeedsAPerson)),
            (NeedsAPerson, FileAnswer::Done, Some(Done)),
            (NeedsAPerson, refused, None),
            (NeedsAPerson, unclear, None),
            (Refused, FileAnswer::Done, Some(NeedsAPerson)),
            (Refused, refused, None),
            (Refused, unclear, None),
            (Done, FileAnswer::Done, None),
            (Done, refused, None),
            (Done, unclear, None),
        ] {
            let step = step_in_file(answer, before);
            let expected = after.map_or(Step::Stay, |state| Step::To(state, Heard::Nothing));
            assert_eq!(step, expected, "{before:?} {answer:?}");
        }
    }
}
