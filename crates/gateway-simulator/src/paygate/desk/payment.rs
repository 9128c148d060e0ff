//! `trustly.aspx`: a request becomes a payment, a repetition of one, or a refusal.

use super::{Decided, Desk, new_pay_id, new_xid, random_hex};
use crate::paygate::answer::Message;
use crate::paygate::fault::Faults;
use crate::paygate::incoming::check::{self, Payment};
use crate::paygate::incoming::opened::{Opened, open};
use crate::paygate::incoming::outer::{Outer, Unreadable};
use crate::paygate::incoming::refusal::{Refusal, Wrong};
use crate::paygate::ledger::Action;
use crate::paygate::ledger::delivery::Way;
use crate::paygate::ledger::refused::RefusedRequest;
use crate::paygate::ledger::state::{Said, State};
use crate::paygate::ledger::transaction::{Echo, Transaction, Urls};
use crate::paygate::script::Planned;
use paygate::trustly::PaymentRequest;
use paygate::{CallbackUrl, MerchantId, PayId, ReqId, TransId};

const FILE: &str = "trustly.aspx";

/// Where the customer's browser goes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Accepted {
    /// To the bank's page of this token.
    Bank(String),
    /// Back to the shop, once these deliveries were made.
    Shop {
        /// The shop's URL with the result.
        url: String,
        /// What the shop is told before.
        before: Vec<usize>,
    },
    /// Nowhere: the payment is done, and the window closed.
    Nowhere,
    /// Nowhere: no URL of the shop could be read. What went wrong.
    Page(Refusal),
}

impl Desk {
    /// Takes a payment request.
    pub(crate) fn pay(&self, outer: Result<Outer, Unreadable>) -> Result<Accepted, Unreadable> {
        let read = outer.and_then(|outer| open::<PaymentRequest>(&self.merchants, &outer));
        let opened = read.inspect_err(|error| self.note_unreadable(FILE, error))?;
        let payment = check::payment(&opened);
        Ok(match payment {
            Ok(payment) => self.accept(&opened, payment),
            Err(refusal) => self.refuse_payment(&opened, refusal),
        })
    }

    /// A request that cannot be read is noted for the console.
    pub(super) fn note_unreadable(&self, file: &str, error: &Unreadable) {
        self.ledger().refuse(RefusedRequest {
            at: self.clock.now(),
            file: file.to_owned(),
            code: None,
            pay_id: None,
            reasons: vec![error.to_string()],
            sent: Vec::new(),
        });
    }

    fn accept(&self, opened: &Opened<'_>, Payment { request, simulated }: Payment) -> Accepted {
        let mid = *opened.merchant.id();
        // Before anything that a repetition could break: it does not pay again.
        if let Some(first) = request.req_id.and_then(|req_id| self.finished_payment(&mid, &req_id)) {
            return self.repeated(&first);
        }
        if self.settings.refuses_repeated_trans_ids
            && self.ledger().by_trans_id(&mid, &request.trans_id).is_some()
        {
            let refusal = Refusal::parameter(Wrong::AlreadyThere, "TransID", "TransID was used before");
            return self.refuse_payment(opened, refusal);
        }
        let transaction = Transaction {
            mid,
            pay_id: new_pay_id(),
            xid: new_xid(),
            trans_id: request.trans_id,
            money: paygate::Money::of(request.amount, request.currency),
            state: State::AtBank,
            result: None,
            faults: self.faults(),
            acknowledged: false,
            credits: Vec::new(),
            at: self.clock.now(),
            sent: opened.pairs.clone(),
            token: random_hex(),
            req_id: request.req_id,
            urls: Urls::of(&request),
            echo: Echo::of(&request),
        };
        let (pay_id, token) = (transaction.pay_id, transaction.token.clone());
        self.ledger().add(transaction);
        match simulated.filter(|_| self.settings.simulates) {
            None => Accepted::Bank(token),
            Some(said) => match self.simulate(pay_id, said) {
                Ok(Decided { url: Some(url), before }) => Accepted::Shop { url, before },
                Ok(Decided { url: None, .. }) | Err(_) => Accepted::Nowhere,
            },
        }
    }

    fn finished_payment(&self, mid: &MerchantId, req_id: &ReqId) -> Option<Transaction> {
        let ledger = self.ledger();
        let (Action::Payment(pay_id) | Action::Credit(pay_id, _)) = ledger.finished(mid, req_id)?;
        ledger.by_pay_id(mid, &pay_id).cloned()
    }

    /// "will just return the status of the original transaction" (vendor's page "Trustly", row `ReqId`).
    fn repeated(&self, first: &Transaction) -> Accepted {
        let to = match first.state {
            State::Paid => (Way::Success, &first.urls.success),
            _ => (Way::Failure, &first.urls.failure),
        };
        let url = first.result.and_then(|said| {
            let number = self.add_result(first, to, Planned::whole(said));
            self.send_browser(number)
        });
        url.map_or(Accepted::Nowhere, |url| Accepted::Shop { url, before: Vec::new() })
    }

    /// A payment that breaks a rule fails at once, and the shop is told by both ways, as far as its URLs can be read. No
    /// fault is played on it.
    fn refuse_payment(&self, opened: &Opened<'_>, refusal: Refusal) -> Accepted {
        let said = Said::failed(refusal.code);
        let pay_id = new_pay_id();
        self.ledger().refuse(RefusedRequest {
            at: self.clock.now(),
            file: FILE.to_owned(),
            code: Some(refusal.code),
            pay_id: Some(pay_id),
            reasons: refusal.reasons.clone(),
            sent: opened.pairs.clone(),
        });
        let url = |name| opened.value(name).and_then(|text| CallbackUrl::new(text).ok());
        let message = refusal_message(opened, &pay_id, said);
        let send = |way, url: &CallbackUrl| {
            let (mid, message) = (*opened.merchant.id(), message.clone());
            self.add_delivery(mid, pay_id, (way, url), said, message, Faults::default())
        };
        if let Some(notify) = url("URLNotify") {
            self.plan_deliveries(pay_id, vec![send(Way::Notify, &notify)]);
        }
        let failure = url("URLFailure").and_then(|url| self.send_browser(send(Way::Failure, &url)));
        failure.map_or(Accepted::Page(refusal), |url| Accepted::Shop { url, before: Vec::new() })
    }
}

/// The result of a refused payment, as far as its request could be read. A TransID that breaks its format is left empty: no
/// MAC could be made over it.
fn refusal_message(opened: &Opened<'_>, pay_id: &PayId, said: Said) -> Message {
    let trans_id = opened.value("TransID").filter(|text| TransId::new(text).is_ok()).unwrap_or_default();
    let xid = new_xid();
    let ids = [opened.merchant.id().as_str(), pay_id.as_str(), xid.as_str(), trans_id];
    let mut message = Message::standard(ids, said);
    message.encrypted = opened.value("Response").is_some_and(|value| value.eq_ignore_ascii_case("encrypt"));
    message
}
