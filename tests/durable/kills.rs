//! A process that is killed while it is told: what it had acknowledged is handled, and what it had not is told again.

use crate::database::Database;
use crate::effects::{Effects, settled_after_leases};
use crate::orders;
use crate::paygate::{Paygate, paid};
use crate::program::{Program, port};
use crate::scale::{self, Dice, say};
use std::time::{Duration, Instant};

/// How many acknowledgements there have to be before each of so many blows: all of them fall while it is told.
pub(crate) fn moments(dice: &mut Dice, blows: usize, callbacks: usize) -> Vec<usize> {
    let mut moments: Vec<_> = (0..blows).map(|_| dice.below(callbacks - 64)).collect();
    moments.sort_unstable();
    moments
}

/// Waits for the moment, and then until somewhere in the middle of what is under way.
pub(crate) async fn wait_for(moment: usize, paygate: &Paygate, dice: &mut Dice) {
    while paygate.answered() < moment {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let micros = u64::try_from(dice.below(8_000)).unwrap();
    tokio::time::sleep(Duration::from_micros(micros)).await;
}

async fn killed(database: Database) {
    let (callbacks, kills) = (scale::of(600, 2_000), scale::of(6, 20));
    let store = database.store().await;
    let expected = orders::place(&store, callbacks).await;
    let mut dice = Dice::new(&format!("kill -9 on {}", database.name()));
    let mut shop = Program::start(database.program(), port());
    let paygate = Paygate::new();
    let start = Instant::now();
    let told = {
        let (paygate, urls, forms) = (paygate.clone(), [shop.url()], paid(&expected));
        tokio::spawn(async move { paygate.tell(&urls, forms, 32).await })
    };
    for moment in moments(&mut dice, kills, callbacks) {
        wait_for(moment, &paygate, &mut dice).await;
        let database = database.clone();
        shop = tokio::task::spawn_blocking(move || {
            let address = shop.url();
            shop.kill();
            let port = address.rsplit(':').next().unwrap().parse().unwrap();
            Program::start(database.program(), port)
        })
        .await
        .unwrap();
    }
    told.await.unwrap();
    settled_after_leases(&store).await;
    let effects = Effects::of(&store).await;
    effects.assert_all_paid_once(callbacks);
    // What was acknowledged was stored.
    assert!(effects.came >= i64::try_from(paygate.answered()).unwrap());
    let again = "SELECT count(*) FROM gateway_inbox WHERE tries > 1";
    let again: i64 = sqlx::query_scalar(again).fetch_one(store.inbox().pool()).await.unwrap();
    say(&format!(
        "{kills} kills -9 during {callbacks} callbacks on {}: {paygate}; {effects}; {again} of them claimed again; {:.1} s",
        database.name(),
        start.elapsed().as_secs_f32()
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_killed_again_and_again_loses_no_paid_order_on_postgres() {
    killed(Database::postgres()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_killed_again_and_again_loses_no_paid_order_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    killed(Database::sqlite(&folder)).await;
}
