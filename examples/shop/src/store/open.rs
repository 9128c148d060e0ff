//! Opening the database: migrations, and the refusal to play with real orders.

use super::dialect::Dialect;
use super::{BadDatabaseUrl, Place, Store, StoreError};
use gateway_inbox::Inbox;
use sqlx::any::AnyPoolOptions;
use sqlx::{ConnectOptions, Connection};
use std::time::Duration;

/// The database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made.
    #[error("the data folder cannot be made: {0}")]
    Folder(#[from] std::io::Error),
    /// The URL is none of a PostgreSQL database.
    #[error("DATABASE_URL {0}")]
    Url(#[from] BadDatabaseUrl),
    /// The database says so.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The tables of the inbox cannot be brought up to date.
    #[error(transparent)]
    Inbox(#[from] gateway_inbox::InboxError),
    /// A migration failed, or the database is of a newer shop.
    #[error("the database cannot be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A demo may not touch it.
    #[error(
        "this database is one of real orders, and a demo would mix its own with them: choose another SHOP_DATA or DATABASE_URL"
    )]
    RealOrders,
    /// An account may not touch it.
    #[error(
        "this database is a demo's, whose orders must not be paid with real money: choose another SHOP_DATA or DATABASE_URL"
    )]
    DemoOrders,
}

impl Store {
    /// Opens the database, and makes the tables where they are missing; in a folder, the file and the folder too.
    ///
    /// # Errors
    ///
    /// If it cannot be opened; if it is one of real orders and this is a demo, or the other way.
    pub async fn open(place: &Place, demo: bool) -> Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        let options = place.options()?;
        // Before there is a pool, which would not say why it has no connection.
        let mut first = options.connect().await.map_err(StoreError::from)?;
        let dialect = Dialect::of(&first);
        dialect.prepare(&mut first).await.map_err(StoreError::from)?;
        dialect.migrate(&mut first).await?;
        first.close().await.map_err(StoreError::from)?;
        let pool = AnyPoolOptions::new()
            .max_connections(dialect.connections())
            .acquire_timeout(Duration::from_secs(5))
            .after_connect(move |connection, _| Box::pin(dialect.prepare(connection)))
            .connect_lazy_with(options);
        let inbox = Inbox::open(pool.clone()).await?;
        let store = Self { pool, inbox, dialect, demo };
        match (demo, store.belongs_to_a_demo().await?) {
            (true, false) => Err(OpenError::RealOrders),
            (false, true) => Err(OpenError::DemoOrders),
            _ => Ok(store),
        }
    }

    /// Who opens it first decides.
    async fn belongs_to_a_demo(&self) -> Result<bool, StoreError> {
        let sql = "INSERT INTO shop (id, demo) VALUES (1, $1) ON CONFLICT (id) DO NOTHING";
        sqlx::query(sql).bind(i64::from(self.demo)).execute(&self.pool).await?;
        let demo: i64 = sqlx::query_scalar("SELECT demo FROM shop").fetch_one(&self.pool).await?;
        Ok(demo != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn every_connection_to_sqlite_writes_durably_and_keeps_references() {
        let folder = std::env::temp_dir().join(crate::security::secret::random().unwrap());
        let store = Store::open(&Place::Folder(folder.clone()), true).await.unwrap();
        let mut connections = Vec::new();
        for _ in 0..store.dialect.connections() {
            let mut connection = store.pool.acquire().await.unwrap();
            let mut is = async |pragma| {
                let value = sqlx::query(pragma).fetch_one(&mut *connection).await.unwrap();
                let text = sqlx::Row::try_get::<String, _>(&value, 0);
                text.unwrap_or_else(|_| sqlx::Row::get::<i64, _>(&value, 0).to_string())
            };
            assert_eq!(is("PRAGMA synchronous").await, "2");
            assert_eq!(is("PRAGMA journal_mode").await, "wal");
            assert_eq!(is("PRAGMA foreign_keys").await, "1");
            assert_eq!(is("PRAGMA busy_timeout").await, "10000");
            connections.push(connection);
        }
        drop((connections, store));
        let _ = std::fs::remove_dir_all(folder);
    }
}
