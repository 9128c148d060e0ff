//! Payments, deliveries and refused requests as JSON values. Times are seconds since the simulator started.

use crate::paygate::fault::{Fault, Faults};
use crate::paygate::ledger::delivery::{Answer, Attempt, Delivery};
use crate::paygate::ledger::refused::RefusedRequest;
use crate::paygate::ledger::state::{Said, State};
use crate::paygate::ledger::transaction::{Credit, Transaction};
use paygate::Code;
use paygate_batch::{Field, LineError};
use serde_json::{Value, json};

/// A payment as it stands in the list of all.
pub(super) fn payment(transaction: &Transaction) -> Value {
    json!({
        "pay_id": transaction.pay_id.as_str(),
        "trans_id": transaction.trans_id.as_str(),
        "merchant_id": transaction.mid.as_str(),
        "xid": transaction.xid.as_str(),
        "amount": transaction.money.amount().units(),
        "currency": transaction.money.currency().as_str(),
        "state": state(transaction.state),
        "result": transaction.result.map(said),
        "acknowledged": transaction.acknowledged,
        "captured": transaction.captured(),
        "credited": transaction.credited(),
        "faults": faults(&transaction.faults),
        "at_seconds": transaction.at.as_secs_f64(),
    })
}

/// The same with the request, what was sent about it, and what was given back.
pub(super) fn whole_payment<'a>(
    transaction: &Transaction,
    deliveries: impl Iterator<Item = &'a Delivery>,
) -> Value {
    let mut value = payment(transaction);
    if let Some(object) = value.as_object_mut() {
        object.insert("request".to_owned(), pairs(&transaction.sent));
        object.insert("deliveries".to_owned(), deliveries.map(delivery).collect());
        object.insert("credits".to_owned(), transaction.credits.iter().map(credit).collect());
    }
    value
}

const fn state(state: State) -> &'static str {
    match state {
        State::AtBank => "at_bank",
        State::Open => "open",
        State::Paid => "paid",
        State::Failed => "failed",
    }
}

fn said(said: Said) -> Value {
    let mut value = coded(said.code);
    if let Some(object) = value.as_object_mut() {
        object.insert("status".to_owned(), said.status.into());
    }
    value
}

fn coded(code: Code) -> Value {
    json!({ "code": code.as_str(), "explanation": code.explain().to_string() })
}

pub(super) fn faults(faults: &Faults) -> Value {
    faults.iter().map(Fault::name).collect()
}

/// A list, since a name may stand twice and the order may matter.
pub(super) fn pairs(pairs: &[(String, String)]) -> Value {
    pairs.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

fn delivery(delivery: &Delivery) -> Value {
    json!({
        "number": delivery.number,
        "way": delivery.way.as_str(),
        "url": delivery.url,
        "said": said(delivery.said),
        "acknowledged": delivery.is_acknowledged(),
        "attempts": delivery.attempts.iter().map(attempt).collect::<Value>(),
        "next_seconds": delivery.next.map(|next| next.as_secs_f64()),
    })
}

/// `answer` is a status, a sentence on why there is none, or null: not yet, or seen by the browser alone.
fn attempt(attempt: &Attempt) -> Value {
    let answer = attempt.answer.as_ref().map(|answer| match answer {
        Answer::Status(status) => json!(status),
        other => json!(other.to_string()),
    });
    json!({ "at_seconds": attempt.at.as_secs_f64(), "form": attempt.form, "answer": answer })
}

fn credit(credit: &Credit) -> Value {
    json!({
        "xid": credit.xid.as_str(),
        "trans_id": credit.trans_id.as_str(),
        "amount": credit.units,
        "said": coded(credit.code),
    })
}

pub(super) fn line(error: &LineError) -> Value {
    json!({
        "line": error.line,
        "column": error.column,
        "field": error.field.map(Field::as_str),
        "error": error.rule.to_string(),
    })
}

pub(super) fn refused(request: &RefusedRequest) -> Value {
    json!({
        "file": request.file,
        "said": request.code.map(coded),
        "pay_id": request.pay_id.as_ref().map(paygate::PayId::as_str),
        "reasons": request.reasons,
        "request": pairs(&request.sent),
        "at_seconds": request.at.as_secs_f64(),
    })
}
