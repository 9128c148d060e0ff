//! A refund under the lock of its payment: how it stands, and how it is written that it stands otherwise.

use super::state::unreadable;
use super::{Channel, Ledger, RefundId, RefundState};
use crate::database::{Cells, Database, Dialect, Value};
use crate::inbox::millis;
use crate::{InboxError, Key};
use std::time::Duration;

/// As when a refund is begun: whoever has an older view of the tables is refused by the database.
const LOCK: &str = "UPDATE gateway_payments SET changes = changes + 1
    WHERE payment = (SELECT payment FROM gateway_refunds WHERE id = $1) RETURNING payment";

/// The same, for whoever knows the refund by its file alone.
const LOCK_IN_FILE: &str = "UPDATE gateway_payments SET changes = changes + 1
    WHERE payment = (SELECT payment FROM gateway_refunds WHERE file = $1 AND reference = $2) RETURNING payment";

/// Under the lock: it may have been withdrawn meanwhile.
const FIND_IN_FILE: &str = "SELECT id FROM gateway_refunds WHERE file = $1 AND reference = $2";

/// The same of a refund that goes in a file, whichever it stands in, if any.
const LOCK_STRAY: &str = "UPDATE gateway_payments SET changes = changes + 1
    WHERE payment = (SELECT payment FROM gateway_refunds
                     WHERE gateway = $1 AND reference = $2 AND account = $3 AND channel = 'batch') RETURNING payment";

const FIND_STRAY: &str = "SELECT id FROM gateway_refunds
    WHERE gateway = $1 AND reference = $2 AND account = $3 AND channel = 'batch'";

/// Of those that make a file, or take it back, one does at a time. SQLite has one lock for all that write.
const LOCK_FILE: &str = "SELECT 1 FROM (SELECT pg_advisory_xact_lock($1) IS NULL) AS locked";

const READ: &str = "SELECT payment, channel, amount, state, token, sent_token, tries, asks, heard, note,
        {now} - sent_at, {now} - last_sent_at,
        CASE WHEN request IS NULL THEN 1 ELSE 0 END FROM gateway_refunds WHERE id = $1";

/// What of the payment is done, and how many others of it were sent and are not settled.
const BESIDE: &str = "SELECT
        CAST(coalesce(sum(CASE WHEN state = 'done' THEN amount ELSE 0 END), 0) AS bigint),
        CAST(coalesce(sum(CASE WHEN id <> $2 AND (tries > 0 OR state = 'sent')
                                    AND state NOT IN ('done', 'refused') THEN 1 ELSE 0 END), 0) AS bigint)
    FROM gateway_refunds WHERE payment = $1";

const WRITE: &str =
    "UPDATE gateway_refunds SET token = token + 1, state = $2, heard = nullif($3, ''), note = nullif($4, ''),
        due_at = {now} + $5, asks = $6,
        settled_at = CASE WHEN $7 = 1 THEN coalesce(settled_at, {now}) ELSE NULL END
    WHERE id = $1";

/// No byte of it left: it is as it was before it was claimed to be sent.
const UNSEND: &str =
    "UPDATE gateway_refunds SET token = token + 1, state = 'planned', tries = 0, asks = 0, heard = NULL,
        sent_at = NULL, last_sent_at = NULL, due_at = {now} + $2, file = NULL, note = nullif($3, '')
    WHERE id = $1";

/// What a gateway said to the newest sending, where that decides nothing alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Nothing, or nothing that tells.
    Nothing,
    /// It is open there: sent again, it would be done twice.
    Open,
    /// It was refused, after an earlier sending of which nothing is known.
    Refused,
}

impl Heard {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Open => "open",
            Self::Refused => "refused",
        }
    }
}

/// A refund, under the lock of its payment.
pub(super) struct Locked {
    pub(super) id: RefundId,
    pub(super) payment: Key,
    pub(super) channel: Channel,
    pub(super) amount: u64,
    pub(super) state: RefundState,
    pub(super) token: i64,
    pub(super) sent_token: i64,
    pub(super) tries: u32,
    pub(super) asks: u32,
    pub(super) heard: Heard,
    pub(super) note: String,
    /// Since it was sent first, and last.
    pub(super) since_first: Duration,
    pub(super) since_last: Duration,
    /// What would be sent is gone.
    pub(super) is_forgotten: bool,
}

/// What is beside a refund in its payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Beside {
    /// The sum of what is done.
    pub(super) done: u64,
    /// How many others were sent and are not settled.
    pub(super) out: u64,
}

/// How a refund is to stand.
pub(super) struct Standing<'a> {
    pub(super) state: RefundState,
    pub(super) heard: Heard,
    pub(super) note: &'a str,
    /// When the next one may take it.
    pub(super) due: Duration,
    pub(super) asks: u32,
}

impl<DB: Database> Ledger<DB> {
    /// Locks the refund's payment, and reads how the refund stands; `None` where there is no such refund.
    pub(super) async fn lock(
        &self,
        change: &mut DB::Connection,
        id: RefundId,
    ) -> Result<Option<Locked>, InboxError> {
        if DB::rows(change, LOCK, &[id.get().into()]).await?.is_empty() {
            return Ok(None);
        }
        self.read_locked(change, id).await
    }

    /// Locks the payment of the refund of this reference in this file; `None` where the file has none.
    pub(super) async fn lock_in_file(
        &self,
        change: &mut DB::Connection,
        file: &str,
        reference: &str,
    ) -> Result<Option<Locked>, InboxError> {
        self.lock_found(change, [LOCK_IN_FILE, FIND_IN_FILE], &[file.into(), reference.into()]).await
    }

    /// The same of the refund of this reference, whichever file it stands in, if any.
    pub(super) async fn lock_stray(
        &self,
        change: &mut DB::Connection,
        gateway: &str,
        account: &str,
        reference: &str,
    ) -> Result<Option<Locked>, InboxError> {
        let values = [gateway.into(), reference.into(), account.into()];
        self.lock_found(change, [LOCK_STRAY, FIND_STRAY], &values).await
    }

    async fn lock_found(
        &self,
        change: &mut DB::Connection,
        [lock, find]: [&str; 2],
        values: &[Value<'_>],
    ) -> Result<Option<Locked>, InboxError> {
        if DB::rows(change, lock, values).await?.is_empty() {
            return Ok(None);
        }
        let found = DB::rows(change, find, values).await?;
        let Some(row) = found.first() else { return Ok(None) };
        let id = RefundId::new(row.integer(0)?);
        self.read_locked(change, id).await
    }

    /// Locks the name of a file until the transaction ends.
    pub(super) async fn lock_file(&self, change: &mut DB::Connection, file: &str) -> Result<(), InboxError> {
        if self.inbox.dialect() == Dialect::Postgres {
            let key = Key::of("gateway_refunds file", [file]);
            let (number, _) = key.as_bytes().split_first_chunk().ok_or(unreadable("file"))?;
            DB::rows(change, LOCK_FILE, &[i64::from_be_bytes(*number).into()]).await?;
        }
        Ok(())
    }

    async fn read_locked(
        &self,
        change: &mut DB::Connection,
        id: RefundId,
    ) -> Result<Option<Locked>, InboxError> {
        let rows = DB::rows(change, &self.sql(READ), &[id.get().into()]).await?;
        rows.first().map(|row| Locked::read(id, row)).transpose()
    }

    pub(super) async fn beside(
        &self,
        change: &mut DB::Connection,
        payment: &Key,
        id: RefundId,
    ) -> Result<Beside, InboxError> {
        let rows = DB::rows(change, BESIDE, &[payment.into(), id.get().into()]).await?;
        let row = rows.first().ok_or(unreadable("amount"))?;
        let number = |column| u64::try_from(row.integer(column)?).map_err(|_| unreadable("amount"));
        Ok(Beside { done: number(0)?, out: number(1)? })
    }

    pub(super) async fn stand(
        &self,
        change: &mut DB::Connection,
        id: RefundId,
        standing: &Standing<'_>,
    ) -> Result<(), InboxError> {
        let values = [
            id.get().into(),
            standing.state.as_str().into(),
            standing.heard.as_str().into(),
            standing.note.into(),
            millis(standing.due).into(),
            i64::from(standing.asks).into(),
            i64::from(standing.state.is_settled()).into(),
        ];
        DB::execute(change, &self.sql(WRITE), &values).await?;
        Ok(())
    }

    pub(super) async fn unsend(
        &self,
        change: &mut DB::Connection,
        id: RefundId,
        due: Duration,
        note: &str,
    ) -> Result<(), InboxError> {
        let values = [id.get().into(), millis(due).into(), note.into()];
        DB::execute(change, &self.sql(UNSEND), &values).await?;
        Ok(())
    }
}

impl Locked {
    fn read(id: RefundId, row: &impl Cells) -> Result<Self, InboxError> {
        let count = |column| Ok::<_, InboxError>(u32::try_from(row.integer(column)?).unwrap_or(u32::MAX));
        // Never sent is sent just now: nothing follows from it.
        let since = |column| {
            let since = row.maybe_integer(column)?.unwrap_or(0);
            Ok::<_, InboxError>(Duration::from_millis(u64::try_from(since).unwrap_or(0)))
        };
        Ok(Self {
            id,
            payment: row.bytes(0)?.and_then(|key| Key::from_bytes(&key)).ok_or(unreadable("payment"))?,
            channel: Channel::read(row.text(1)?.as_deref())?,
            amount: u64::try_from(row.integer(2)?).map_err(|_| unreadable("amount"))?,
            state: RefundState::read(row.text(3)?.as_deref())?,
            token: row.integer(4)?,
            sent_token: row.integer(5)?,
            tries: count(6)?,
            asks: count(7)?,
            heard: match row.text(8)?.as_deref() {
                None => Heard::Nothing,
                Some("open") => Heard::Open,
                Some("refused") => Heard::Refused,
                Some(_) => return Err(unreadable("heard")),
            },
            note: row.text(9)?.unwrap_or_default(),
            since_first: since(10)?,
            since_last: since(11)?,
            is_forgotten: row.integer(12)? != 0,
        })
    }
}
