//! Writing: refunds are put into a file by the ledger, and then it is written.

use super::error::FileFault;
use super::{BatchFiles, WriteFileError};
use crate::database::Database;
use crate::paygate::GATEWAY;
use crate::refund::{InFile, RefundState};
use paygate_batch::{BatchDate, FileName, Guard, Pending, Phase, Record, Total, Writer};
use std::path::PathBuf;

/// A file that is there.
#[derive(Debug)]
#[must_use]
pub struct Written {
    /// Its name.
    pub name: FileName,
    /// Where it is.
    pub path: PathBuf,
    /// Count and sum.
    pub total: Total,
}

impl<DB: Database> BatchFiles<DB> {
    /// Writes a file of the refunds that wait for one, the oldest first, so many at most; `None` where none waits.
    ///
    /// # Errors
    ///
    /// If there is no file. Refunds that were put into it stay there: [`BatchFiles::write_again`].
    pub async fn write(&self, date: BatchDate, at_most: u32) -> Result<Option<Written>, WriteFileError> {
        let mut pending = self.outbox.begin(self.merchant_id, date, self.transport)?;
        let name = pending.name();
        // Before they are put into it: whoever is stopped in between may have put them there.
        pending.keep_name();
        let claimed = self.ledger.claim_for_file(GATEWAY, &self.account, &name.to_string(), at_most).await;
        let refunds = claimed.map_err(|error| WriteFileError::Inbox { name, error })?;
        if refunds.is_empty() {
            pending.give_up();
            return Ok(None);
        }
        self.fill(pending, &refunds).await.map(Some)
    }

    /// Writes a file again that a program has begun and not finished: the same refunds, in the same order.
    ///
    /// # Errors
    ///
    /// If it may have been handed over by now ([`OutboxError::Taken`](paygate_batch::OutboxError::Taken)), or no refund is in it.
    pub async fn write_again(&self, name: FileName) -> Result<Written, WriteFileError> {
        let name = name.with_phase(Phase::Transferred);
        let pending = self.outbox.again(name)?;
        let refunds = self.ledger.in_file(&name.to_string()).await;
        let refunds = refunds.map_err(|error| WriteFileError::Inbox { name, error })?;
        self.fill(pending, &refunds).await
    }

    async fn fill(&self, pending: Pending, refunds: &[InFile]) -> Result<Written, WriteFileError> {
        let name = pending.name();
        if let Some(settled) = refunds.iter().find(|refund| refund.state() != RefundState::Sent) {
            return Err(WriteFileError::Settled { name, refund: settled.id().get() });
        }
        let records =
            refunds.iter().map(|refund| self.record(refund, name)).collect::<Result<Vec<_>, _>>()?;
        let (merchant_id, layout, rules) = (self.merchant_id, self.layout, self.rules);
        let write = move || {
            let mut writer = Writer::new(pending, merchant_id, name.date(), layout, rules, Guard::new())?;
            for record in &records {
                writer.write(record)?;
            }
            let complete = writer.finish()?;
            let total = complete.total();
            Ok(Written { name, path: complete.publish()?, total })
        };
        // It waits for the disk.
        let written = tokio::task::spawn_blocking(write).await.unwrap_or(Err(FileFault::Task));
        written.map_err(|error| WriteFileError::File { name, error })
    }

    /// What the ledger holds of a refund, read again.
    pub(super) fn record(&self, refund: &InFile, name: FileName) -> Result<Record, WriteFileError> {
        let id = refund.id().get();
        let line = refund.request().ok_or(WriteFileError::Settled { name, refund: id })?;
        let line = String::from_utf8_lossy(line);
        Record::of_line(&line, self.layout).map_err(|error| WriteFileError::Line { name, refund: id, error })
    }
}
