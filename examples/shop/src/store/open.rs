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

    #[actix_web::test]
    async fn what_waits_in_a_database_of_before_the_inquiries_is_asked_about_and_its_matters_stay() {
        sqlx::any::install_default_drivers();
        let folder = std::env::temp_dir().join(crate::security::secret::random().unwrap());
        let place = Place::Folder(folder.clone());
        let mut old = place.options().unwrap().connect().await.unwrap();
        Dialect::Sqlite.prepare(&mut old).await.unwrap();
        Dialect::Sqlite.migrate_to(1, &mut old).await.unwrap();
        let attempt = |id: i64, state: &str| {
            format!(
                "INSERT INTO attempts (id, order_id, once, method, mid, trans_id, req_id, first_name, last_name, email,
                                       country, amount, currency, state)
                 VALUES ({id}, 1, 'once-{id}', 'trustly', 'Shop', 'tea-{id}', 'r', 'A', 'B', 'a@b.example', 'DE', 100, 'EUR',
                         '{state}');"
            )
        };
        let callback = "INSERT INTO callbacks (method, mid, pay_id, trans_id, status, code)
                        VALUES ('trustly', 'Shop', 'p4', 'tea-4', 'OK', '00000000');";
        let rows = [
            "INSERT INTO orders (id, token, session, demo) VALUES (1, 't', 's', 1);".to_owned(),
            attempt(1, "created"),
            attempt(2, "redirected"),
            attempt(3, "redirected"),
            attempt(4, "redirected"),
            "INSERT INTO payments (attempt_id, mid, pay_id, state, flags)
             VALUES (3, 'Shop', 'p3', 'open', 0), (4, 'Shop', 'p4', 'paid', 48);"
                .to_owned(),
            callback.to_owned(),
            "INSERT INTO people (callback_id, reason, order_id) VALUES (1, 'one', 1), (1, 'two', NULL);"
                .to_owned(),
            "UPDATE people SET done_at = CURRENT_TIMESTAMP, note = 'done' WHERE reason = 'two';".to_owned(),
        ];
        sqlx::Executor::execute(&mut old, &*rows.concat()).await.unwrap();
        old.close().await.unwrap();
        let store = Store::open(&place, true).await.unwrap();
        let sql = "SELECT trans_id, pay_id, wanted FROM inquiries WHERE mid = 'shop' AND due_at <= unixepoch() ORDER BY id";
        let asked: Vec<(String, String, i64)> = sqlx::query_as(sql).fetch_all(&store.pool).await.unwrap();
        let asked: Vec<_> =
            asked.iter().map(|(trans_id, pay_id, wanted)| (&**trans_id, &**pay_id, *wanted)).collect();
        assert_eq!(asked, [("tea-2", "", 0), ("tea-3", "p3", 0), ("tea-4", "p4", 1)]);
        let matters = store.people().await.unwrap();
        let matters: Vec<_> = matters
            .iter()
            .map(|row| (row.id, &*row.reason, row.note.is_some(), row.inquiry.is_some()))
            .collect();
        assert_eq!(matters, [(1, "one", false, true), (2, "two", true, true)]);
        drop(store);
        let _ = std::fs::remove_dir_all(folder);
    }
}
