//! The customer chose, or the bank settled: what follows is noted, and set going.

use super::Desk;
use crate::paygate::fault::{Fault, Faults};
use crate::paygate::ledger::delivery::Way;
use crate::paygate::ledger::state::{Settlement, State};
use crate::paygate::ledger::transaction::Transaction;
use crate::paygate::schedule::Job;
use crate::paygate::script::{Browser, Choice, Planned, Script};
use paygate::PayId;
use std::collections::BTreeMap;
use std::time::Duration;

/// What follows for the customer's browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decided {
    /// Where it goes; `None` where it never comes back.
    pub(crate) url: Option<String>,
    /// Deliveries that are made before it goes.
    pub(crate) before: Vec<usize>,
}

/// Nothing can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum NotDecided {
    #[error("there is no such payment")]
    Unknown,
    #[error("the payment is {0} already")]
    Already(State),
}

impl Desk {
    /// The customer chooses at the bank.
    pub(crate) fn decide(&self, token: &str, choice: Choice) -> Result<Decided, NotDecided> {
        let (pay_id, script) = {
            let ledger = self.ledger();
            let transaction = ledger.find(|known| known.token == token).ok_or(NotDecided::Unknown)?;
            if transaction.state != State::AtBank {
                return Err(NotDecided::Already(transaction.state));
            }
            (transaction.pay_id, Script::of(choice, &transaction.faults, self.settings.habits))
        };
        self.follow(&pay_id, &script).ok_or(NotDecided::Unknown)
    }

    /// The bank settles a payment: one that is open or at the bank, or one that failed and is paid after all.
    pub(crate) fn settle(&self, pay_id: &PayId, settlement: Settlement) -> Result<(), NotDecided> {
        let script = {
            let ledger = self.ledger();
            let transaction = ledger.transaction(pay_id).ok_or(NotDecided::Unknown)?;
            match (transaction.state, settlement) {
                (State::AtBank | State::Open, _) | (State::Failed, Settlement::Paid) => {}
                (state, _) => return Err(NotDecided::Already(state)),
            }
            Script::of_settlement(settlement, &transaction.faults)
        };
        self.follow(pay_id, &script).map(drop).ok_or(NotDecided::Unknown)
    }

    /// Notes the new state, plans the notifies, and says where the browser goes.
    pub(super) fn follow(&self, pay_id: &PayId, script: &Script) -> Option<Decided> {
        let transaction = self.moved_to(pay_id, script)?;
        let url = match script.browser {
            Browser::Nowhere => None,
            Browser::Success(said) => Some((Way::Success, transaction.urls.success.clone(), said)),
            Browser::Failure(said) => Some((Way::Failure, transaction.urls.failure.clone(), said)),
        };
        let url = url.and_then(|(way, url, said)| {
            let message = self.message(&transaction, said, false);
            let number = self.note_browser(&transaction, way, &url, said, message);
            self.browser_url(number)
        });
        // What is sent at the same time is sent in this order, one behind the other.
        let mut by_time: BTreeMap<Duration, Vec<usize>> = BTreeMap::new();
        for planned in &script.notifies {
            let number = self.add_notify(&transaction, planned);
            by_time.entry(planned.after).or_default().push(number);
        }
        let mut before = Vec::new();
        for (after, numbers) in by_time {
            if script.notify_first && after.is_zero() {
                before.clone_from(&numbers);
            }
            self.plan_deliveries(after, numbers);
        }
        if let Some((after, settlement)) = script.settles {
            self.plan(after, Job::Settle(*pay_id, settlement));
        }
        Some(Decided { url, before })
    }

    fn moved_to(&self, pay_id: &PayId, script: &Script) -> Option<Transaction> {
        let mut ledger = self.ledger();
        let transaction = ledger.transaction_mut(pay_id)?;
        transaction.state = script.state;
        let told = script.notifies.iter().map(|planned| planned.said).next_back();
        let shown = match script.browser {
            Browser::Success(said) | Browser::Failure(said) => Some(said),
            Browser::Nowhere => None,
        };
        transaction.last_said = told.or(shown).or(transaction.last_said);
        Some(transaction.clone())
    }

    fn add_notify(&self, transaction: &Transaction, planned: &Planned) -> usize {
        let message = self.message(transaction, planned.said, planned.standard_only);
        self.add_delivery(
            transaction.mid,
            transaction.pay_id,
            (Way::Notify, &transaction.urls.notify),
            planned.said,
            message,
            transaction.faults.clone(),
        )
    }

    /// Sends the last result of a payment again, as a notify; tampered with, if so asked.
    pub(crate) fn resend(&self, pay_id: &PayId, tampered: bool) -> Result<(), NotDecided> {
        let (transaction, said) = {
            let ledger = self.ledger();
            let transaction = ledger.transaction(pay_id).ok_or(NotDecided::Unknown)?;
            let said = transaction.last_said.ok_or(NotDecided::Already(transaction.state))?;
            (transaction.clone(), said)
        };
        let message = self.message(&transaction, said, false);
        let faults = if tampered { [Fault::Tampered].into_iter().collect() } else { Faults::default() };
        let way = (Way::Notify, &transaction.urls.notify);
        let number = self.add_delivery(transaction.mid, transaction.pay_id, way, said, message, faults);
        self.plan_deliveries(Duration::ZERO, vec![number]);
        Ok(())
    }
}
