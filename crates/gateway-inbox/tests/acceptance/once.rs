//! Rules 7 and 10: one row for each key, however often and wherever it comes; stored when it is said to be.

use crate::database::fresh;
use crate::deliveries::{Shop, effects, named, table};
use futures_util::future::join_all;
use gateway_inbox::{Drained, Stored, Worker};

#[tokio::test]
async fn a_thousand_equal_ones_at_two_processes_are_one_row_and_one_effect() {
    let here = fresh().await;
    table(&here).await;
    let there = here.again().await;
    let both = [&*here, &there];
    let stored = join_all((0..1000).map(|n| both[n % 2].store(named("paid")))).await;
    let new = stored.iter().filter(|stored| matches!(stored, Ok(Stored::New))).count();
    assert_eq!((stored.iter().filter(|stored| stored.is_ok()).count(), new), (1000, 1));

    let workers = both.map(|inbox| Worker::new(inbox.clone(), Shop::default()));
    let drained = join_all(workers.iter().map(Worker::drain)).await;
    let handled: u64 = drained.iter().map(|drained| drained.as_ref().unwrap().handled).sum();
    assert_eq!((handled, effects(&here).await), (1, vec!["attempt paid".to_owned()]));
    assert_eq!(here.store(named("paid")).await.unwrap(), Stored::Finished);
    assert_eq!(workers[0].drain().await.unwrap(), Drained::default());
    let count: i64 =
        sqlx::query_scalar("SELECT count FROM gateway_inbox").fetch_one(here.pool()).await.unwrap();
    assert_eq!(count, 1001);
}

#[tokio::test]
async fn of_many_different_ones_none_is_lost() {
    let here = fresh().await;
    table(&here).await;
    let there = here.again().await;
    let both = [&*here, &there];
    let names: Vec<_> = (0..2000).map(|n| format!("{n:04}")).collect();
    // Each comes twice, in other company.
    let stored = join_all(
        names.iter().chain(names.iter().rev()).enumerate().map(|(n, name)| both[n % 2].store(named(name))),
    )
    .await;
    assert_eq!(stored.iter().filter(|stored| matches!(stored, Ok(Stored::New))).count(), 2000);
    assert!(stored.iter().all(Result::is_ok));
    let workers = both.map(|inbox| Worker::new(inbox.clone(), Shop::default()));
    for drained in join_all(workers.iter().map(Worker::drain)).await {
        assert_eq!(drained.unwrap().failed, 0);
    }
    assert_eq!(effects(&here).await, names.iter().map(|name| format!("attempt {name}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn who_is_dropped_while_writing_leaves_nobody_waiting_for_ever() {
    let inbox = fresh().await;
    for n in 0..50 {
        let (one, other) = (format!("{n} a"), format!("{n} b"));
        // The first one writes for both, and is dropped wherever it stands.
        let dropped = tokio::spawn({
            let (inbox, one) = (inbox.clone(), one.clone());
            async move { inbox.store(named(&one)).await }
        });
        let waits = tokio::spawn({
            let (inbox, other) = (inbox.clone(), other.clone());
            async move { inbox.store(named(&other)).await }
        });
        for _ in 0..n % 7 {
            tokio::task::yield_now().await;
        }
        dropped.abort();
        assert!(waits.await.unwrap().is_ok());
        assert_ne!(inbox.store(named(&other)).await.unwrap(), Stored::New, "it was stored");
        let _ = inbox.store(named(&one)).await.unwrap();
    }
    assert_eq!(inbox.census().await.unwrap().deliveries, 100);
}

#[tokio::test]
async fn what_the_database_refuses_is_not_said_to_be_stored() {
    let inbox = fresh().await;
    let pool = inbox.pool().clone();
    sqlx::query("DROP TABLE gateway_inbox").execute(&pool).await.unwrap();
    let stored = join_all((0..10).map(|n| inbox.store(named(&n.to_string())))).await;
    assert!(stored.iter().all(Result::is_err));
}
