//! Opening the database: migrations, and the refusal to play with real orders.

use super::{Store, StoreError};
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
        "this database is one of real orders, and a demo would mix its own with them: choose another SHOP_DATA"
    )]
    RealOrders,
    /// An account may not touch it.
    #[error(
        "this database is a demo's, whose orders must not be paid with real money: choose another SHOP_DATA"
    )]
    DemoOrders,
}

impl Store {
    /// Opens the database in this folder, and makes both where they are missing.
    ///
    /// # Errors
    ///
    /// If it cannot be opened; if it is one of real orders and this is a demo, or the other way.
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
        match (demo, store.belongs_to_a_demo().await?) {
            (true, false) => Err(OpenError::RealOrders),
            (false, true) => Err(OpenError::DemoOrders),
            _ => Ok(store),
        }
    }

    /// Who opens it first decides.
    async fn belongs_to_a_demo(&self) -> Result<bool, StoreError> {
        let sql = "INSERT INTO shop (id, demo) VALUES (1, ?) ON CONFLICT DO NOTHING";
        sqlx::query(sql).bind(self.demo).execute(&self.pool).await?;
        Ok(sqlx::query_scalar("SELECT demo FROM shop").fetch_one(&self.pool).await?)
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
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, Cow::Borrowed(sql), false)
    });
    Migrator { migrations: Cow::Owned(migrations.into()), ..Migrator::DEFAULT }
}
