//! A newer program brings the inbox's tables up to date while one of the version before stores and handles.

use crate::database::Database;
use crate::scale::say;
use gateway_inbox::{Claim, Delivery, Handler, Inbox, Key, Worker};
use sqlx::{Any, AnyPool, Transaction};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The scripts that make the tables of each version, in order.
fn scripts(database: &Database) -> Vec<String> {
    let folder = match database {
        Database::Sqlite(_) => "sqlite",
        Database::Postgres(_) => "postgres",
    };
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/gateway-inbox/migrations").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    let version = |path: &Path| -> u32 {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.split('_').next().unwrap().parse().unwrap()
    };
    files.sort_by_key(|path| version(path));
    files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// Takes the tables away and makes those of a version.
async fn back_to(version: usize, database: &Database, pool: &AnyPool) {
    let tables = match database {
        Database::Sqlite(_) => "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'gateway%'",
        Database::Postgres(_) => {
            "SELECT CAST(tablename AS text) FROM pg_tables WHERE tablename LIKE 'gateway%'"
        }
    };
    // One that others refer to goes after those.
    loop {
        let left: Vec<String> = sqlx::query_scalar(tables).fetch_all(pool).await.unwrap();
        if left.is_empty() {
            break;
        }
        let mut dropped = false;
        for table in left {
            dropped |= sqlx::query(&format!("DROP TABLE {table}")).execute(pool).await.is_ok();
        }
        assert!(dropped);
    }
    let schema = "CREATE TABLE gateway_schema (version bigint NOT NULL PRIMARY KEY)";
    sqlx::query(schema).execute(pool).await.unwrap();
    for (version, script) in (1_i64..).zip(&scripts(database)[..version]) {
        sqlx::raw_sql(script).execute(pool).await.unwrap();
        let insert = sqlx::query("INSERT INTO gateway_schema (version) VALUES ($1)").bind(version);
        insert.execute(pool).await.unwrap();
    }
}

/// Counts how often each one is handled.
struct Counted;

impl Handler<Any> for Counted {
    type Error = sqlx::Error;

    async fn handle(&self, claim: &Claim, change: &mut Transaction<'_, Any>) -> Result<(), sqlx::Error> {
        let sql = "INSERT INTO counted (name, times) VALUES ($1, 1)
                   ON CONFLICT (name) DO UPDATE SET times = counted.times + 1";
        let name = String::from_utf8_lossy(claim.payload()).into_owned();
        sqlx::query(sql).bind(name).execute(&mut **change).await?;
        Ok(())
    }
}

fn named(name: &str) -> Delivery {
    Delivery {
        gateway: "test",
        key: Key::of("callback", [name]),
        attempt: Key::of("attempt", [name]),
        payment: Key::of("payment", [name]),
        payload: name.as_bytes().to_vec(),
        rank: 4,
        acknowledged: true,
    }
}

/// Stores one after the other until it is told to stop: how many, and how long the longest one took.
async fn store(inbox: Inbox<Any>, who: usize, stop: Arc<AtomicBool>) -> (usize, Duration) {
    let (mut count, mut longest) = (0, Duration::ZERO);
    while !stop.load(Ordering::Relaxed) {
        let start = Instant::now();
        let _ = inbox.store(named(&format!("{who}-{count}"))).await.expect("it is stored");
        longest = longest.max(start.elapsed());
        count += 1;
    }
    (count, longest)
}

async fn upgraded(database: Database) {
    let scripts = scripts(&database).len();
    // As long as there is one version, the newer program finds its own.
    let before = (scripts - 1).max(1);
    let old = database.store().await;
    back_to(before, &database, old.inbox().pool()).await;
    let counted = "CREATE TABLE counted (name text PRIMARY KEY, times bigint NOT NULL)";
    sqlx::query(counted).execute(old.inbox().pool()).await.unwrap();

    let worker = Worker::new(old.inbox().clone(), Counted);
    let working = tokio::spawn(async move { worker.run().await });
    let stop = Arc::new(AtomicBool::new(false));
    let storing: Vec<_> =
        (0..8).map(|who| tokio::spawn(store(old.inbox().clone(), who, Arc::clone(&stop)))).collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let start = Instant::now();
    // Two new ones at once.
    let (one, two) = tokio::join!(database.store(), database.store());
    let took = start.elapsed();
    tokio::time::sleep(Duration::from_millis(500)).await;
    stop.store(true, Ordering::Relaxed);
    let (mut stored, mut longest) = (0, Duration::ZERO);
    for task in storing {
        let (count, its_longest) = task.await.unwrap();
        stored += count;
        longest = longest.max(its_longest);
    }
    crate::effects::settled(&one).await;
    working.abort();

    let pool = two.inbox().pool();
    let version: i64 =
        sqlx::query_scalar("SELECT max(version) FROM gateway_schema").fetch_one(pool).await.unwrap();
    assert_eq!(usize::try_from(version).unwrap(), scripts);
    let counted = "SELECT count(*), CAST(coalesce(sum(times), 0) AS bigint) FROM counted";
    let counted: (i64, i64) = sqlx::query_as(counted).fetch_one(pool).await.unwrap();
    let all = i64::try_from(stored).unwrap();
    assert_eq!(counted, (all, all));
    let failed = "SELECT count(*) FROM gateway_inbox WHERE tries > 1 OR failure IS NOT NULL";
    let failed: i64 = sqlx::query_scalar(failed).fetch_one(pool).await.unwrap();
    assert_eq!(failed, 0);
    say(&format!(
        "{} from version {before} of the tables to {scripts}: two new programs were open after {took:.1?}; meanwhile an old one \
         stored {stored} and handled each once, and the longest store took {longest:.1?}",
        database.name()
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_program_stores_and_handles_while_a_new_one_brings_the_tables_up_to_date_on_postgres() {
    upgraded(Database::postgres()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_program_stores_and_handles_while_a_new_one_brings_the_tables_up_to_date_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    upgraded(Database::sqlite(&folder)).await;
}
