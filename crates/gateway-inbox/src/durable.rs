//! How SQLite is opened so that stored means stored.

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;

/// Options for a SQLite file, made where it is missing, whose commits outlive a loss of power: write-ahead log,
/// `synchronous=FULL`. Readers do not wait for the writer, and writers wait for each other for up to 10 s.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// let pool = sqlx::SqlitePool::connect_with(gateway_inbox::durable(&folder.path().join("shop.sqlite"))).await?;
/// let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&pool).await?;
/// assert_eq!(synchronous, 2); // FULL
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn durable(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
}
