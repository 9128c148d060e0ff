//! Rules 10 and 21: what is forgotten, and that an old callback is known all the same.

use crate::database::fresh;
use crate::deliveries::{LONG, Shop, effects, named, of_attempt, table};
use gateway_inbox::{Drained, Erased, Key, Stored, Worker};
use std::time::Duration;

#[tokio::test]
async fn an_old_callback_that_comes_after_a_purge_does_nothing() {
    let inbox = fresh().await;
    table(&inbox).await;
    let worker = Worker::new(inbox.clone(), Shop::default());
    let _ = inbox.store(named("paid")).await.unwrap();
    worker.drain().await.unwrap();
    assert_eq!(inbox.purge(LONG).await.unwrap(), 0, "it is not old");
    assert_eq!(inbox.purge(Duration::ZERO).await.unwrap(), 1);
    assert_eq!(inbox.export(&Key::of("attempt", ["attempt"])).await.unwrap()[0].payload, None);

    assert_eq!(inbox.store(named("paid")).await.unwrap(), Stored::Finished);
    assert_eq!(worker.drain().await.unwrap(), Drained::default());
    assert_eq!(effects(&inbox).await, ["attempt paid"]);
}

#[tokio::test]
async fn what_is_not_handled_is_neither_purged_nor_erased() {
    let inbox = fresh().await;
    table(&inbox).await;
    let _ = inbox.store(named("paid")).await.unwrap();
    assert_eq!(inbox.purge(Duration::ZERO).await.unwrap(), 0);
    assert_eq!(
        inbox.erase(&Key::of("attempt", ["attempt"])).await.unwrap(),
        Erased { erased: 0, unfinished: 1 }
    );
    Worker::new(inbox.clone(), Shop::default()).drain().await.unwrap();
    assert_eq!(effects(&inbox).await, ["attempt paid"]);
}

#[tokio::test]
async fn one_customer_is_told_and_forgotten_and_no_other() {
    let inbox = fresh().await;
    table(&inbox).await;
    for (attempt, name) in [("anna", "open"), ("anna", "paid"), ("bert", "paid")] {
        let _ = inbox.store(of_attempt(attempt, name)).await.unwrap();
    }
    Worker::new(inbox.clone(), Shop::default()).drain().await.unwrap();
    let [anna, bert] = ["anna", "bert"].map(|name| Key::of("attempt", [name]));
    let exported = inbox.export(&anna).await.unwrap();
    let payloads: Vec<_> = exported.iter().map(|row| row.payload.as_deref().unwrap()).collect();
    assert_eq!(payloads, [b"anna open", b"anna paid"]);
    assert!(exported.iter().all(|row| row.done_at >= Some(row.first_at)));

    assert_eq!(inbox.erase(&anna).await.unwrap(), Erased { erased: 2, unfinished: 0 });
    assert!(inbox.export(&anna).await.unwrap().iter().all(|row| row.payload.is_none()));
    assert!(inbox.export(&bert).await.unwrap()[0].payload.is_some());
}

#[tokio::test]
async fn a_payment_is_acknowledged_only_where_its_sender_was_told() {
    let inbox = fresh().await;
    let payment = Key::of("payment", ["attempt"]);
    let mut brought = named("paid");
    brought.acknowledged = false;
    let _ = inbox.store(brought).await.unwrap();
    assert!(!inbox.is_acknowledged(&payment).await.unwrap());
    let _ = inbox.store(named("paid")).await.unwrap();
    assert!(inbox.is_acknowledged(&payment).await.unwrap());
}
