//! The types of `gateway-inbox` that hold callbacks.

use crate::canary::{CENTS, NAME, expected, merchant};
use crate::exhibit;
use crate::shown::Shown;
use gateway_inbox::paygate::{self as of_paygate, OpenError, Received};
use gateway_inbox::{CompleteError, Handler, Inbox, InboxError, Key, Worker};
use paygate::testing::Callback;
use paygate::{Merchants, RawCallback, Route, Trustly, VerifyError};
use sqlx::{Sqlite, SqlitePool, Transaction};
use std::time::Duration;
use tempfile::TempDir;

/// Fails, with all that should not be told.
struct Failing;

impl Handler<Sqlite> for Failing {
    type Error = std::io::Error;

    async fn handle(
        &self,
        _: &gateway_inbox::Claim,
        _: &mut Transaction<'_, Sqlite>,
    ) -> Result<(), Self::Error> {
        Err(std::io::Error::other("the handler's own words are shown: they are the shop's"))
    }
}

pub(crate) async fn open(folder: &TempDir) -> Inbox<Sqlite> {
    let options = gateway_inbox::durable(&folder.path().join("shop.sqlite"));
    Inbox::open(SqlitePool::connect_with(options).await.unwrap()).await.unwrap()
}

/// Stores a genuine callback, as the extractors do it.
pub(crate) async fn store(shown: &mut Shown, inbox: &Inbox<Sqlite>) -> Key {
    let callback = Callback::paid(&expected()).with("AccOwner", NAME).with("Amount", CENTS.to_string());
    let form = callback.form(&merchant()).unwrap();
    let raw = RawCallback::post(Route::Notify, form.as_bytes());
    let delivery = of_paygate::delivery(&raw, &merchant().open::<Trustly>(&raw).unwrap());
    exhibit!(shown, delivery, delivery.key);
    let _ = inbox.store(delivery.clone()).await.unwrap();
    delivery.payment
}

pub(crate) async fn show(shown: &mut Shown) {
    let folder = tempfile::tempdir().unwrap();
    let inbox = open(&folder).await;
    store(shown, &inbox).await;
    let worker = Worker::new(inbox.clone(), Failing);
    exhibit!(shown, worker.drain().await.unwrap(), worker, inbox, inbox.census().await.unwrap());
    let attempt = of_paygate::attempt_key(expected().attempt());
    for exported in inbox.export(&attempt).await.unwrap() {
        exhibit!(shown, exported);
    }
    let folder = tempfile::tempdir().unwrap();
    let inbox = open(&folder).await;
    store(shown, &inbox).await;
    for claim in inbox.claim(10, Duration::from_secs(60)).await.unwrap() {
        exhibit!(shown, claim, inbox.seen(&claim.key()).await.unwrap().unwrap());
        let (_, received): (_, Received<Trustly>) =
            of_paygate::open(&claim, &Merchants::from(merchant())).unwrap();
        exhibit!(shown, received, Received::<Trustly>::Inapplicable(VerifyError::Mac));
        let others = Merchants::from(paygate::testing::merchant());
        exhibit!(shown, of_paygate::open::<Trustly>(&claim, &others).unwrap_err(), OpenError::Payload);
    }
    exhibit!(shown, inbox.erase(&attempt).await.unwrap());
    sqlx::query("DROP TABLE gateway_inbox").execute(inbox.pool()).await.unwrap();
    let refused: InboxError = inbox.census().await.unwrap_err();
    // Versions of the tables.
    exhibit!(shown, refused, CompleteError::Inbox(refused.clone()), InboxError::Newer { found: 9, known: 8 });
}
