//! A callback that comes again after all that was known of it was purged, or after the database was begun anew.

use crate::database::Database;
use crate::effects::{Effects, settled};
use crate::orders;
use crate::paygate::{Paygate, form, paid};
use crate::scale::say;
use paygate::testing::Callback;
use shop::Shop;
use shop::state::State;
use std::time::Duration;

async fn purged(database: Database, fresh: Database) {
    let shop = Shop::start(database.config()).unwrap();
    let store = shop.store();
    let expected = orders::place(store, 2).await;
    let told = paid(&expected);
    let paygate = Paygate::new();
    assert_eq!(paygate.tell_once(shop.url(), &told, 2).await, [Some(200); 2]);
    settled(store).await;
    // What was paid may have been given back since.
    let order = store.orders(None, None).await.unwrap().remove(0);
    let given_back = sqlx::query("UPDATE payments SET state = $1 WHERE id = $2").bind(State::Refunded.name());
    given_back.bind(order.newest.payments[0].id).execute(store.inbox().pool()).await.unwrap();
    // Handled in the same millisecond counts too.
    assert_eq!(store.inbox().purge(Duration::ZERO).await.unwrap(), 2);
    let payloads = "SELECT count(*) FROM gateway_inbox WHERE payload IS NOT NULL";
    let payloads: i64 = sqlx::query_scalar(payloads).fetch_one(store.inbox().pool()).await.unwrap();
    assert_eq!(payloads, 0);

    let other_xids = expected.iter().map(|expected| form(&Callback::paid(expected).with("XID", "another")));
    for again in [told.clone(), other_xids.collect()] {
        assert_eq!(paygate.tell_once(shop.url(), &again, 2).await, [Some(200); 2]);
    }
    settled(store).await;
    let effects = Effects::of(store).await;
    let once = Effects {
        orders: 2,
        paid: 1,
        payments: 2,
        callbacks: 2,
        handled: 2,
        deliveries: 2,
        came: 6,
        ..Effects::default()
    };
    assert_eq!(effects, once);
    let order = store.order(order.id).await.unwrap().unwrap();
    assert_eq!(order.view().state, State::Refunded);
    say(&format!(
        "replayed after a purge on {}: {paygate}; {effects}; one stays given back",
        database.name()
    ));

    // The same old ones, at a shop that has lost its memory.
    let shop = Shop::start(fresh.config()).unwrap();
    let store = shop.store();
    for _ in 0..2 {
        assert_eq!(paygate.tell_once(shop.url(), &told, 2).await, [Some(200); 2]);
        settled(store).await;
    }
    let effects = Effects::of(store).await;
    let nothing =
        Effects { callbacks: 2, handled: 2, people: 2, deliveries: 2, came: 4, ..Effects::default() };
    assert_eq!(effects, nothing);
    let reasons = store.people().await.unwrap().into_iter().map(|person| person.reason);
    assert!(reasons.into_iter().all(|reason| reason == "names an attempt that nobody knows"));
    say(&format!("replayed to a fresh database on {}: {effects}; a person is asked twice", fresh.name()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_again_after_a_purge_or_to_a_fresh_database_changes_nothing_on_postgres() {
    purged(Database::postgres(), Database::postgres()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_again_after_a_purge_or_to_a_fresh_database_changes_nothing_on_sqlite() {
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    purged(Database::sqlite(&folders[0]), Database::sqlite(&folders[1])).await;
}
