//! `trustly.aspx`: a request becomes a payment, a repetition of one, or a refusal.

use super::{Desk, new_pay_id, new_xid, random_hex};
use crate::paygate::answer::{Message, Sealing};
use crate::paygate::incoming::check::{self, Payment};
use crate::paygate::incoming::opened::{Opened, open};
use crate::paygate::incoming::outer::{Outer, Unreadable};
use crate::paygate::incoming::refusal::{Refusal, Wrong};
use crate::paygate::ledger::Action;
use crate::paygate::ledger::delivery::Way;
use crate::paygate::ledger::refused::RefusedRequest;
use crate::paygate::ledger::state::{Said, State};
use crate::paygate::ledger::transaction::{Echo, Transaction, Urls};
use crate::paygate::script::Script;
use paygate::trustly::PaymentRequest;
use paygate::{CallbackUrl, Merchant, PayId};
use std::time::Duration;

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
        let payment = check::payment(&opened).and_then(|payment| self.not_repeated(&opened, payment));
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

    fn not_repeated(&self, opened: &Opened<'_>, payment: Payment) -> Result<Payment, Refusal> {
        let trans_id = &payment.request.trans_id;
        let refuses = self.settings.refuses_repeated_trans_ids;
        if refuses && self.ledger().by_trans_id(opened.merchant.id(), trans_id).is_some() {
            return Err(Refusal::parameter(Wrong::AlreadyThere, "TransID", "TransID was used before"));
        }
        Ok(payment)
    }

    fn accept(&self, opened: &Opened<'_>, Payment { request, simulated }: Payment) -> Accepted {
        let mid = *opened.merchant.id();
        if let Some(first) = request.req_id.and_then(|req_id| self.finished_payment(&mid, &req_id)) {
            return self.repeated(&first);
        }
        let transaction = Transaction {
            mid,
            pay_id: new_pay_id(),
            xid: new_xid(),
            trans_id: request.trans_id,
            money: paygate::Money::of(request.amount, request.currency),
            state: State::AtBank,
            last_said: None,
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
        let script = simulated
            .filter(|_| self.settings.simulates)
            .map(|said| Script::simulated(said, &transaction.faults));
        self.ledger().add(transaction);
        match script {
            None => Accepted::Bank(token),
            Some(script) => match self.follow(&pay_id, &script) {
                Some(decided) => match decided.url {
                    Some(url) => Accepted::Shop { url, before: decided.before },
                    None => Accepted::Nowhere,
                },
                None => Accepted::Nowhere,
            },
        }
    }

    /// The payment that a ReqId named first, once it is finished: before that, a repetition is a payment of its own.
    fn finished_payment(&self, mid: &paygate::MerchantId, req_id: &paygate::ReqId) -> Option<Transaction> {
        let ledger = self.ledger();
        match ledger.action(mid, req_id)? {
            Action::Payment(pay_id) | Action::Credit(pay_id, _) => {
                ledger.by_pay_id(mid, &pay_id).filter(|known| known.state.is_final()).cloned()
            }
        }
    }

    /// "will just return the status of the original transaction" (vendor's page "Trustly", row `ReqId`).
    fn repeated(&self, first: &Transaction) -> Accepted {
        let said = first.last_said.unwrap_or(Said::TIMED_OUT);
        let (way, url) = match first.state {
            State::Paid => (Way::Success, &first.urls.success),
            _ => (Way::Failure, &first.urls.failure),
        };
        let message = Message::result(first, said, false, &first.faults);
        let number = self.note_browser(first, way, url, said, message);
        match self.browser_url(number) {
            Some(url) => Accepted::Shop { url, before: Vec::new() },
            None => Accepted::Nowhere,
        }
    }

    /// A payment that breaks a rule fails at once, and the shop is told by both ways, as far as its URLs can be read.
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
        let message = refusal_message(opened, opened.merchant, &pay_id, said);
        if let Some(notify) = url("URLNotify") {
            let number = self.add_delivery(
                *opened.merchant.id(),
                pay_id,
                (Way::Notify, &notify),
                said,
                message.clone(),
                self.faults(),
            );
            self.plan_deliveries(Duration::ZERO, vec![number]);
        }
        let Some(failure) = url("URLFailure") else { return Accepted::Page(refusal) };
        match Sealing::genuine(self.settings.seed).callback(&message, opened.merchant) {
            Ok(form) => Accepted::Shop { url: [failure.as_str(), "?", &form].concat(), before: Vec::new() },
            Err(_) => Accepted::Page(refusal),
        }
    }
}

fn refusal_message(opened: &Opened<'_>, merchant: &Merchant, pay_id: &PayId, said: Said) -> Message {
    let trans_id = opened.value("TransID").unwrap_or_default();
    let xid = new_xid();
    let ids = [merchant.id().as_str(), pay_id.as_str(), xid.as_str(), trans_id];
    let mut message = Message::standard(ids, said);
    message.encrypted = opened.value("Response").is_some_and(|value| value.eq_ignore_ascii_case("encrypt"));
    message
}
