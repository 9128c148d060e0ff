//! Opening the database: migrations, and the refusal to play with real orders.

use super::{Store, StoreError};
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

/// The database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made.
    #[error("the data folder cannot be made: {0}")]
    Folder(#[from] std::io::Error),
    /// The database says so.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A migration failed, or the database is of a newer shop.
    #[error("the database cannot be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A demo may not touch it.
    #[error(
        "this database holds real orders, and a demo would mix its own with them: choose another SHOP_DATA"
    )]
    RealOrders,
    /// An account may not touch it.
    #[error(
        "this database holds the orders of a demo, which must not be paid with real money: choose another SHOP_DATA"
    )]
    DemoOrders,
}

impl Store {
    /// Opens the database in this folder, and makes both where they are missing.
    ///
    /// # Errors
    ///
    /// If it cannot be opened, or is one of real orders and this is a demo.
    pub async fn open(folder: &Path, demo: bool) -> Result<Self, OpenError> {
        make(folder)?;
        let options = SqliteConnectOptions::new()
            .filename(folder.join("shop.sqlite"))
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Acknowledged means durably stored: also where the machine loses its power.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await;
        let store = Self { pool: pool.map_err(StoreError::from)?, demo };
        migrator().run(&store.pool).await?;
        match (demo, store.holds_orders_of(!demo).await?) {
            (_, false) => Ok(store),
            (true, true) => Err(OpenError::RealOrders),
            (false, true) => Err(OpenError::DemoOrders),
        }
    }

    async fn holds_orders_of(&self, demo: bool) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM orders WHERE demo = ?)";
        Ok(sqlx::query_scalar(sql).bind(demo).fetch_one(&self.pool).await?)
    }
}

/// Names and addresses of customers stand in it: nobody else on the machine reads it.
fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// The files of `migrations/`, in the program itself. `sqlx::migrate!` would do the same, at the price of a second SQLite for
/// the compiler.
fn migrator() -> Migrator {
    let migrations = [(1, "shop", include_str!("../../migrations/1_shop.sql"))];
    let migrations = migrations.map(|(version, name, sql)| {
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator { migrations: Cow::Owned(migrations.into()), ..Migrator::DEFAULT }
}
