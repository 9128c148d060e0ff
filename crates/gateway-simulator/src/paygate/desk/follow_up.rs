//! `credit.aspx`, `inquire.aspx` and `inquire24.aspx`: calls from server to server.

use super::credit::{Wanted, give_back, unknown_pay_id};
use super::{Desk, new_xid};
use crate::paygate::answer::{Message, Sealing};
use crate::paygate::incoming::check;
use crate::paygate::incoming::mac::Needs;
use crate::paygate::incoming::opened::{Opened, open};
use crate::paygate::incoming::outer::{Outer, Unreadable};
use crate::paygate::incoming::refusal::{Refusal, Wrong};
use crate::paygate::ledger::refused::RefusedRequest;
use crate::paygate::ledger::state::Said;
use crate::paygate::ledger::transaction::{Credit, Transaction};
use crate::paygate::ledger::{Action, Ledger};
use paygate::follow_ups::credit::CreditRequest;
use paygate::follow_ups::inquire::InquireRequest;
use paygate::follow_ups::inquire24::Inquire24Request;
use paygate::{Code, FollowUp, Merchant, MerchantId, Money, PayId, Request, TransId, follow_ups};

/// The body of an answer, and what is to go wrong with its connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FollowUpAnswer {
    pub(crate) body: String,
    pub(crate) faults: crate::paygate::fault::Faults,
}

impl Desk {
    /// Takes a call to one of the files for follow-ups; `None` where the file is none of them.
    pub(crate) fn follow_up(
        &self,
        file: &str,
        outer: Result<Outer, Unreadable>,
    ) -> Option<Result<FollowUpAnswer, Unreadable>> {
        Some(match file {
            follow_ups::Credit::ENDPOINT => self.answer(file, outer, Needs::Mac, Self::credit),
            follow_ups::Inquire::ENDPOINT => self.answer(file, outer, Needs::NoMac, Self::inquire),
            follow_ups::Inquire24::ENDPOINT => self.answer(file, outer, Needs::NoMac, Self::inquire24),
            _ => return None,
        })
    }

    fn answer<R: Request>(
        &self,
        file: &str,
        outer: Result<Outer, Unreadable>,
        needs: Needs,
        act: impl Fn(&Self, &Merchant, &R) -> Result<Message, Refusal>,
    ) -> Result<FollowUpAnswer, Unreadable> {
        let read = outer.and_then(|outer| open::<R>(&self.merchants, &outer));
        let opened = read.inspect_err(|error| self.note_unreadable(file, error))?;
        let done =
            check::follow_up::<R>(&opened, needs).and_then(|request| act(self, opened.merchant, &request));
        let mut message = done.unwrap_or_else(|refusal| self.refuse_follow_up(file, &opened, refusal));
        message.push_unknown();
        // No value of an answer can stop the sealing: there is no MAC in it.
        let sealed = Sealing::genuine(opened.merchant, self.next_seed()).answer(&message, opened.merchant);
        Ok(FollowUpAnswer { body: sealed.unwrap_or_default(), faults: self.faults() })
    }

    fn refuse_follow_up(&self, file: &str, opened: &Opened<'_>, refusal: Refusal) -> Message {
        let xid = new_xid();
        let value = |name| opened.value(name).unwrap_or_default();
        let ids = [opened.merchant.id().as_str(), value("PayID"), xid.as_str(), value("TransID")];
        let message = Message::standard(ids, Said::failed(refusal.code));
        self.ledger().refuse(RefusedRequest {
            at: self.clock.now(),
            file: file.to_owned(),
            code: Some(refusal.code),
            pay_id: None,
            reasons: refusal.reasons,
            sent: opened.pairs.clone(),
        });
        message
    }

    /// Gives money back, once for each ReqId.
    fn credit(&self, merchant: &Merchant, request: &CreditRequest) -> Result<Message, Refusal> {
        let mid = merchant.id();
        let mut ledger = self.ledger();
        if let Some(action) = request.req_id.and_then(|req_id| ledger.finished(mid, &req_id))
            && let Some(message) = repeated(&ledger, action)
        {
            return Ok(message);
        }
        let CreditRequest { pay_id, trans_id, amount, currency, req_id, .. } = *request;
        let wanted = Wanted { pay_id, trans_id, money: Money::of(amount, currency) };
        let credit = give_back(&mut ledger, mid, wanted, req_id)?;
        Ok(credit_message(mid, &pay_id, &credit))
    }

    fn inquire(&self, merchant: &Merchant, request: &InquireRequest) -> Result<Message, Refusal> {
        let ledger = self.ledger();
        let transaction = ledger.by_pay_id(merchant.id(), &request.pay_id).ok_or_else(unknown_pay_id)?;
        Ok(inquiry(transaction, &request.trans_id))
    }

    fn inquire24(&self, merchant: &Merchant, request: &Inquire24Request) -> Result<Message, Refusal> {
        let ledger = self.ledger();
        let transaction = ledger.by_trans_id(merchant.id(), &request.trans_id).ok_or_else(|| {
            Refusal::parameter(Wrong::Unknown, "TransID", "there is no payment of this TransID")
        })?;
        Ok(inquiry(transaction, &request.trans_id))
    }
}

/// What a finished action was answered with.
fn repeated(ledger: &Ledger, action: Action) -> Option<Message> {
    match action {
        Action::Credit(pay_id, number) => {
            let transaction = ledger.transaction(&pay_id)?;
            transaction.credits.get(number).map(|credit| credit_message(&transaction.mid, &pay_id, credit))
        }
        Action::Payment(pay_id) => {
            let transaction = ledger.transaction(&pay_id)?;
            Some(Message::standard(transaction.ids(), transaction.result?))
        }
    }
}

fn credit_message(mid: &MerchantId, pay_id: &PayId, credit: &Credit) -> Message {
    let ids = [mid.as_str(), pay_id.as_str(), credit.xid.as_str(), credit.trans_id.as_str()];
    let said = if credit.code == Code::SUCCESS { Said::PAID } else { Said::failed(credit.code) };
    Message::standard(ids, said)
}

/// Status, Description and Code are about the inquiry; how the payment stands, the amounts tell.
fn inquiry(transaction: &Transaction, trans_id: &TransId) -> Message {
    let [mid, pay_id, xid, _] = transaction.ids();
    let mut message = Message::standard([mid, pay_id, xid, trans_id.as_str()], Said::PAID);
    let authorized = if transaction.result.is_some_and(|said| said.status != "FAILED") {
        transaction.money.amount().units()
    } else {
        0
    };
    message.push("AmountAuth", &authorized.to_string());
    message.push("AmountCap", &transaction.captured().to_string());
    message.push("AmountCred", &transaction.credited().to_string());
    message.push("Currency", transaction.money.currency().as_str());
    let last_credit = transaction.credits.last();
    let last_status = match (last_credit, transaction.result) {
        (Some(credit), _) if credit.code == Code::SUCCESS => "OK",
        (Some(_), _) => "FAILED",
        (None, Some(said)) => said.status,
        (None, None) => "",
    };
    message.push("LastStatus", last_status);
    message
}
