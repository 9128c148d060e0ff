//! A database server that crashes while the shop is told, as it would without power.

use crate::database::Database;
use crate::effects::{Effects, settled_after_leases};
use crate::kills::{moments, wait_for};
use crate::orders;
use crate::paygate::{Paygate, paid};
use crate::program::{Program, port};
use crate::scale::{self, Dice, say};
use paygate_tests::postgres::Postgres;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_crashes_while_the_shop_is_told_loses_no_paid_order() {
    let (callbacks, crashes) = (scale::of(400, 2_000), scale::of(2, 20));
    // Of its own: the others need theirs.
    let server = Arc::new(tokio::task::spawn_blocking(Postgres::start).await.unwrap());
    let database = Database::Postgres(server.database());
    let store = database.store().await;
    let expected = orders::place(&store, callbacks).await;
    let mut dice = Dice::new("crashes of PostgreSQL");
    let mut shop = Program::start(database.program(), port());
    let paygate = Paygate::new();
    let start = Instant::now();
    let told = {
        let (paygate, urls, forms) = (paygate.clone(), [shop.url()], paid(&expected));
        tokio::spawn(async move { paygate.tell(&urls, forms, 32).await })
    };
    for moment in moments(&mut dice, crashes, callbacks) {
        wait_for(moment, &paygate, &mut dice).await;
        let away = Duration::from_millis(u64::try_from(dice.below(500)).unwrap());
        let server = Arc::clone(&server);
        let crash = move || {
            server.crash();
            std::thread::sleep(away);
            server.start_again();
        };
        tokio::task::spawn_blocking(crash).await.unwrap();
    }
    told.await.unwrap();
    settled_after_leases(&store).await;
    let effects = Effects::of(&store).await;
    effects.assert_all_paid_once(callbacks);
    assert!(effects.came >= i64::try_from(paygate.answered()).unwrap());
    assert!(shop.runs(), "the shop outlives its database");
    say(&format!(
        "{crashes} crashes of PostgreSQL during {callbacks} callbacks: {paygate}; {effects}; {:.1} s",
        start.elapsed().as_secs_f32()
    ));
}
