//! How the inbox stands, for a page of figures or an alarm.

use crate::database::{Cells, Database};
use crate::{Inbox, InboxError, Key};
use std::time::Duration;

const SEEN: &str = "SELECT count, acknowledged, first_at, last_at, done_at FROM gateway_inbox WHERE key = $1";

pub(crate) const CENSUS: &str = "SELECT
    (SELECT count(*) FROM gateway_inbox),
    (SELECT count(*) FROM gateway_inbox WHERE done_at IS NULL),
    (SELECT {now} - min(first_at) FROM gateway_inbox WHERE done_at IS NULL),
    (SELECT max(tries) FROM gateway_inbox WHERE done_at IS NULL)";

/// How often it is looked whether another process has handled a delivery.
const LOOK: Duration = Duration::from_millis(100);

/// How the inbox stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Census {
    /// All deliveries that ever came, each counted once.
    pub deliveries: u64,
    /// Those that are not handled yet.
    pub unfinished: u64,
    /// Since when the oldest of those waits.
    pub oldest: Option<Duration>,
    /// How often the one of them was tried that was tried most: more than a few say that a handler fails each time.
    pub most_tries: u64,
}

/// What is known of one delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// How often it came.
    pub count: u64,
    /// Whether its sender was ever told that it is stored.
    pub acknowledged: bool,
    /// When it came first, in milliseconds since 1970, by the database's clock.
    pub first_at: i64,
    /// When it came last.
    pub last_at: i64,
    /// When it was handled; `None` where it waits.
    pub done_at: Option<i64>,
}

impl<DB: Database> Inbox<DB> {
    /// What is known of the delivery with this key; `None` where it never came.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub async fn seen(&self, key: &Key) -> Result<Option<Seen>, InboxError> {
        let rows = self.read(SEEN, &[key.into()]).await?;
        let seen = |row: &DB::Row| {
            Ok(Seen {
                count: u64::try_from(row.integer(0)?).unwrap_or(0),
                acknowledged: row.integer(1)? != 0,
                first_at: row.integer(2)?,
                last_at: row.integer(3)?,
                done_at: row.maybe_integer(4)?,
            })
        };
        rows.first().map(seen).transpose()
    }

    /// Waits until the delivery with this key is handled, at most so long: for the page that a customer's browser is led to,
    /// which should say what the callback said that it brought. Handled by whatever process.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub async fn handled(&self, key: &Key, patience: Duration) -> Result<Option<Seen>, InboxError> {
        let wait = async {
            loop {
                // Before the look: what ends after it wakes.
                let done = self.shared().done.notified();
                match self.seen(key).await? {
                    Some(Seen { done_at: None, .. }) => {
                        // Another process says nothing when it has handled one.
                        let _ = tokio::time::timeout(LOOK, done).await;
                    }
                    known => return Ok(known),
                }
            }
        };
        match tokio::time::timeout(patience, wait).await {
            Ok(known) => known,
            Err(_) => self.seen(key).await,
        }
    }

    /// How the inbox stands.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub async fn census(&self) -> Result<Census, InboxError> {
        let rows = self.read(&self.shared().sql.census, &[]).await?;
        let cell = |column| rows.first().map_or(Ok(None), |row| row.maybe_integer(column));
        let number = |column| Ok::<_, InboxError>(u64::try_from(cell(column)?.unwrap_or(0)).unwrap_or(0));
        Ok(Census {
            deliveries: number(0)?,
            unfinished: number(1)?,
            oldest: cell(2)?.map(|age| Duration::from_millis(u64::try_from(age).unwrap_or(0))),
            most_tries: number(3)?,
        })
    }
}
