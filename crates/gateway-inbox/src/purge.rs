//! What is kept and for how long, and what is told or forgotten about a customer.

use crate::database::{Cells, Database, Value};
use crate::inbox::millis;
use crate::{Inbox, InboxError, Key};
use std::fmt;
use std::time::Duration;

/// In portions, in the order in which those that come again are counted, and without those that are just being counted: two that
/// lock the same rows in different orders would lock each other out.
pub(crate) const PURGE: &str = "UPDATE gateway_inbox SET payload = NULL
    WHERE id IN (SELECT id FROM gateway_inbox
                 WHERE payload IS NOT NULL AND done_at IS NOT NULL AND done_at <= {now} - $1
                 ORDER BY key LIMIT $2 {skip_locked})
    RETURNING id";

/// Rows of a portion.
const PORTION: i64 = 500;

const ERASE: &str = "UPDATE gateway_inbox SET payload = NULL
    WHERE attempt = $1 AND payload IS NOT NULL AND done_at IS NOT NULL RETURNING id";

const UNFINISHED: &str = "SELECT count(*) FROM gateway_inbox WHERE attempt = $1 AND done_at IS NULL";

const EXPORT: &str = "SELECT gateway, payload, count, first_at, last_at, done_at FROM gateway_inbox
    WHERE attempt = $1 ORDER BY id";

pub(crate) const ACKNOWLEDGED: &str =
    "SELECT count(*) FROM gateway_inbox WHERE payment = $1 AND acknowledged = 1";

/// What the inbox holds of an attempt, for the customer who asks.
///
/// `Debug` does not show the payload.
#[derive(Clone, PartialEq, Eq)]
pub struct Exported {
    /// The name of the gateway.
    pub gateway: String,
    /// As it came; `None` where it was purged.
    pub payload: Option<Vec<u8>>,
    /// How often it came.
    pub count: i64,
    /// When it came first, in milliseconds since 1970, by the database's clock.
    pub first_at: i64,
    /// When it came last.
    pub last_at: i64,
    /// When it was handled.
    pub done_at: Option<i64>,
}

impl fmt::Debug for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exported")
            .field("gateway", &self.gateway)
            .field("count", &self.count)
            .field("first_at", &self.first_at)
            .finish_non_exhaustive()
    }
}

/// What was erased, and what could not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Erased {
    /// How many payloads are gone.
    pub erased: u64,
    /// How many are not handled yet, and stay until they are: the customer's money may be in them.
    pub unfinished: u64,
}

impl<DB: Database> Inbox<DB> {
    /// Forgets the payloads of all that was handled so long ago or longer, and tells how many. Keys stay: an old callback that
    /// comes again is still known.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    pub async fn purge(&self, older_than: Duration) -> Result<u64, InboxError> {
        let values = [millis(older_than).into(), PORTION.into()];
        let mut all = 0_u64;
        loop {
            let purged = self.write(&self.shared().sql.purge, &values).await?.len();
            all = all.saturating_add(u64::try_from(purged).unwrap_or(u64::MAX));
            if i64::try_from(purged) != Ok(PORTION) {
                return Ok(all);
            }
        }
    }

    /// All that came for an attempt. The payload is what the gateway sent; whether it is readable is the gateway's matter.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub async fn export(&self, attempt: &Key) -> Result<Vec<Exported>, InboxError> {
        let unreadable = |column| InboxError::Unreadable { table: "gateway_inbox", column };
        let rows = self.read(EXPORT, &[attempt.into()]).await?;
        let exported = |row: &DB::Row| {
            Ok(Exported {
                gateway: row.text(0)?.ok_or(unreadable("gateway"))?,
                payload: row.bytes(1)?,
                count: row.integer(2)?,
                first_at: row.integer(3)?,
                last_at: row.integer(4)?,
                done_at: row.maybe_integer(5)?,
            })
        };
        rows.iter().map(exported).collect()
    }

    /// Forgets the payloads of all that came for an attempt and was handled. Keys stay.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    pub async fn erase(&self, attempt: &Key) -> Result<Erased, InboxError> {
        let erased = self.write(ERASE, &[attempt.into()]).await?;
        let rows = self.read(UNFINISHED, &[attempt.into()]).await?;
        let unfinished = rows.first().map_or(Ok(0), |row| row.integer(0))?;
        let number = |count| u64::try_from(count).unwrap_or(0);
        Ok(Erased { erased: u64::try_from(erased.len()).unwrap_or(u64::MAX), unfinished: number(unfinished) })
    }

    /// Whether a gateway was told that a result of this payment is stored. Before that, Paygate takes no follow-up of it.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub async fn is_acknowledged(&self, payment: &Key) -> Result<bool, InboxError> {
        let rows = self.read(ACKNOWLEDGED, &[Value::from(payment)]).await?;
        Ok(rows.first().map_or(Ok(0), |row| row.integer(0))? > 0)
    }
}
