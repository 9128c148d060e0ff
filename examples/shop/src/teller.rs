//! The teller: sends the refunds that are stored, and asks Paygate about those of which nobody knows what became.
//!
//! Before a refund is sent it is marked as sent; whoever dies between that and the answer leaves it to be asked for. So it is
//! never sent a second time because of a lost answer, but only after an inquiry told that nothing had been given back.

use crate::app::Shared;
use crate::store::{NotWritten, RefundOf, StoreError};
use gateway_http::{CallError, Sent};
use gateway_inbox::{Answer, Asking, Sending, SettleError};
use paygate::follow_ups::Credit;
use paygate::follow_ups::inquire::InquireRequest;
use paygate::{AnswerError, CreditState, ReqId, Share, StoredCredit, WithoutMac};
use std::time::Duration;

/// Longer than the courier waits, with all its tries.
const LEASE: Duration = Duration::from_secs(5 * 60);

/// How often is looked, for what other processes have stored or left.
const LOOK: Duration = Duration::from_secs(2);

/// How often an answer is tried to be written down. If it never is, Paygate is asked later.
const TRIES: u32 = 3;

type Carried = Result<WithoutMac<Credit>, CallError<AnswerError>>;

/// Sends what is to be sent, for ever; at once when something new is stored in this process.
pub(crate) async fn send(shop: &Shared) {
    loop {
        // Before looking: what is stored while it looks, wakes it.
        let mut woken = std::pin::pin!(shop.refunds.notified());
        woken.as_mut().enable();
        loop {
            match send_next(shop).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::error!(target: "shop", %error, "a refund was not sent, or its answer not stored");
                    break;
                }
            }
        }
        // Either way, it looks.
        let _ = tokio::time::timeout(LOOK, woken).await;
    }
}

/// Asks for what is not known, for ever.
pub(crate) async fn ask(shop: &Shared) {
    loop {
        loop {
            match ask_next(shop).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::error!(target: "shop", %error, "what became of a refund was not found out");
                    break;
                }
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn send_next(shop: &Shared) -> Result<bool, NotWritten> {
    let Some(sending) = shop.store.ledger().claim_to_send(LEASE).await? else { return Ok(false) };
    let Some(of) = shop.store.refund_of(sending.id()).await? else {
        // It is left to be asked for, and then to a person: nothing was sent that this shop knows of.
        tracing::error!(target: "shop", refund = sending.id().get(), "the shop does not know this refund");
        return Ok(true);
    };
    let carried = carry(shop, &sending, &of).await;
    let why = why(carried.as_ref());
    let mut tries = 1;
    loop {
        match settle(shop, &sending, &of, told(carried.as_ref(), &why)).await {
            // Somebody was faster, and knows more.
            Ok(()) | Err(NotWritten::Settle(SettleError::Lost)) => return Ok(true),
            Err(error) if tries >= TRIES => return Err(error),
            Err(_) => {
                tries = tries.saturating_add(1);
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}

/// What came of sending; `None` where nothing was sent.
async fn carry(shop: &Shared, sending: &Sending, of: &RefundOf) -> Option<Carried> {
    let req_id = ReqId::new(sending.reference()).ok()?;
    let body = sending.request()?;
    let stored = StoredCredit { pay_id: of.pay_id, trans_id: of.trans_id, req_id, body };
    match shop.merchant.credit_again(&stored) {
        Ok(call) => Some(shop.courier.carry(&call).await),
        Err(error) => {
            tracing::error!(target: "shop", refund = sending.id().get(), %error, "a stored refund cannot be sent");
            None
        }
    }
}

/// What is written beside the refund: the answer's code, or why there is none. No values.
fn why(carried: Option<&Carried>) -> String {
    match carried {
        None => "nothing was sent".to_owned(),
        Some(Ok(answer)) => format!("code {}", answer.code()),
        Some(Err(CallError::Transport(error))) => error.kind().to_owned(),
        Some(Err(CallError::Answer(error))) => match error.code() {
            Some(code) => format!("an answer that cannot be taken, code {code}"),
            None => "an answer that cannot be read".to_owned(),
        },
    }
}

/// What the ledger is told: only what is beyond doubt is done, refused or was not sent.
fn told<'w>(carried: Option<&Carried>, why: &'w str) -> Answer<'w> {
    match carried {
        None => Answer::NotSent { why },
        Some(Ok(answer)) => match answer.state() {
            CreditState::Done => Answer::Done,
            CreditState::Open => Answer::Open,
            CreditState::Refused(_) => Answer::Refused { why },
            CreditState::Unclear(_) => Answer::Unknown { why },
        },
        Some(Err(CallError::Transport(error))) if error.sent() == Sent::No => Answer::NotSent { why },
        Some(Err(_)) => Answer::Unknown { why },
    }
}

async fn settle(
    shop: &Shared,
    sending: &Sending,
    of: &RefundOf,
    answer: Answer<'_>,
) -> Result<(), NotWritten> {
    shop.store.settle(sending, of, answer).await?;
    // Another refund of the payment may have waited for this one.
    shop.refunds.notify_waiters();
    Ok(())
}

async fn ask_next(shop: &Shared) -> Result<bool, NotWritten> {
    let Some(asking) = shop.store.ledger().claim_to_ask(LEASE).await? else { return Ok(false) };
    let Some(of) = shop.store.refund_of(asking.id()).await? else {
        let mut change = shop.store.change().await?;
        asking.resolve(&shop.store.ledger(), &mut change, None).await?;
        change.commit().await.map_err(StoreError::from)?;
        return Ok(true);
    };
    let credited = credited(shop, &of).await;
    match resolve(shop, &asking, &of, credited).await {
        Err(NotWritten::Settle(SettleError::Lost)) => Ok(true),
        other => other.map(|()| true),
    }
}

/// How much Paygate gave back of the payment in all; `None` where it does not tell, which is not 0.
async fn credited(shop: &Shared, of: &RefundOf) -> Option<u64> {
    let call = shop.merchant.inquire(&InquireRequest::new(of.pay_id, of.attempt)).ok()?;
    let answer = shop.courier.carry(&call).await.ok()?;
    match answer.amounts().ok()?.credited_of(of.paid) {
        Share::Nothing => Some(0),
        Share::Whole => Some(of.paid.amount().units()),
        Share::Less(credited) | Share::More(credited) => Some(credited.amount().units()),
        Share::OtherCurrency(_) | Share::Untold => None,
    }
}

async fn resolve(
    shop: &Shared,
    asking: &Asking,
    of: &RefundOf,
    credited: Option<u64>,
) -> Result<(), NotWritten> {
    shop.store.resolve(asking, of, credited).await?;
    // It may have to be sent again, or let another one go.
    shop.refunds.notify_waiters();
    Ok(())
}
