//! Deciding: what a person found out about a refund that the gateway's amounts do not explain.

use super::lock::{Heard, Standing};
use super::{Channel, DecideError, Ledger, RefundId, RefundState};
use crate::database::Database;
use sqlx::Connection;
use std::time::Duration;

/// What a person found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The money went back.
    WasGivenBack,
    /// No money went back, and none will: the amount is free again. Also stops one that was not sent yet.
    WasNotGivenBack,
    /// The amounts add up by now, for example because what was given back elsewhere was recorded: the gateway is asked again.
    AskAgain,
}

/// How a refund stands after a decision; `None` where there is nothing to decide.
fn decided(decision: Decision, state: RefundState, channel: Channel, sendings: u32) -> Option<RefundState> {
    use RefundState::{Done, NeedsAPerson, Planned, Refused, Sent, Unknown};
    let was_sent = sendings > 0;
    match (decision, state) {
        // Nobody asks for one in a file, and the answer may never come; one that goes online is settled or asked for soon.
        (Decision::WasGivenBack, Sent) => (channel == Channel::Batch).then_some(Done),
        (Decision::WasNotGivenBack, Sent) => (channel == Channel::Batch).then_some(Refused),
        (_, Done | Refused) | (Decision::AskAgain, Planned | Sent) => None,
        (Decision::WasNotGivenBack, Planned | Unknown | NeedsAPerson) => Some(Refused),
        (Decision::WasGivenBack, Unknown | NeedsAPerson) => Some(Done),
        (Decision::WasGivenBack, Planned) => was_sent.then_some(Done),
        (Decision::AskAgain, NeedsAPerson | Unknown) => {
            (was_sent && channel == Channel::Online).then_some(Unknown)
        }
    }
}

impl<DB: Database> Ledger<DB> {
    /// Writes down what a person found out about a refund that [needs one](RefundState::NeedsAPerson), is not known, or was not
    /// sent yet, and tells how it stands then. Who it was, the shop writes in the same transaction. `note` says by what it was
    /// found out; no personal data.
    ///
    /// Of one that went [in a file](Channel::Batch) this can be decided at any time until it is settled. Before it counts as not
    /// given back, it must be certain that the file will not be carried out any more.
    ///
    /// # Errors
    ///
    /// If there is nothing to decide: it is settled, or somebody sends it online just now.
    pub async fn decide(
        &self,
        change: &mut DB::Connection,
        id: RefundId,
        decision: Decision,
        note: &str,
    ) -> Result<RefundState, DecideError> {
        let mut part = Connection::begin(change).await?;
        let refund = self.lock(&mut part, id).await?.ok_or(DecideError::NoSuchRefund)?;
        let state = decided(decision, refund.state, refund.channel, refund.tries)
            .ok_or(DecideError::NotOpen { state: refund.state })?;
        let asks_again = decision == Decision::AskAgain;
        if asks_again && self.beside(&mut part, &refund.payment, refund.id).await?.out > 0 {
            return Err(DecideError::AnotherIsOut);
        }
        let heard = if asks_again { refund.heard } else { Heard::Nothing };
        let standing = Standing { state, heard, note, due: Duration::ZERO, asks: 0 };
        self.stand(&mut part, id, &standing).await?;
        part.commit().await?;
        Ok(state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RefundState::{Done, NeedsAPerson, Planned, Refused, Sent, Unknown};

    #[test]
    fn nobody_decides_what_is_settled_or_under_way() {
        for decision in [Decision::WasGivenBack, Decision::WasNotGivenBack, Decision::AskAgain] {
            for state in [Done, Refused, Sent] {
                assert_eq!(decided(decision, state, Channel::Online, 1), None);
            }
        }
    }

    #[test]
    fn what_is_in_a_file_can_be_decided_while_its_answer_is_out() {
        assert_eq!(decided(Decision::WasGivenBack, Sent, Channel::Batch, 1), Some(Done));
        assert_eq!(decided(Decision::WasNotGivenBack, Sent, Channel::Batch, 1), Some(Refused));
        assert_eq!(decided(Decision::AskAgain, Sent, Channel::Batch, 1), None);
        for decision in [Decision::WasGivenBack, Decision::WasNotGivenBack, Decision::AskAgain] {
            for state in [Done, Refused] {
                assert_eq!(decided(decision, state, Channel::Batch, 1), None);
            }
        }
    }

    #[test]
    fn what_was_never_sent_was_not_given_back() {
        assert_eq!(decided(Decision::WasGivenBack, Planned, Channel::Online, 0), None);
        assert_eq!(decided(Decision::WasNotGivenBack, Planned, Channel::Online, 0), Some(Refused));
    }

    #[test]
    fn the_gateway_can_be_asked_again_for_what_was_sent() {
        assert_eq!(decided(Decision::AskAgain, NeedsAPerson, Channel::Online, 1), Some(Unknown));
        assert_eq!(decided(Decision::AskAgain, NeedsAPerson, Channel::Batch, 1), None);
    }
}
