//! Nothing is given back twice.

mod begin;
mod decide;
mod file;
mod forget;
mod model;
mod send;
mod together;
mod walk;

use crate::database::{Fresh, fresh};
use gateway_inbox::{
    Begun, Channel, Delivery, Key, Ledger, NewRefund, PaidPayment, RefundError, RefundId, Refunds, Stored,
};
use sqlx::Any;
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(60);

/// A payment whose result was acknowledged.
async fn paid(inbox: &Fresh, name: &str) -> Key {
    let payment = Key::of("payment", [name]);
    let delivery = Delivery {
        gateway: "paygate",
        key: Key::of("callback", [name]),
        attempt: Key::of("attempt", [name]),
        payment,
        payload: b"Data".to_vec(),
        rank: 4,
        acknowledged: true,
    };
    assert_eq!(inbox.store(delivery).await.unwrap(), Stored::New);
    payment
}

/// Ten euros of the payment, which was of a hundred; `name` is the form and the reference.
fn refund(payment: Key, name: &str) -> NewRefund<'_> {
    NewRefund {
        payment: PaidPayment { gateway: "paygate", key: payment, paid: 10_000, currency: "EUR" },
        amount: 1_000,
        seen: 0,
        once: Key::of("form", [name]),
        channel: Channel::Online,
        account: "",
        reference: name,
        request: b"MerchantID=me&Len=3&Data=0a1b",
    }
}

/// Begins it in a transaction of its own.
async fn begin(inbox: &Fresh, refund: &NewRefund<'_>) -> Result<Begun, RefundError> {
    let mut change = inbox.begin().await?;
    let begun = inbox.ledger().begin(&mut change, refund).await;
    match begun {
        Ok(_) => change.commit().await.unwrap(),
        Err(_) => change.rollback().await.unwrap(),
    }
    begun
}

async fn begun(inbox: &Fresh, refund: &NewRefund<'_>) -> RefundId {
    match begin(inbox, refund).await.unwrap() {
        Begun::New(id) => id,
        Begun::Known(id) => panic!("{id:?} is known"),
    }
}

async fn of(inbox: &Fresh, payment: &Key) -> Refunds {
    inbox.ledger().of(payment).await.unwrap()
}

/// Lets so much time go by for the ledger: all its times are that much older.
async fn pass(inbox: &Fresh, time: Duration) {
    let millis = time.as_millis();
    let sql = format!(
        "UPDATE gateway_refunds SET due_at = due_at - {millis}, created_at = created_at - {millis},
             sent_at = sent_at - {millis}, last_sent_at = last_sent_at - {millis}, settled_at = settled_at - {millis}"
    );
    sqlx::query(&sql).execute(inbox.pool()).await.unwrap();
}

/// Settles in a transaction of its own.
macro_rules! in_a_change {
    ($inbox:expr, |$change:ident| $settle:expr) => {{
        let mut change = $inbox.begin().await.unwrap();
        let settled = {
            let $change = &mut *change;
            $settle.await
        };
        match settled {
            Ok(_) => change.commit().await.unwrap(),
            Err(_) => change.rollback().await.unwrap(),
        }
        settled
    }};
}
use in_a_change;

fn ledger(inbox: &Fresh) -> Ledger<Any> {
    inbox.ledger()
}

async fn shop() -> Fresh {
    fresh().await
}
