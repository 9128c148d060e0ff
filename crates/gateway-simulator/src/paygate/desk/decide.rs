//! The customer chose, or the bank settled: what follows is noted, and set going.

use super::Desk;
use crate::paygate::fault::{Fault, Faults};
use crate::paygate::ledger::Ledger;
use crate::paygate::ledger::delivery::Way;
use crate::paygate::ledger::state::{Said, Settlement, State};
use crate::paygate::ledger::transaction::Transaction;
use crate::paygate::schedule::{Job, Task};
use crate::paygate::script::{Browser, Choice, Planned, Script};
use paygate::PayId;

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
        let (transaction, script) = {
            let mut ledger = self.ledger();
            let transaction = ledger.find(|known| known.token == token).ok_or(NotDecided::Unknown)?;
            if transaction.state != State::AtBank {
                return Err(NotDecided::Already(transaction.state));
            }
            let script = Script::of(choice, &transaction.faults, self.settings.habits);
            let pay_id = transaction.pay_id;
            (moved(&mut ledger, pay_id, &script)?, script)
        };
        Ok(self.follow(&transaction, &script))
    }

    /// The bank settles a payment: one that is open or at the bank, or one that failed and is paid after all.
    pub(crate) fn settle(&self, pay_id: &PayId, settlement: Settlement) -> Result<(), NotDecided> {
        self.settle_where(pay_id, settlement, |state| match state {
            State::AtBank | State::Open => true,
            State::Failed => settlement == Settlement::Paid,
            State::Paid => false,
        })
    }

    /// The same by itself, when its time has come, unless somebody settled the payment before.
    pub(crate) fn settle_in_time(&self, pay_id: &PayId, from: State, settlement: Settlement) {
        let _ = self.settle_where(pay_id, settlement, |state| state == from);
    }

    fn settle_where(
        &self,
        pay_id: &PayId,
        settlement: Settlement,
        may: impl Fn(State) -> bool,
    ) -> Result<(), NotDecided> {
        let (transaction, script) = {
            let mut ledger = self.ledger();
            let transaction = ledger.transaction(pay_id).ok_or(NotDecided::Unknown)?;
            if !may(transaction.state) {
                return Err(NotDecided::Already(transaction.state));
            }
            let script = Script::of_settlement(settlement, &transaction.faults);
            (moved(&mut ledger, *pay_id, &script)?, script)
        };
        self.follow(&transaction, &script);
        Ok(())
    }

    /// A payment whose description asks for simulation is done as it comes.
    pub(super) fn simulate(&self, pay_id: PayId, said: Said) -> Result<Decided, NotDecided> {
        let (transaction, script) = {
            let mut ledger = self.ledger();
            let transaction = ledger.transaction(&pay_id).ok_or(NotDecided::Unknown)?;
            let script = Script::simulated(said, &transaction.faults);
            (moved(&mut ledger, pay_id, &script)?, script)
        };
        Ok(self.follow(&transaction, &script))
    }

    /// Plans the notifies, and says where the browser goes.
    fn follow(&self, transaction: &Transaction, script: &Script) -> Decided {
        let way = match script.browser {
            Browser::Nowhere => None,
            Browser::Success(said) => Some((Way::Success, &transaction.urls.success, said)),
            Browser::Failure(said) => Some((Way::Failure, &transaction.urls.failure, said)),
        };
        let url = way.and_then(|(way, url, said)| {
            let number = self.add_result(transaction, (way, url), Planned::whole(said));
            self.send_browser(number)
        });
        let notify = (Way::Notify, &transaction.urls.notify);
        let numbers: Vec<_> =
            script.notifies.iter().map(|planned| self.add_result(transaction, notify, *planned)).collect();
        let before = if script.notify_first { numbers.clone() } else { Vec::new() };
        self.plan_deliveries(transaction.pay_id, numbers);
        if let Some((after, settlement)) = script.settles {
            let task = Task::Settle { from: script.state, to: settlement };
            self.plan(after, Job { pay_id: transaction.pay_id, task });
        }
        Decided { url, before }
    }

    /// Sends the result of a payment again, as a notify; tampered with, if so asked.
    pub(crate) fn resend(&self, pay_id: &PayId, tampered: bool) -> Result<(), NotDecided> {
        let (mut transaction, result) = {
            let ledger = self.ledger();
            let transaction = ledger.transaction(pay_id).ok_or(NotDecided::Unknown)?;
            let result = transaction.result.ok_or(NotDecided::Already(transaction.state))?;
            (transaction.clone(), result)
        };
        transaction.faults = if tampered { Faults::from_iter([Fault::Tampered]) } else { Faults::default() };
        let notify = (Way::Notify, &transaction.urls.notify);
        let number = self.add_result(&transaction, notify, Planned::whole(result));
        self.plan_deliveries(transaction.pay_id, vec![number]);
        Ok(())
    }
}

/// The payment as it stands from now on. Checked and moved under one lock, so that nobody decides in between.
fn moved(ledger: &mut Ledger, pay_id: PayId, script: &Script) -> Result<Transaction, NotDecided> {
    let transaction = ledger.transaction_mut(&pay_id).ok_or(NotDecided::Unknown)?;
    transaction.state = script.state;
    transaction.result = script.result;
    Ok(transaction.clone())
}
