//! How the inbox stands, for a page of figures or an alarm.

use crate::database::{Cells, Database};
use crate::{Inbox, InboxError};
use std::time::Duration;

pub(crate) const CENSUS: &str = "SELECT
    (SELECT count(*) FROM gateway_inbox),
    (SELECT count(*) FROM gateway_inbox WHERE done_at IS NULL),
    (SELECT {now} - min(first_at) FROM gateway_inbox WHERE done_at IS NULL),
    (SELECT max(tries) FROM gateway_inbox WHERE done_at IS NULL)";

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

impl<DB: Database> Inbox<DB> {
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
