//! What the simulator knows: payments, what was sent about them, and requests that it refused.

pub(crate) mod delivery;
pub(crate) mod refused;
pub(crate) mod state;
pub(crate) mod transaction;

use delivery::Delivery;
use refused::RefusedRequest;
use state::State;
use transaction::{Credit, Transaction};

use paygate::{MerchantId, PayId, ReqId, TransId};
use std::collections::HashMap;

/// An action that a ReqId named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Payment(PayId),
    /// The credit of this number, of the payment.
    Credit(PayId, usize),
}

/// All of it. Payments stand in the order in which they came.
#[derive(Default)]
pub(crate) struct Ledger {
    transactions: Vec<Transaction>,
    deliveries: Vec<Delivery>,
    refused: Vec<RefusedRequest>,
    /// Every action that a ReqId named, in the order in which they came.
    req_ids: HashMap<(MerchantId, ReqId), Vec<Action>>,
}

impl Ledger {
    pub(crate) fn transactions(&self) -> &[Transaction] {
        &self.transactions
    }

    pub(crate) fn add(&mut self, transaction: Transaction) {
        if let Some(req_id) = transaction.req_id {
            let named = self.req_ids.entry((transaction.mid, req_id)).or_default();
            named.push(Action::Payment(transaction.pay_id));
        }
        self.transactions.push(transaction);
    }

    pub(crate) fn by_pay_id(&self, mid: &MerchantId, pay_id: &PayId) -> Option<&Transaction> {
        self.transactions.iter().find(|known| known.pay_id == *pay_id && known.mid == *mid)
    }

    pub(crate) fn find(&self, wanted: impl Fn(&Transaction) -> bool) -> Option<&Transaction> {
        self.transactions.iter().rev().find(|known| wanted(known))
    }

    pub(crate) fn transaction(&self, pay_id: &PayId) -> Option<&Transaction> {
        self.find(|known| known.pay_id == *pay_id)
    }

    pub(crate) fn transaction_mut(&mut self, pay_id: &PayId) -> Option<&mut Transaction> {
        self.transactions.iter_mut().find(|known| known.pay_id == *pay_id)
    }

    /// The newest payment under a TransID, which shops may use more than once.
    pub(crate) fn by_trans_id(&self, mid: &MerchantId, trans_id: &TransId) -> Option<&Transaction> {
        self.find(|known| known.trans_id == *trans_id && known.mid == *mid)
    }

    /// The newest paid one of the merchant but this one.
    pub(crate) fn another_paid(&self, mid: &MerchantId, but: &PayId) -> Option<&Transaction> {
        self.find(|known| known.mid == *mid && known.pay_id != *but && known.state == State::Paid)
    }

    /// The first action of a ReqId that is finished. Before one is, a repetition is carried out (vendor's page "Trustly",
    /// row `ReqId`).
    pub(crate) fn finished(&self, mid: &MerchantId, req_id: &ReqId) -> Option<Action> {
        let is_finished = |action: &&Action| match action {
            Action::Credit(..) => true,
            Action::Payment(pay_id) => self.transaction(pay_id).is_some_and(|known| known.state.is_final()),
        };
        self.req_ids.get(&(*mid, *req_id))?.iter().find(is_finished).copied()
    }

    pub(crate) fn add_credit(&mut self, pay_id: &PayId, credit: Credit, req_id: Option<ReqId>) {
        let Some(transaction) = self.transactions.iter_mut().find(|known| known.pay_id == *pay_id) else {
            return;
        };
        if let Some(req_id) = req_id {
            let action = Action::Credit(*pay_id, transaction.credits.len());
            self.req_ids.entry((transaction.mid, req_id)).or_default().push(action);
        }
        transaction.credits.push(credit);
    }

    /// Adds a delivery and returns its number.
    pub(crate) fn add_delivery(&mut self, delivery: impl FnOnce(usize) -> Delivery) -> usize {
        let number = self.deliveries.len();
        self.deliveries.push(delivery(number));
        number
    }

    pub(crate) fn delivery(&self, number: usize) -> Option<&Delivery> {
        self.deliveries.get(number)
    }

    pub(crate) fn delivery_mut(&mut self, number: usize) -> Option<&mut Delivery> {
        self.deliveries.get_mut(number)
    }

    /// Everything that was sent, or will be, about a payment.
    pub(crate) fn deliveries_of(&self, pay_id: &PayId) -> impl Iterator<Item = &Delivery> {
        self.deliveries.iter().filter(move |delivery| delivery.pay_id == *pay_id)
    }

    pub(crate) fn refuse(&mut self, request: RefusedRequest) {
        self.refused.push(request);
    }

    pub(crate) fn refused(&self) -> &[RefusedRequest] {
        &self.refused
    }
}
