//! The worker: what fails is rolled back and tried again, and what was left behind is found.

use crate::database::fresh;
use crate::deliveries::{LONG, Shop, effects, named, table, until};
use gateway_inbox::{Claim, Drained, Handler, Stored, Worker};
use sqlx::{Any, Transaction};
use std::convert::Infallible;
use std::time::Duration;

#[tokio::test]
async fn a_failure_leaves_nothing_and_stops_nobody() {
    let inbox = fresh().await;
    table(&inbox).await;
    for name in ["a", "bad", "c"] {
        let _ = inbox.store(named(name)).await.unwrap();
    }
    let shop = Shop { refuses: Some("attempt bad"), ..Shop::default() };
    let drained = Worker::new(inbox.clone(), shop).drain().await.unwrap();
    assert_eq!(drained.handled, 2);
    assert!(drained.failed >= 1);
    assert_eq!(effects(&inbox).await, ["attempt a", "attempt c"]);
    let census = inbox.census().await.unwrap();
    assert_eq!((census.deliveries, census.unfinished), (3, 1));
    let why: String = sqlx::query_scalar("SELECT failure FROM gateway_inbox WHERE done_at IS NULL")
        .fetch_one(inbox.pool())
        .await
        .unwrap();
    assert_eq!(why, "refused");
}

#[tokio::test]
async fn how_long_the_oldest_waits_is_told() {
    let inbox = fresh().await;
    table(&inbox).await;
    assert_eq!(inbox.census().await.unwrap().oldest, None);
    for name in ["a", "b"] {
        let _ = inbox.store(named(name)).await.unwrap();
    }
    let hour = "UPDATE gateway_inbox SET first_at = first_at - 3600000 WHERE payload = $1";
    sqlx::query(hour).bind(named("a").payload).execute(inbox.pool()).await.unwrap();
    let census = inbox.census().await.unwrap();
    assert!(census.oldest.unwrap() >= Duration::from_secs(3600), "{census:?}");
    assert_eq!(Worker::new(inbox.clone(), Shop::default()).drain().await.unwrap().handled, 2);
    assert_eq!(inbox.census().await.unwrap().oldest, None, "what is handled does not wait");
}

#[tokio::test]
async fn a_duplicate_while_the_first_fails_is_acknowledged_and_handled_once_in_the_end() {
    let inbox = fresh().await;
    table(&inbox).await;
    let _ = inbox.store(named("paid")).await.unwrap();
    let failing = Shop { refuses: Some("attempt paid"), takes: Duration::from_millis(50) };
    let worker = Worker::new(inbox.clone(), failing);
    let (drained, again) = tokio::join!(worker.drain(), async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        inbox.store(named("paid")).await
    });
    assert_eq!(drained.unwrap().handled, 0);
    assert_eq!(again.unwrap(), Stored::Unfinished);
    let mended = Worker::new(inbox.clone(), Shop::default());
    until(|| async { mended.drain().await.unwrap() == Drained { handled: 1, failed: 0 } }).await;
    assert_eq!(effects(&inbox).await, ["attempt paid"]);
}

#[tokio::test]
async fn what_a_dead_process_had_claimed_is_handled_after_its_lease() {
    let inbox = fresh().await;
    table(&inbox).await;
    let _ = inbox.store(named("paid")).await.unwrap();
    // It never completes.
    drop(inbox.claim(1, Duration::from_millis(200)).await.unwrap());
    let worker = Worker::new(inbox.clone(), Shop::default());
    assert_eq!(worker.drain().await.unwrap().handled, 0);
    until(|| async { worker.drain().await.unwrap().handled == 1 }).await;
    assert_eq!(effects(&inbox).await, ["attempt paid"]);
}

#[tokio::test]
async fn a_handler_slower_than_its_lease_keeps_it_while_it_works() {
    let inbox = fresh().await;
    table(&inbox).await;
    let _ = inbox.store(named("paid")).await.unwrap();
    let slow = Shop { takes: Duration::from_millis(600), ..Shop::default() };
    let workers = [inbox.clone(), inbox.again().await]
        .map(|inbox| Worker::new(inbox, slow.clone()).with_lease(Duration::from_millis(150)));
    let late = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        workers[1].drain().await
    };
    let (first, second) = tokio::join!(workers[0].drain(), late);
    assert_eq!(first.unwrap().handled + second.unwrap().handled, 1);
    assert_eq!(effects(&inbox).await, ["attempt paid"]);
    let tries: i64 =
        sqlx::query_scalar("SELECT tries FROM gateway_inbox").fetch_one(inbox.pool()).await.unwrap();
    assert_eq!(tries, 1, "nobody else was given it");
}

struct Panics;

impl Handler<Any> for Panics {
    type Error = Infallible;

    async fn handle(&self, _: &Claim, _: &mut Transaction<'_, Any>) -> Result<(), Infallible> {
        panic!("a name of a customer")
    }
}

#[tokio::test]
async fn a_panic_is_a_failure_whose_words_are_not_written_down() {
    let inbox = fresh().await;
    let _ = inbox.store(named("paid")).await.unwrap();
    let drained = Worker::new(inbox.clone(), Panics).drain().await.unwrap();
    assert_eq!(drained.handled, 0);
    let why: String =
        sqlx::query_scalar("SELECT failure FROM gateway_inbox").fetch_one(inbox.pool()).await.unwrap();
    assert_eq!(why, "the handler panicked");
}

#[tokio::test]
async fn a_running_worker_is_woken_by_what_comes_and_finds_what_others_left() {
    let inbox = fresh().await;
    table(&inbox).await;
    let _ = inbox.store(named("before it ran")).await.unwrap();
    let worker = Worker::new(inbox.clone(), Shop::default()).with_look(Duration::from_millis(50));
    let running = tokio::spawn(async move { worker.run().await });
    until(|| async { effects(&inbox).await.len() == 1 }).await;
    let _ = inbox.store(named("while it ran")).await.unwrap();
    until(|| async { effects(&inbox).await.len() == 2 }).await;
    // Stored by another process, which died before it handled it.
    let _ = inbox.again().await.store(named("elsewhere")).await.unwrap();
    until(|| async { effects(&inbox).await.len() == 3 }).await;
    running.abort();
}

#[tokio::test]
async fn a_page_may_wait_until_a_delivery_is_handled_by_whatever_process() {
    let inbox = fresh().await;
    table(&inbox).await;
    assert_eq!(inbox.handled(&named("paid").key, LONG).await.unwrap(), None, "it never came");
    let _ = inbox.store(named("paid")).await.unwrap();
    let seen = inbox.handled(&named("paid").key, Duration::from_millis(1)).await.unwrap().unwrap();
    assert_eq!((seen.count, seen.acknowledged, seen.done_at), (1, true, None));
    for inbox in [inbox.clone(), inbox.again().await] {
        let _ = inbox.store(named("open")).await.unwrap();
        let worker = Worker::new(inbox.clone(), Shop { takes: Duration::from_millis(20), ..Shop::default() });
        let key = named("paid").key;
        let (seen, drained) = tokio::join!(inbox.handled(&key, LONG), worker.drain());
        assert!(seen.unwrap().unwrap().done_at.is_some());
        drained.unwrap();
    }
}
