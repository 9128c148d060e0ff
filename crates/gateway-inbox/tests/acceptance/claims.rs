//! Rule 10: claims carry a fencing token, and completion shares the shop's transaction.

use crate::database::fresh;
use crate::deliveries::{LONG, effects, named, table, until, write_down};
use gateway_inbox::{Claim, CompleteError, Delivery, Inbox};
use sqlx::Any;
use std::time::Duration;

async fn begin(inbox: &Inbox<Any>) -> sqlx::Transaction<'static, Any> {
    // PostgreSQL knows no such word, and needs none.
    match inbox.pool().begin_with("BEGIN IMMEDIATE").await {
        Ok(change) => change,
        Err(_) => inbox.pool().begin().await.unwrap(),
    }
}

async fn claim_one(inbox: &Inbox<Any>, lease: Duration) -> Option<Claim> {
    inbox.claim(1, lease).await.unwrap().pop()
}

#[tokio::test]
async fn two_do_not_have_the_same_delivery() {
    let inbox = fresh().await;
    let other = inbox.again().await;
    let _ = inbox.store(named("paid")).await.unwrap();
    let claim = claim_one(&inbox, LONG).await.unwrap();
    assert_eq!((claim.payload(), claim.tries(), claim.is_acknowledged()), (&b"attempt paid"[..], 1, true));
    assert!(claim_one(&other, LONG).await.is_none());
}

#[tokio::test]
async fn a_handler_slower_than_its_lease_is_rolled_back() {
    let inbox = fresh().await;
    table(&inbox).await;
    let _ = inbox.store(named("paid")).await.unwrap();
    let slow = claim_one(&inbox, Duration::ZERO).await.unwrap();
    // The lease is over, and somebody else takes it.
    let quick = claim_one(&inbox, LONG).await.unwrap();
    assert_eq!(quick.tries(), 2);

    let mut change = begin(&inbox).await;
    write_down(&mut change, slow.payload()).await.unwrap();
    assert!(matches!(slow.complete(&inbox, &mut change).await, Err(CompleteError::Lost)));
    change.rollback().await.unwrap();

    let mut change = begin(&inbox).await;
    write_down(&mut change, quick.payload()).await.unwrap();
    quick.complete(&inbox, &mut change).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(effects(&inbox).await, ["attempt paid"]);
}

#[tokio::test]
async fn who_is_late_and_was_not_replaced_may_complete() {
    let inbox = fresh().await;
    let _ = inbox.store(named("paid")).await.unwrap();
    let late = claim_one(&inbox, Duration::ZERO).await.unwrap();
    let mut change = begin(&inbox).await;
    late.complete(&inbox, &mut change).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(inbox.census().await.unwrap().unfinished, 0);
}

#[tokio::test]
async fn a_completed_claim_whose_change_is_dropped_is_not_completed() {
    let inbox = fresh().await;
    table(&inbox).await;
    let _ = inbox.store(named("paid")).await.unwrap();
    let claim = claim_one(&inbox, Duration::ZERO).await.unwrap();
    let mut change = begin(&inbox).await;
    write_down(&mut change, claim.payload()).await.unwrap();
    claim.complete(&inbox, &mut change).await.unwrap();
    drop(change);
    assert_eq!((inbox.census().await.unwrap().unfinished, effects(&inbox).await.len()), (1, 0));
    // A change that is dropped is rolled back soon after; until then PostgreSQL passes over its row.
    until(|| async { claim_one(&inbox, LONG).await.is_some() }).await;
}

#[tokio::test]
async fn what_says_most_is_claimed_first() {
    let inbox = fresh().await;
    for (name, rank) in [("open", 1), ("failed", 2), ("paid", 4), ("failed too", 2)] {
        let _ = inbox.store(Delivery { rank, ..named(name) }).await.unwrap();
    }
    let claims = inbox.claim(10, LONG).await.unwrap();
    let ranks: Vec<_> = claims.iter().map(Claim::rank).collect();
    assert_eq!(ranks, [4, 2, 2, 1]);
    assert_eq!(claims[1].payload(), b"attempt failed");
}
