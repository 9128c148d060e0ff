//! Claims: who handles a delivery, and how it is said that it was handled.

use crate::database::{Cells, Database};
use crate::inbox::millis;
use crate::{Inbox, InboxError, Key};
use std::fmt;
use std::time::Duration;

pub(crate) const CLAIM: &str = "UPDATE gateway_inbox
    SET token = token + 1, tries = tries + 1, due_at = {now} + $1
    WHERE id IN (SELECT id FROM gateway_inbox WHERE done_at IS NULL AND due_at <= {now} AND payload IS NOT NULL
                 ORDER BY rank DESC, id LIMIT $2 {skip_locked})
    RETURNING id, token, tries, key, gateway, rank, payload, acknowledged, count";

pub(crate) const RENEW: &str = "UPDATE gateway_inbox SET due_at = {now} + $3
    WHERE id = $1 AND token = $2 AND done_at IS NULL RETURNING id";

pub(crate) const COMPLETE: &str = "UPDATE gateway_inbox SET done_at = {now}, failure = NULL
    WHERE id = $1 AND token = $2 AND done_at IS NULL";

/// Written by the worker at the start of its part of a transaction, and asked for at its end: SQLite may roll all back by itself,
/// as on a full disk, and what comes then is a commit of its own.
pub(crate) const MARK: &str = "UPDATE gateway_inbox SET failure = 'is being handled'
    WHERE id = $1 AND token = $2 AND done_at IS NULL";

pub(crate) const COMPLETE_MARKED: &str = "UPDATE gateway_inbox SET done_at = {now}, failure = NULL
    WHERE id = $1 AND token = $2 AND done_at IS NULL AND failure = 'is being handled'";

pub(crate) const FAIL: &str = "UPDATE gateway_inbox SET due_at = {now} + $3, failure = $4
    WHERE id = $1 AND token = $2 AND done_at IS NULL RETURNING id";

pub(crate) const NEXT: &str = "SELECT min(due_at) - {now} FROM gateway_inbox WHERE done_at IS NULL";

/// A delivery, and for a while the right to handle it.
///
/// While its lease lasts nobody else is given it. If it ends, somebody else may be, and then this claim cannot be
/// [completed](Claim::complete) any more: it holds an older token than the row. Nor can it be completed twice:
///
/// ```compile_fail,E0382
/// # use gateway_inbox::{Claim, Inbox};
/// # use sqlx::{Sqlite, SqliteConnection};
/// async fn twice(claim: Claim, inbox: &Inbox<Sqlite>, change: &mut SqliteConnection) {
///     let _ = claim.complete(inbox, &mut *change).await;
///     let _ = claim.complete(inbox, &mut *change).await; // it is gone
/// }
/// ```
pub struct Claim {
    id: i64,
    token: i64,
    tries: i64,
    key: Key,
    gateway: String,
    rank: i64,
    payload: Vec<u8>,
    acknowledged: bool,
    count: i64,
}

/// The claim's delivery is somebody else's now, or was handled.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompleteError {
    /// The lease ended and somebody else has claimed it since. What was done for this claim must be rolled back.
    #[error("the lease ended, and somebody else has the delivery: what was done for it must be rolled back")]
    Lost,
    /// The database says so.
    #[error(transparent)]
    Inbox(#[from] InboxError),
}

impl Claim {
    /// The delivery's key.
    #[must_use]
    pub fn key(&self) -> Key {
        self.key
    }

    /// The name of the gateway.
    #[must_use]
    pub fn gateway(&self) -> &str {
        &self.gateway
    }

    /// How much it says.
    #[must_use]
    pub fn rank(&self) -> i64 {
        self.rank
    }

    /// As it came.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Whether its sender was told, at any time, that it is stored; else only somebody who waits for no answer has brought it.
    #[must_use]
    pub fn is_acknowledged(&self) -> bool {
        self.acknowledged
    }

    /// How often it came until it was claimed.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.count
    }

    /// Which try this is, from 1.
    #[must_use]
    pub fn tries(&self) -> i64 {
        self.tries
    }

    fn read(row: &impl Cells) -> Result<Self, InboxError> {
        let unreadable = |column| InboxError::Unreadable { table: "gateway_inbox", column };
        Ok(Self {
            id: row.integer(0)?,
            token: row.integer(1)?,
            tries: row.integer(2)?,
            key: row.bytes(3)?.and_then(|key| Key::from_bytes(&key)).ok_or(unreadable("key"))?,
            gateway: row.text(4)?.ok_or(unreadable("gateway"))?,
            rank: row.integer(5)?,
            payload: row.bytes(6)?.ok_or(unreadable("payload"))?,
            acknowledged: row.integer(7)? != 0,
            count: row.integer(8)?,
        })
    }

    /// Says that it was handled, inside of the transaction that holds what was done: both are there, or neither. Not after an
    /// error of a statement in it, even if that did not matter: SQLite may have rolled all back by itself.
    ///
    /// # Errors
    ///
    /// [`CompleteError::Lost`] where the lease ended and somebody else has it: then the transaction must be rolled back.
    pub async fn complete<DB: Database>(
        self,
        inbox: &Inbox<DB>,
        change: &mut DB::Connection,
    ) -> Result<(), CompleteError> {
        self.write::<DB>(change, &inbox.shared().sql.complete).await
    }

    /// Marks it, inside of the transaction in which it is to be [completed](Claim::complete_marked).
    pub(crate) async fn mark<DB: Database>(
        &self,
        inbox: &Inbox<DB>,
        change: &mut DB::Connection,
    ) -> Result<(), CompleteError> {
        self.write::<DB>(change, &inbox.shared().sql.mark).await
    }

    /// As [`Claim::complete`], and only in the transaction in which it was marked.
    pub(crate) async fn complete_marked<DB: Database>(
        self,
        inbox: &Inbox<DB>,
        change: &mut DB::Connection,
    ) -> Result<(), CompleteError> {
        self.write::<DB>(change, &inbox.shared().sql.complete_marked).await
    }

    /// Runs a statement that changes this claim's row, as long as that is this claim's.
    async fn write<DB: Database>(&self, change: &mut DB::Connection, sql: &str) -> Result<(), CompleteError> {
        match DB::execute(change, sql, &[self.id.into(), self.token.into()]).await? {
            1 => Ok(()),
            _ => Err(CompleteError::Lost),
        }
    }

    pub(crate) fn ticket(&self) -> Ticket {
        Ticket { id: self.id, token: self.token, tries: self.tries }
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim")
            .field("key", &self.key)
            .field("gateway", &self.gateway)
            .field("tries", &self.tries)
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}

/// What is left of a claim that was given to a handler.
#[derive(Clone, Copy)]
pub(crate) struct Ticket {
    id: i64,
    token: i64,
    pub(crate) tries: i64,
}

impl<DB: Database> Inbox<DB> {
    /// Claims up to so many deliveries that wait, for so long; those that say most first. Most programs let a
    /// [`Worker`](crate::Worker) do it.
    ///
    /// ```
    /// # use gateway_inbox::{Delivery, Inbox, InboxError, Key};
    /// # use sqlx::{Sqlite, SqliteConnection};
    /// # use std::time::Duration;
    /// # async fn mark_paid(_: &mut SqliteConnection, _: &[u8]) -> Result<(), sqlx::Error> { Ok(()) }
    /// async fn handle(inbox: &Inbox<Sqlite>) -> Result<(), Box<dyn std::error::Error>> {
    ///     for claim in inbox.claim(10, Duration::from_secs(60)).await? {
    ///         let mut change = inbox.pool().begin_with("BEGIN IMMEDIATE").await?;
    ///         mark_paid(&mut change, claim.payload()).await?;
    ///         claim.complete(inbox, &mut change).await?; // an error drops the change, and nothing was done
    ///         change.commit().await?;
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    pub async fn claim(&self, most: u32, lease: Duration) -> Result<Vec<Claim>, InboxError> {
        let values = [millis(lease).into(), i64::from(most).into()];
        let rows = self.write(&self.shared().sql.claim, &values).await?;
        let mut claims = rows.iter().map(Claim::read).collect::<Result<Vec<_>, _>>()?;
        // RETURNING promises no order.
        claims.sort_by_key(|claim| (std::cmp::Reverse(claim.rank), claim.id));
        Ok(claims)
    }

    /// Makes the lease last so long from now; `false` where the delivery is somebody else's.
    pub(crate) async fn renew(&self, ticket: Ticket, lease: Duration) -> Result<bool, InboxError> {
        let values = [ticket.id.into(), ticket.token.into(), millis(lease).into()];
        Ok(!self.write(&self.shared().sql.renew, &values).await?.is_empty())
    }

    /// It was not handled, for this reason; another try is due after a while.
    pub(crate) async fn fail(&self, ticket: Ticket, pause: Duration, why: &str) -> Result<(), InboxError> {
        // PostgreSQL's texts hold no NUL.
        let why: String = why.replace('\0', "\u{FFFD}").chars().take(500).collect();
        let values = [ticket.id.into(), ticket.token.into(), millis(pause).into(), why.as_str().into()];
        self.write(&self.shared().sql.fail, &values).await?;
        Ok(())
    }

    /// How long until something is due; `None` where nothing waits.
    pub(crate) async fn until_the_next(&self) -> Result<Option<Duration>, InboxError> {
        let rows = self.read(&self.shared().sql.next, &[]).await?;
        let wait = rows.first().map_or(Ok(None), |row| row.maybe_integer(0))?;
        Ok(wait.map(|wait| Duration::from_millis(u64::try_from(wait).unwrap_or(0))))
    }
}
