//! What is sent: which message, to whom, and in which form at each attempt.

use super::{Desk, new_xid};
use crate::paygate::answer::{Message, Sealing};
use crate::paygate::fault::{Fault, Faults};
use crate::paygate::ledger::delivery::{Answer, Attempt, Delivery, Way};
use crate::paygate::ledger::state::Said;
use crate::paygate::ledger::transaction::Transaction;
use crate::paygate::schedule::{Job, Task};
use crate::paygate::script::Planned;
use paygate::{CallbackUrl, MerchantId, PayId, TransId, Xid};

impl Desk {
    /// Notes a result that is to be sent, and returns its number.
    pub(super) fn add_result(
        &self,
        transaction: &Transaction,
        to: (Way, &CallbackUrl),
        Planned { said, standard_only }: Planned,
    ) -> usize {
        let faults = transaction.faults.clone();
        let (message, said) = if faults.has(Fault::OtherAttempt) {
            let other = self.another_paid(transaction);
            (Message::result(&other, Said::PAID, standard_only, &faults), Said::PAID)
        } else {
            (Message::result(transaction, said, standard_only, &faults), said)
        };
        self.add_delivery(transaction.mid, transaction.pay_id, to, said, message, faults)
    }

    /// An attempt of the same merchant that was paid; where there is none, one that this shop does not know.
    fn another_paid(&self, transaction: &Transaction) -> Transaction {
        if let Some(other) = self.ledger().another_paid(&transaction.mid, &transaction.pay_id) {
            return other.clone();
        }
        // Browser and notify name the same one, so its ids come from this payment's.
        let (pay_id, xid) = swapped(transaction.pay_id, transaction.xid);
        Transaction { pay_id, xid, trans_id: TransId::from_static("another-attempt"), ..transaction.clone() }
    }

    pub(super) fn add_delivery(
        &self,
        mid: MerchantId,
        pay_id: PayId,
        (way, url): (Way, &CallbackUrl),
        said: Said,
        message: Message,
        faults: Faults,
    ) -> usize {
        let url = url.as_str().to_owned();
        self.ledger().add_delivery(|number| Delivery {
            number,
            mid,
            pay_id,
            way,
            url,
            said,
            attempts: Vec::new(),
            next: None,
            message,
            faults,
        })
    }

    /// The URL with the result that a browser is sent to; `None` where it cannot be sealed.
    pub(super) fn send_browser(&self, number: usize) -> Option<String> {
        self.begin_attempt(number).map(|(url, form)| [&url, "?", &form].concat())
    }

    /// Seals the message of a delivery once more, notes the attempt, and returns where to send what.
    pub(crate) fn begin_attempt(&self, number: usize) -> Option<(String, String)> {
        let at = self.clock.now();
        let mut ledger = self.ledger();
        let delivery = ledger.delivery_mut(number)?;
        let merchant = self.merchant(&delivery.mid)?;
        let mut message = delivery.message.clone();
        if delivery.faults.has(Fault::ChangedXid) {
            message.set("XID", new_xid().as_str().to_owned());
        }
        let first = delivery.attempts.is_empty();
        let sealing = Sealing::with_faults(&delivery.faults, first, merchant, self.next_seed());
        let sealed = sealing.callback(&message, merchant);
        delivery.next = None;
        let (form, answer) = match sealed {
            Ok(form) => (form, None),
            // There is nothing to send, and nothing to wait for.
            Err(error) => (String::new(), Some(Answer::Unreachable(error.to_string()))),
        };
        let sent = answer.is_none().then(|| (delivery.url.clone(), form.clone()));
        delivery.attempts.push(Attempt { at, form, answer });
        sent
    }

    /// Whether this attempt's connection is to break off, and whether it is to be slow.
    pub(crate) fn spoilt(&self, number: usize) -> (bool, bool) {
        let ledger = self.ledger();
        let Some(delivery) = ledger.delivery(number) else { return (false, false) };
        let first = delivery.attempts.len() <= 1;
        (delivery.faults.has(Fault::Broken) && first, delivery.faults.has(Fault::Slow))
    }

    /// Notes the shop's answer, and when it is tried again.
    pub(crate) fn end_attempt(&self, number: usize, answer: Answer) {
        let due = {
            let mut ledger = self.ledger();
            let Some(delivery) = ledger.delivery_mut(number) else { return };
            let acknowledged = answer.is_acknowledged();
            let made = u32::try_from(delivery.attempts.len()).unwrap_or(u32::MAX);
            let Some(attempt) = delivery.attempts.last_mut() else { return };
            attempt.answer = Some(answer);
            let due = if acknowledged {
                None
            } else {
                Delivery::wait_after(made).map(|wait| attempt.at.saturating_add(wait))
            };
            delivery.next = due;
            let pay_id = delivery.pay_id;
            if acknowledged && let Some(transaction) = ledger.transaction_mut(&pay_id) {
                transaction.acknowledged = true;
            }
            due.map(|due| (due, pay_id))
        };
        self.done.send_replace(());
        if let Some((due, pay_id)) = due {
            self.schedule().add(due, Job { pay_id, task: Task::Deliver(vec![number]) });
            self.bell.notify_one();
        }
    }
}

/// Both names are of 32 letters and digits.
fn swapped(pay_id: PayId, xid: Xid) -> (PayId, Xid) {
    (PayId::new(xid.as_str()).unwrap_or(pay_id), Xid::new(pay_id.as_str()).unwrap_or(xid))
}
