//! The shop's program under a load of all kinds at once: genuine callbacks, repeated, forged and broken ones, bodies that are far
//! too large, that come a byte a second or end in the middle, and connections that only hold on. Each genuine one must be answered
//! with 200 and stored, and the program's memory and files must hold.
//!
//! `LOAD_MINUTES=10` makes it last ten minutes, and not about ten seconds. It writes to standard error what it did.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

#[path = "../durable/database.rs"]
#[allow(dead_code, reason = "the other test has PostgreSQL too")]
mod database;
#[path = "../durable/effects.rs"]
#[allow(dead_code, reason = "the other test kills processes")]
mod effects;
mod exchange;
#[path = "../durable/orders.rs"]
mod orders;
#[path = "../durable/program.rs"]
#[allow(dead_code, reason = "the other test kills it")]
mod program;
#[path = "../durable/scale.rs"]
#[allow(dead_code, reason = "the other test has other sizes")]
mod scale;
mod strangers;
mod watch;

use crate::database::{Database, merchant};
use crate::effects::{Effects, settled};
use crate::exchange::{post, status};
use crate::program::Program;
use crate::strangers::Strangers;
use crate::watch::Watch;
use paygate::Expected;
use paygate::testing::Callback;
use std::io::Write;
use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

/// From one genuine callback to the next one.
const PAUSE: Duration = Duration::from_millis(60);
/// In a short run: ten seconds.
const SHORT: usize = 160;
/// By how much the program may grow after a quarter of the load.
const MAY_GROW: u64 = 24 * 1024;
/// A genuine callback that came before is repeated after every so many.
const REPEATED: usize = 3;

/// To standard error past the harness, which keeps what a test that passes prints.
fn say(line: &str) {
    let _ = std::io::stderr().write_all(format!("load: {line}\n").as_bytes());
}

/// Genuine callbacks, each of another order.
fn genuine() -> usize {
    let minutes = std::env::var("LOAD_MINUTES").map(|minutes| minutes.parse::<f32>().expect("minutes"));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some thousands")]
    minutes.map_or(SHORT, |minutes| (minutes * 60.0 / PAUSE.as_secs_f32()) as usize)
}

/// How long each took that was answered with 200; the others.
struct Told {
    took: Vec<Duration>,
    refused: Vec<String>,
}

/// Paygate's side: one after the other, each on a connection of its own.
fn tell(shop: SocketAddr, expected: &[Expected], mut each: impl FnMut(usize)) -> Told {
    let form = |expected| Callback::paid(expected).form(&merchant()).unwrap();
    let mut told = Told { took: Vec::new(), refused: Vec::new() };
    let start = Instant::now();
    for (index, one) in expected.iter().enumerate() {
        let planned = PAUSE * u32::try_from(index).unwrap();
        thread::sleep(planned.saturating_sub(start.elapsed()));
        let mut forms = vec![form(one)];
        if index % REPEATED == REPEATED - 1 {
            forms.push(form(&expected[index / 2]));
        }
        for form in forms {
            let sent = Instant::now();
            match status(shop, &post(&form)) {
                Ok(200) => told.took.push(sent.elapsed()),
                other => told.refused.push(format!("callback {index}: {other:?}")),
            }
        }
        each(index);
    }
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn genuine_callbacks_are_answered_and_stored_under_mixed_load_and_the_shop_does_not_grow() {
    let count = genuine();
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(&folder);
    let store = database.store().await;
    let expected = orders::place(&store, count).await;
    let port = program::port();
    let shop = Program::start(database.program(), port);
    let address = SocketAddr::from(([127, 0, 0, 1], port));

    let mut watch = Watch::of(shop.id());
    let strangers = Strangers::come(address, count);
    let start = Instant::now();
    let told = tell(address, &expected, |index| {
        if index == count / 4 {
            watch.warm();
        }
        watch.look();
    });
    let lasted = start.elapsed();
    let strangers = strangers.leave();
    settled(&store).await;
    watch.rest();

    let mut took = told.took;
    took.sort_unstable();
    let repeated = count / REPEATED;
    say(&format!(
        "{:.0} s, {count} genuine callbacks and {repeated} repeated ones: {} answered 200, median {:.1} ms, worst {:.1} ms",
        lasted.as_secs_f32(),
        took.len(),
        1000.0 * took[took.len() / 2].as_secs_f32(),
        1000.0 * took[took.len() - 1].as_secs_f32()
    ));
    say(&format!("meanwhile {strangers}"));
    say(&watch.to_string());
    let effects = Effects::of(&store).await;
    say(&effects.to_string());

    assert_eq!(told.refused, [""; 0]);
    effects.assert_all_paid_once(count);
    assert_eq!(effects.came, i64::try_from(count + repeated).unwrap());
    strangers.assert_all_came_and_none_was_taken();
    watch.assert_it_held(MAY_GROW, Strangers::CONNECTIONS);
}
