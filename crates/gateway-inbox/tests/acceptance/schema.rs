//! The tables: made once, whoever begins, and refused where they are newer.

use crate::database::fresh;
use crate::deliveries::named;
use gateway_inbox::{Inbox, InboxError, Stored};

#[tokio::test]
async fn ten_that_begin_at_once_make_the_tables_once() {
    let inbox = fresh().await;
    for table in tables(&inbox).await {
        sqlx::query(&format!("DROP TABLE {table}")).execute(inbox.pool()).await.unwrap();
    }
    let mut pools = Vec::new();
    for _ in 0..10 {
        pools.push(inbox.connect().await);
    }
    let opened = futures_util::future::join_all(pools.into_iter().map(Inbox::open)).await;
    assert!(opened.iter().all(Result::is_ok), "{opened:?}");
    let _ = inbox.store(named("paid")).await.unwrap();
}

/// Those of the crate; which ones there are is the migrations' matter.
async fn tables(inbox: &Inbox<sqlx::Any>) -> Vec<String> {
    let mut found = Vec::new();
    for table in ["gateway_refunds", "gateway_payments", "gateway_inbox", "gateway_schema"] {
        if sqlx::query(&format!("SELECT 1 FROM {table}")).fetch_optional(inbox.pool()).await.is_ok() {
            found.push(table.to_owned());
        }
    }
    assert!(found.len() >= 2);
    found
}

#[tokio::test]
async fn what_is_stored_is_there_when_it_is_opened_again() {
    let inbox = fresh().await;
    let _ = inbox.store(named("paid")).await.unwrap();
    assert_eq!(inbox.again().await.store(named("paid")).await.unwrap(), Stored::Unfinished);
}

#[tokio::test]
async fn tables_of_a_newer_program_are_left_alone() {
    let inbox = fresh().await;
    sqlx::query("INSERT INTO gateway_schema (version) VALUES (99)").execute(inbox.pool()).await.unwrap();
    let opened = Inbox::open(inbox.connect().await).await;
    assert!(matches!(opened, Err(InboxError::Newer { found: 99, .. })), "{opened:?}");
}
