//! Forgetting: the bytes of refunds that are over. Their rows stay, since what was given back must be known for ever.

use super::Ledger;
use crate::database::Database;
use crate::inbox::millis;
use crate::{Erased, InboxError, Key};
use std::time::Duration;

const PURGE: &str = "UPDATE gateway_refunds SET request = NULL
    WHERE request IS NOT NULL AND settled_at <= {now} - $1 RETURNING id";

const ERASE: &str = "UPDATE gateway_refunds SET request = NULL
    WHERE payment = $1 AND request IS NOT NULL AND settled_at IS NOT NULL RETURNING id";

const UNFINISHED: &str = "SELECT id FROM gateway_refunds WHERE payment = $1 AND request IS NOT NULL";

impl<DB: Database> Ledger<DB> {
    /// Forgets what was sent for all refunds that were settled so long ago or longer, and tells how many they are. All else of
    /// them stays.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    pub async fn purge(&self, older_than: Duration) -> Result<u64, InboxError> {
        let purged = self.inbox.write(&self.sql(PURGE), &[millis(older_than).into()]).await?;
        Ok(u64::try_from(purged.len()).unwrap_or(u64::MAX))
    }

    /// Forgets what was sent for the settled refunds of a payment. What is not settled keeps its bytes until it is: the
    /// customer's money may be in them.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    pub async fn erase(&self, payment: &Key) -> Result<Erased, InboxError> {
        let erased = self.inbox.write(ERASE, &[payment.into()]).await?;
        let unfinished = self.inbox.read(UNFINISHED, &[payment.into()]).await?;
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        Ok(Erased { erased: number(erased.len()), unfinished: number(unfinished.len()) })
    }
}
