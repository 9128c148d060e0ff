//! Withdrawing: a file that was never handed over gives its refunds back.

use super::{Ledger, RefundId};
use crate::InboxError;
use crate::database::{Cells, Database};
use sqlx::Connection;
use std::time::Duration;

/// One payment after the other, in the order of the refunds: two that lock the same ones in different orders would lock each other
/// out. It writes before anything is read: a transaction that reads first may be refused by SQLite when it writes.
const LOCK_NEXT: &str = "UPDATE gateway_payments SET changes = changes + 1
    WHERE payment = (SELECT payment FROM gateway_refunds WHERE file = $1 AND state = 'sent' ORDER BY id LIMIT 1)
    RETURNING payment";

const SENT: &str =
    "SELECT id FROM gateway_refunds WHERE payment = $1 AND file = $2 AND state = 'sent' ORDER BY id";

const WITHDRAWN: &str = "its file was never handed over";

impl<DB: Database> Ledger<DB> {
    /// Takes back a file that certainly was never handed over, and never will be: those of its refunds that are still sent are
    /// planned again, for another file, and are told how many. What was settled or waits for a person stays in it.
    ///
    /// Where anybody may hand it over yet, this makes two refunds of one. In the shop's own transaction; a name that was
    /// withdrawn is better not used again.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    pub async fn withdraw_file(&self, change: &mut DB::Connection, file: &str) -> Result<u64, InboxError> {
        let mut part = Connection::begin(change).await?;
        self.lock_file(&mut part, file).await?;
        let mut withdrawn = 0_u64;
        loop {
            let locked = DB::rows(&mut part, LOCK_NEXT, &[file.into()]).await?;
            let Some(payment) = locked.first().map(|row| row.bytes(0)).transpose()?.flatten() else { break };
            for row in DB::rows(&mut part, SENT, &[payment.as_slice().into(), file.into()]).await? {
                self.unsend(&mut part, RefundId::new(row.integer(0)?), Duration::ZERO, WITHDRAWN).await?;
                withdrawn = withdrawn.saturating_add(1);
            }
        }
        part.commit().await?;
        Ok(withdrawn)
    }
}
