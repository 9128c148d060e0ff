//! However often one comes, it is handled once; and however many come, none is lost.

use crate::database::Database;
use crate::effects::{Effects, settled};
use crate::orders;
use crate::paygate::{Paygate, form, paid};
use crate::program::{Program, port};
use crate::scale::{self, say};
use paygate::testing::Callback;
use std::time::Instant;

/// Two processes on one database.
fn two(database: &Database) -> [Program; 2] {
    [(); 2].map(|()| Program::start(database.program(), port()))
}

async fn a_thousand_equal_ones(database: Database) {
    let store = database.store().await;
    let expected = orders::place(&store, 2).await;
    let shops = two(&database);
    let urls = shops.each_ref().map(Program::url);
    let paygate = Paygate::new();
    let equal = form(&Callback::paid(&expected[0]));
    paygate.tell(&urls, vec![equal; 1000], 1000).await;
    assert_eq!(paygate.answered(), 1000);
    let xids = (0..100).map(|xid| form(&Callback::paid(&expected[1]).with("XID", format!("{xid:032}"))));
    paygate.tell(&urls, xids.collect(), 100).await;
    assert_eq!(paygate.answered(), 1100);
    settled(&store).await;
    let effects = Effects::of(&store).await;
    effects.assert_all_paid_once(2);
    assert_eq!(effects.came, 1100);
    let seen = "SELECT count FROM gateway_inbox ORDER BY count";
    let seen: Vec<i64> = sqlx::query_scalar(seen).fetch_all(store.inbox().pool()).await.unwrap();
    assert_eq!(seen, [100, 1000]);
    say(&format!(
        "1,000 equal ones at once and 100 XIDs at two processes on {}: {paygate}; {effects}",
        database.name()
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_equal_ones_at_two_processes_are_handled_once_on_postgres() {
    a_thousand_equal_ones(Database::postgres()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_equal_ones_at_two_processes_are_handled_once_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    a_thousand_equal_ones(Database::sqlite(&folder)).await;
}

async fn many_different_ones(database: Database) {
    let many = scale::of(2_000, 10_000);
    let store = database.store().await;
    let expected = orders::place(&store, many).await;
    let shops = two(&database);
    let urls = shops.each_ref().map(Program::url);
    let paygate = Paygate::new();
    let start = Instant::now();
    paygate.tell(&urls, paid(&expected), 64).await;
    let told = start.elapsed();
    settled(&store).await;
    let effects = Effects::of(&store).await;
    effects.assert_all_paid_once(many);
    say(&format!(
        "{many} different ones at two processes on {}: {paygate} in {:.1} s, all handled after {:.1} s; {effects}",
        database.name(),
        told.as_secs_f32(),
        start.elapsed().as_secs_f32()
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_different_ones_at_two_processes_none_is_lost_on_postgres() {
    many_different_ones(Database::postgres()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_different_ones_at_two_processes_none_is_lost_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    many_different_ones(Database::sqlite(&folder)).await;
}
