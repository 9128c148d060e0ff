//! A new database for each test.

use gateway_inbox::Inbox;
use sqlx::any::AnyPoolOptions;
use sqlx::{Any, AnyPool, Connection, Executor};
use std::ops::Deref;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// An inbox in a database of its own.
pub(crate) struct Fresh {
    inbox: Inbox<Any>,
    /// SQLite's file lies in it.
    _folder: Option<TempDir>,
}

impl Deref for Fresh {
    type Target = Inbox<Any>;

    fn deref(&self) -> &Inbox<Any> {
        &self.inbox
    }
}

pub(crate) async fn fresh() -> Fresh {
    sqlx::any::install_default_drivers();
    let server = std::env::var("GATEWAY_INBOX_TEST_POSTGRES");
    let (url, folder) = if let Ok(server) = server {
        (postgres(&server).await, None)
    } else {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.sqlite");
        // The file is made, and its journal chosen, before the pool opens it.
        let pool = sqlx::SqlitePool::connect_with(gateway_inbox::durable(&file)).await.unwrap();
        pool.close().await;
        (format!("sqlite://{}", file.display()), Some(folder))
    };
    let pool = AnyPoolOptions::new().max_connections(10).connect(&url).await.unwrap();
    Fresh { inbox: open(pool).await, _folder: folder }
}

async fn open(pool: AnyPool) -> Inbox<Any> {
    Inbox::open(pool).await.unwrap()
}

/// A new database on this server. It stays when the test is over.
async fn postgres(server: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("ledger_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
    connection.execute(format!("CREATE DATABASE {name}").as_str()).await.unwrap();
    let (host, _) = server.rsplit_once('/').unwrap();
    format!("{host}/{name}")
}
