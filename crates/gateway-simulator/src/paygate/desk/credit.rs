//! Whether money goes back: the same for a call to `credit.aspx` and for a line of a batch file.

use super::new_xid;
use crate::paygate::incoming::refusal::{Refusal, Wrong};
use crate::paygate::ledger::Ledger;
use crate::paygate::ledger::transaction::Credit;
use paygate::{Code, MerchantId, Money, PayId, ReqId, TransId};

/// The payment is still being worked on (module 040 is locking): its first notify was not answered yet.
const LOCKED: Code = Code::from_static("20400065");
const NOTHING_CAPTURED: Code = Code::from_static("20600069");
const MORE_THAN_IS_LEFT: Code = Code::from_static("21550957");
const FULLY_REFUNDED: Code = Code::from_static("21550958");

/// What is asked for.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    pub(super) pay_id: PayId,
    pub(super) trans_id: TransId,
    pub(super) money: Money,
}

/// Gives money back, at most what was captured ("limited to the amount of the previous capture", vendor's page "Trustly"), and
/// notes what came of it with the payment.
pub(super) fn give_back(
    ledger: &mut Ledger,
    mid: &MerchantId,
    wanted: Wanted,
    req_id: Option<ReqId>,
) -> Result<Credit, Refusal> {
    let transaction = ledger.by_pay_id(mid, &wanted.pay_id).ok_or_else(unknown_pay_id)?;
    if transaction.money.currency() != wanted.money.currency() {
        return Err(Refusal::parameter(Wrong::Invalid, "Currency", "Currency is not the payment's"));
    }
    let units = wanted.money.amount().units();
    let left = transaction.captured().saturating_sub(transaction.credited());
    let code = match () {
        () if transaction.captured() == 0 => NOTHING_CAPTURED,
        () if !transaction.acknowledged => LOCKED,
        () if left == 0 => FULLY_REFUNDED,
        () if units > left => MORE_THAN_IS_LEFT,
        () if units == 0 => return Err(nothing()),
        () => Code::SUCCESS,
    };
    let credit = Credit { xid: new_xid(), trans_id: wanted.trans_id, units, code };
    // A payment that is locked may be credited later, by the same request.
    let finished = req_id.filter(|_| code != LOCKED);
    ledger.add_credit(&wanted.pay_id, credit.clone(), finished);
    Ok(credit)
}

pub(in crate::paygate) fn unknown_pay_id() -> Refusal {
    Refusal::parameter(Wrong::Unknown, "PayID", "there is no payment of this PayID")
}

pub(in crate::paygate) fn nothing() -> Refusal {
    Refusal::parameter(Wrong::Invalid, "Amount", "Amount is 0")
}
