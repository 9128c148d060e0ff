//! What the server may be set to, and that it may fail: neither loses what a shop has acknowledged.

use crate::browser::{Browser, expected, newest, tell};
use crate::database::Database;
use paygate::testing::Callback;
use paygate_tests::postgres::Postgres;
use shop::state::State;
use shop::{Config, Shop};
use sqlx::{Connection, Executor};

#[tokio::test]
async fn what_the_database_is_set_to_weakens_neither_a_turn_nor_what_acknowledged_means() {
    let database = Database::new();
    drop(Shop::start(database.demo()).unwrap());
    let mut by_hand = sqlx::AnyConnection::connect(database.url()).await.unwrap();
    let name = database.url().rsplit('/').next().unwrap();
    for setting in ["synchronous_commit = 'off'", "default_transaction_isolation = 'serializable'"] {
        by_hand.execute(&*format!("ALTER DATABASE {name} SET {setting}")).await.unwrap();
    }
    let shop = Shop::start(database.demo()).unwrap();
    let mut change = shop.store().change().await.unwrap();
    for (setting, value) in [("synchronous_commit", "on"), ("transaction_isolation", "read committed")] {
        let is: String = sqlx::query_scalar("SELECT current_setting($1)")
            .bind(setting)
            .fetch_one(&mut *change)
            .await
            .unwrap();
        assert_eq!(is, value);
    }
}

#[tokio::test]
async fn a_server_that_crashes_loses_nothing_that_was_acknowledged_and_what_was_not_is_told_again() {
    let server = Postgres::start();
    let shop = Shop::start(Config::demo("").database(server.database())).unwrap();
    Browser::at(&shop).buy("sencha").await;
    let expected = expected(&shop).await;
    assert_eq!(tell(&shop, Callback::open(&expected)).await, 200);
    server.crash();
    assert_eq!(tell(&shop, Callback::paid(&expected)).await, 500);
    server.start_again();
    assert_eq!(newest(&shop).await.view().state, State::Open);
    assert_eq!(tell(&shop, Callback::paid(&expected)).await, 200);
    let order = newest(&shop).await;
    assert_eq!((order.view().state, order.newest.payments.len()), (State::Paid, 1));
}
