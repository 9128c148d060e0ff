//! How many callbacks a second go through extractor and inbox, against the rows a second that the same database takes by itself, in
//! the same run.
//!
//! `cargo bench -p paygate-tests --all-features --bench inbox` prints medians and ratios for SQLite and PostgreSQL. Each
//! callback is another one. The rounds of the three ways alternate, so that a machine that slows down slows all. With `-- --test`
//! there is one small round.
#![allow(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a bench may stop where an input path may not"
)]

use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, web};
use futures_util::{StreamExt, stream};
use gateway_actix::{Ack, Callbacks, CheckingPage, UrlNotify};
use gateway_inbox::{Claim, Handler, Inbox, Worker};
use paygate::Trustly;
use paygate::testing::{self, Callback};
use paygate_tests::postgres::Postgres;
use sqlx::any::AnyPoolOptions;
use sqlx::{Any, Executor, Pool, Transaction};
use std::time::Instant;

const ROUNDS: usize = 7;
/// Callbacks of a round.
const CALLBACKS: usize = 2000;
/// How many of them are under way at once.
const AT_ONCE: usize = 64;

/// Does what a handler does at least: opens the callback once more, and writes a row.
struct Shop(paygate::Merchants);

impl Handler<Any> for Shop {
    type Error = sqlx::Error;

    async fn handle(&self, claim: &Claim, change: &mut Transaction<'_, Any>) -> Result<(), sqlx::Error> {
        gateway_inbox::paygate::open::<Trustly>(claim, &self.0).map_err(sqlx::Error::decode)?;
        let row = sqlx::query("INSERT INTO handled (name) VALUES ($1)").bind(claim.key().as_bytes().to_vec());
        row.execute(&mut **change).await?;
        Ok(())
    }
}

async fn notify(_: UrlNotify<Trustly>) -> Ack {
    Ack
}

#[actix_web::main]
async fn main() {
    sqlx::any::install_default_drivers();
    let is_test = std::env::args().any(|argument| argument == "--test");
    let (rounds, callbacks) = if is_test { (1, 20) } else { (ROUNDS, CALLBACKS) };
    let folder = tempfile::tempdir().expect("a folder");
    let sqlite = format!("sqlite://{}?mode=rwc", folder.path().join("inbox.sqlite").display());
    measure("SQLite, WAL, synchronous=FULL", &sqlite, rounds, callbacks).await;
    let server = Postgres::start();
    measure("PostgreSQL, fsync=on", &server.database(), rounds, callbacks).await;
}

async fn measure(name: &str, url: &str, rounds: usize, callbacks: usize) {
    let is_sqlite = url.starts_with("sqlite");
    let pool = connect(url).await;
    let bytes = if is_sqlite { "BLOB" } else { "bytea" };
    for table in ["bare", "handled"] {
        pool.execute(&*format!("CREATE TABLE {table} (name {bytes} PRIMARY KEY, payload {bytes})"))
            .await
            .expect("a table");
    }
    let inbox = Inbox::open(pool.clone()).await.expect("an inbox");
    let [mut bare, mut acknowledged, mut handled] = [const { Vec::new() }; 3];
    for round in 0..rounds {
        let forms = |way| forms(&format!("{way}-{round}"), callbacks);
        // SQLite has one writer: more at once would only wait for each other.
        bare.push(rate(&forms("bare"), insert(&pool, if is_sqlite { 1 } else { 8 }, &forms("bare"))).await);
        acknowledged.push(rate(&forms("acknowledged"), store(&inbox, &forms("acknowledged"))).await);
        // Not measured: what the measured round left.
        drain(&inbox).await;
        handled.push(rate(&forms("handled"), store_and_handle(&inbox, &forms("handled"))).await);
    }
    let [bare, acknowledged, handled] = [bare, acknowledged, handled].map(median);
    println!(
        "{name}: bare inserts {bare:.0}/s; callbacks verified, stored and acknowledged {acknowledged:.0}/s ({:.0} %); \
         handled too, with a row of the shop's {handled:.0}/s ({:.0} %)",
        100.0 * acknowledged / bare,
        100.0 * handled / bare
    );
}

async fn connect(url: &str) -> Pool<Any> {
    let options = AnyPoolOptions::new().max_connections(16).after_connect(|connection, _| {
        Box::pin(async move {
            if connection.backend_name() == "SQLite" {
                connection
                    .execute(
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000",
                    )
                    .await?;
            }
            Ok(())
        })
    });
    options.connect(url).await.expect("a database")
}

fn forms(name: &str, count: usize) -> Vec<String> {
    let merchant = testing::merchant();
    let form = |n| {
        let expected = testing::expected(&merchant, &format!("{name}-{n}"), 1999);
        Callback::paid(&expected).with("AccOwner", "Anna Svensson").form(&merchant).expect("sealed")
    };
    (0..count).map(form).collect()
}

/// Callbacks a second.
async fn rate(forms: &[String], work: impl Future<Output = ()>) -> f64 {
    let from = Instant::now();
    work.await;
    f64::from(u32::try_from(forms.len()).expect("a few")) / from.elapsed().as_secs_f64()
}

/// One row and one commit each.
async fn insert(pool: &Pool<Any>, at_once: usize, forms: &[String]) {
    let insert = |form: &String| {
        let row = sqlx::query("INSERT INTO bare (name, payload) VALUES ($1, $2)")
            .bind(form.as_bytes()[form.len() - 64..].to_vec());
        let row = row.bind(form.clone().into_bytes());
        async move { row.execute(pool).await.expect("inserted") }
    };
    stream::iter(forms.iter().map(insert)).buffer_unordered(at_once).for_each(|_| async {}).await;
}

async fn store(inbox: &Inbox<Any>, forms: &[String]) {
    let page = CheckingPage::new("/checking").expect("a page");
    let callbacks = Callbacks::new(testing::merchant(), page).with_inbox(inbox.clone());
    let app = init_service(App::new().app_data(callbacks).route("/notify", web::post().to(notify))).await;
    let told = |form: &String| {
        let request = TestRequest::post().uri("/notify").set_payload(form.clone()).to_request();
        let app = &app;
        async move { assert!(call_service(app, request).await.status().is_success()) }
    };
    stream::iter(forms.iter().map(told)).buffer_unordered(AT_ONCE).for_each(|()| async {}).await;
}

/// The worker runs beside, and ends when all is handled.
async fn store_and_handle(inbox: &Inbox<Any>, forms: &[String]) {
    let worker = Worker::new(inbox.clone(), Shop(testing::merchant().into()));
    let running = actix_web::rt::spawn(async move { worker.run().await });
    store(inbox, forms).await;
    while inbox.census().await.expect("a census").unfinished > 0 {
        actix_web::rt::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    running.abort();
    // It gives its connections back.
    let _ = running.await;
}

async fn drain(inbox: &Inbox<Any>) {
    let drained =
        Worker::new(inbox.clone(), Shop(testing::merchant().into())).drain().await.expect("drained");
    assert_eq!(drained.failed, 0);
}

/// The figure in the middle.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
