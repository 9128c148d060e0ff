//! The inbox: a pool of connections, its statements, and who waits for what.

use crate::database::{self, Database, Dialect, Lent, Value};
use crate::store::Queue;
use crate::{InboxError, schema};
use sqlx::{Connection, Pool, Transaction};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard, Notify};

/// Deliveries, stored before they are acknowledged and handled once. Clones share all.
///
/// ```
/// use gateway_inbox::{Delivery, Inbox, Key, Stored};
/// use sqlx::SqlitePool;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let options = gateway_inbox::durable(&folder.path().join("shop.sqlite"));
/// let inbox = Inbox::open(SqlitePool::connect_with(options).await?).await?;
/// let delivery = Delivery {
///     gateway: "paygate",
///     key: Key::of("callback", ["trustly", "YourMerchantId", "7bbb…", "tea-1", "OK", "00000000"]),
///     attempt: Key::of("attempt", ["trustly", "YourMerchantId", "tea-1"]),
///     payment: Key::of("payment", ["YourMerchantId", "7bbb…"]),
///     payload: b"MerchantID=YourMerchantId&Len=67&Data=0a1b".to_vec(),
///     rank: 4,
///     acknowledged: true,
/// };
/// assert_eq!(inbox.store(delivery.clone()).await?, Stored::New);
/// assert_eq!(inbox.store(delivery).await?, Stored::Unfinished); // one row, however often it comes
/// # Ok(())
/// # }
/// ```
pub struct Inbox<DB: Database> {
    pool: Pool<DB>,
    dialect: Dialect,
    shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) sql: Statements,
    pub(crate) queue: Queue,
    /// Something was stored: a worker of this process need not wait for its next look.
    pub(crate) news: Notify,
    /// Something was handled by a worker of this process.
    pub(crate) done: Notify,
    /// Where the database has one lock for writing, those of this process wait here in line, and not by trying again.
    writer: Mutex<()>,
}

/// All statements, in the database's dialect.
pub(crate) struct Statements {
    pub(crate) upsert: [String; 2],
    pub(crate) claim: String,
    pub(crate) renew: String,
    pub(crate) complete: String,
    pub(crate) mark: String,
    pub(crate) complete_marked: String,
    pub(crate) fail: String,
    pub(crate) next: String,
    pub(crate) census: String,
    pub(crate) purge: String,
}

impl Statements {
    fn new(dialect: Dialect) -> Self {
        use crate::{census, claim, purge, store};
        Self {
            upsert: store::UPSERT.map(|text| dialect.sql(text)),
            claim: dialect.sql(claim::CLAIM),
            renew: dialect.sql(claim::RENEW),
            complete: dialect.sql(claim::COMPLETE),
            mark: dialect.sql(claim::MARK),
            complete_marked: dialect.sql(claim::COMPLETE_MARKED),
            fail: dialect.sql(claim::FAIL),
            next: dialect.sql(claim::NEXT),
            census: dialect.sql(census::CENSUS),
            purge: dialect.sql(purge::PURGE),
        }
    }
}

impl<DB: Database> Inbox<DB> {
    /// Opens the inbox in the shop's own database, and brings its tables up to date: `gateway_inbox` and others that begin with
    /// `gateway_`.
    ///
    /// An acknowledged delivery must outlive a loss of power. PostgreSQL's defaults see to that; SQLite's do not:
    /// [`durable`](crate::durable) has the options.
    ///
    /// # Errors
    ///
    /// If the database cannot be reached, or its tables are those of a newer program.
    pub async fn open(pool: Pool<DB>) -> Result<Self, InboxError> {
        let dialect = schema::migrate(&pool).await?;
        let shared = Shared {
            sql: Statements::new(dialect),
            queue: Queue::default(),
            news: Notify::new(),
            done: Notify::new(),
            writer: Mutex::new(()),
        };
        Ok(Self { pool, dialect, shared: Arc::new(shared) })
    }

    /// The database.
    #[must_use]
    pub fn pool(&self) -> &Pool<DB> {
        &self.pool
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// A place in the line of writers, where there is such a line.
    pub(crate) async fn turn(&self) -> Option<MutexGuard<'_, ()>> {
        if self.dialect.has_one_writer() { Some(self.shared.writer.lock().await) } else { None }
    }

    /// Begins a transaction that writes, in the way that the database wants: SQLite's takes the one lock for writing at once, and
    /// PostgreSQL's is `READ COMMITTED`. Whoever is dropped while it begins leaves none open, as `Pool::begin` of sqlx may.
    ///
    /// # Errors
    ///
    /// If the database cannot be reached, or another one writes for too long.
    pub async fn begin(&self) -> Result<Transaction<'static, DB>, InboxError> {
        database::begin(&self.pool, self.dialect.begin()).await
    }

    /// One statement that writes, in a transaction of its own.
    pub(crate) async fn write(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<DB::Row>, InboxError> {
        let _turn = self.turn().await;
        let mut lent = Lent::of(&self.pool).await?;
        // A statement by itself would be committed too, but not on a connection on which a transaction was left open.
        let mut change = lent.connection().begin_with(self.dialect.begin()).await?;
        let rows = DB::rows(&mut change, sql, values).await?;
        change.commit().await?;
        lent.give_back();
        Ok(rows)
    }

    /// One statement that reads.
    pub(crate) async fn read(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<DB::Row>, InboxError> {
        DB::rows(&mut *self.pool.acquire().await?, sql, values).await
    }
}

impl<DB: Database> Clone for Inbox<DB> {
    fn clone(&self) -> Self {
        Self { pool: self.pool.clone(), dialect: self.dialect, shared: Arc::clone(&self.shared) }
    }
}

impl<DB: Database> fmt::Debug for Inbox<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox").field("dialect", &self.dialect).finish_non_exhaustive()
    }
}

/// A time as the tables have it, in milliseconds.
pub(crate) fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 4)
}
