//! What is said to be stored is committed, whatever others left behind on the connections of the pool.

use crate::database::{Fresh, fresh};
use crate::deliveries::{Shop, effects, named, table};
use gateway_inbox::{Claim, Handler, Worker};
use sqlx::{Any, Executor, Transaction};
use std::time::Duration;

/// Leaves a transaction open on every connection, as a begin that was dropped half way does.
async fn leave_transactions_open(inbox: &Fresh) {
    let mut all = Vec::new();
    while let Some(mut connection) =
        match tokio::time::timeout(Duration::from_millis(300), inbox.pool().acquire()).await {
            Ok(connection) => Some(connection.unwrap()),
            Err(_) => None,
        }
    {
        connection.execute("BEGIN").await.unwrap();
        all.push(connection);
    }
    assert!(all.len() > 1);
}

#[tokio::test]
async fn a_transaction_that_was_left_open_makes_no_row_be_said_to_be_stored_that_is_not() {
    let inbox = fresh().await;
    leave_transactions_open(&inbox).await;
    let elsewhere = inbox.again().await;
    let mut stored = 0;
    for n in 0..40 {
        let delivery = named(&n.to_string());
        if inbox.store(delivery.clone()).await.is_ok() {
            assert!(elsewhere.seen(&delivery.key).await.unwrap().is_some(), "{n} is not committed");
            stored += 1;
        }
    }
    assert!(stored >= 30, "{stored}: the pool does not mend");
}

#[tokio::test]
async fn who_is_dropped_while_it_begins_leaves_nothing_open() {
    let inbox = fresh().await;
    table(&inbox).await;
    for n in 0..200_u32 {
        let begins = tokio::spawn({
            let inbox = inbox.clone();
            async move { inbox.begin().await.map(drop) }
        });
        for _ in 0..n % 9 {
            tokio::task::yield_now().await;
        }
        begins.abort();
        let _ = begins.await;
    }
    let _ = inbox.store(named("paid")).await.unwrap();
    let drained = Worker::new(inbox.clone(), Shop::default()).drain().await.unwrap();
    assert_eq!((drained.handled, drained.failed), (1, 0));
    assert_eq!(effects(&inbox.again().await).await, ["attempt paid"]);
}

/// Rolls all back behind everybody's back, as SQLite does by itself on a full disk, and says that all is well.
struct RollsBack;

impl Handler<Any> for RollsBack {
    type Error = sqlx::Error;

    async fn handle(&self, claim: &Claim, change: &mut Transaction<'_, Any>) -> Result<(), sqlx::Error> {
        if claim.payload() == b"attempt bad" {
            change.execute("ROLLBACK").await?;
        }
        Ok(())
    }
}

#[tokio::test]
async fn what_was_rolled_back_is_not_handled() {
    let inbox = fresh().await;
    table(&inbox).await;
    for name in ["a", "bad", "c"] {
        let _ = inbox.store(named(name)).await.unwrap();
    }
    let drained = Worker::new(inbox.clone(), RollsBack).with_together(3).drain().await.unwrap();
    let bad = inbox.seen(&named("bad").key).await.unwrap().unwrap();
    // PostgreSQL never does that by itself: an error there fails all that follows.
    if inbox.pool().connect_options().database_url.scheme() == "sqlite" {
        assert!(drained.failed > 0);
        assert_eq!(bad.done_at, None);
    }
    // Whatever became of the connections, what comes is stored and handled.
    let _ = inbox.store(named("after")).await.unwrap();
    assert!(inbox.again().await.seen(&named("after").key).await.unwrap().is_some());
}
