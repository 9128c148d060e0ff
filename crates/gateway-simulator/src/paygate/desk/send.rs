//! What is sent: which message, to whom, and in which form at each attempt.

use super::{Desk, new_pay_id, new_xid};
use crate::paygate::answer::{Message, Sealing};
use crate::paygate::fault::{Fault, Faults};
use crate::paygate::ledger::delivery::{Answer, Attempt, Delivery, Way};
use crate::paygate::ledger::state::Said;
use crate::paygate::ledger::transaction::Transaction;
use crate::paygate::schedule::Job;
use paygate::{CallbackUrl, MerchantId, PayId, TransId};

impl Desk {
    /// The result of a payment, or of another one in its place.
    pub(super) fn message(&self, transaction: &Transaction, said: Said, standard_only: bool) -> Message {
        let faults = &transaction.faults;
        if faults.has(Fault::OtherAttempt) {
            let other = self.another_paid(transaction);
            return Message::result(&other, Said::PAID, standard_only, faults);
        }
        Message::result(transaction, said, standard_only, faults)
    }

    /// An attempt of the same merchant that was paid; where there is none, one that this shop does not know.
    fn another_paid(&self, transaction: &Transaction) -> Transaction {
        if let Some(other) = self.ledger().another_paid(&transaction.mid, &transaction.pay_id) {
            return other.clone();
        }
        let trans_id = TransId::from_static("another-attempt");
        Transaction { pay_id: new_pay_id(), xid: new_xid(), trans_id, ..transaction.clone() }
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

    /// Notes what the customer's browser is sent back with.
    pub(super) fn note_browser(
        &self,
        transaction: &Transaction,
        way: Way,
        url: &CallbackUrl,
        said: Said,
        message: Message,
    ) -> usize {
        let faults = transaction.faults.clone();
        let number =
            self.add_delivery(transaction.mid, transaction.pay_id, (way, url), said, message, faults);
        self.begin_attempt(number);
        number
    }

    /// The URL with the result that a browser is sent to.
    pub(super) fn browser_url(&self, number: usize) -> Option<String> {
        let ledger = self.ledger();
        let delivery = ledger.delivery(number)?;
        Some([delivery.url.as_str(), "?", &delivery.attempts.last()?.form].concat())
    }

    /// Seals the message of a delivery once more, notes the attempt, and returns where to send what.
    pub(crate) fn begin_attempt(&self, number: usize) -> Option<(String, String)> {
        let at = self.clock.now();
        let mut ledger = self.ledger();
        let delivery = ledger.delivery_mut(number)?;
        let merchant = self.merchant(&delivery.mid)?;
        delivery.next = None;
        let made = delivery.attempts.len();
        let ordinal = number.saturating_mul(16).saturating_add(made);
        let seed = self.settings.seed.wrapping_add(u64::try_from(ordinal).unwrap_or_default());
        let mut message = delivery.message.clone();
        if delivery.faults.has(Fault::ChangedXid) {
            message.set("XID", new_xid().as_str().to_owned());
        }
        let sealing = Sealing::with_faults(&delivery.faults, made == 0, seed);
        let form = sealing.callback(&message, merchant).ok()?;
        delivery.attempts.push(Attempt { at, form: form.clone(), answer: None });
        Some((delivery.url.clone(), form))
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
            due
        };
        self.done.send_replace(());
        if let Some(due) = due {
            self.schedule().add(due, Job::Deliver(vec![number]));
            self.bell.notify_one();
        }
    }
}
