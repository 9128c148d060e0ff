//! Writing: refunds are put into a file by the ledger, and then it is written.

use super::error::FileFault;
use super::{BatchFiles, WriteFileError};
use crate::database::Database;
use crate::paygate::{GATEWAY, payment_key};
use crate::refund::{Claimed, FileAnswer, InFile, RefundId, RefundState};
use paygate_batch::{BatchDate, FileName, Guard, OutboxError, Pending, Record, Total, Writer};
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
    /// Refunds that the ledger has put into it and that do not stand there: what is stored of them is no line of this layout, or not
    /// that of the refund. They need a person.
    pub left_out: Vec<RefundId>,
}

const LEFT_OUT: &str = "its line is none of this file's, or not that of this refund: it was not sent";

impl<DB: Database> BatchFiles<DB> {
    /// Writes a file of the refunds that wait for one, the oldest first, so many at most and of one currency; `None` where none
    /// waits.
    ///
    /// # Errors
    ///
    /// If there is no file. Refunds that were put into it stay there: [`BatchFiles::write_again`].
    pub async fn write(&self, date: BatchDate, at_most: u32) -> Result<Option<Written>, WriteFileError> {
        loop {
            let mut pending = self.outbox.begin(self.merchant_id, date, self.transport)?;
            let name = pending.name();
            // Before they are put into it: whoever is stopped in between may have put them there.
            pending.keep_name();
            let claimed =
                self.ledger.claim_for_file(GATEWAY, &self.account, &name.to_string(), at_most).await;
            let Claimed { refunds, is_new } =
                claimed.map_err(|error| WriteFileError::Inbox { name, error })?;
            if !is_new {
                // Another outbox has given this name, and its file may have been handed over: the next one.
                continue;
            }
            if refunds.is_empty() {
                pending.give_up();
                return Ok(None);
            }
            return self.fill(pending, &refunds).await.map(Some);
        }
    }

    /// Writes a file again that a program has begun and not finished: those of its refunds that are still to be sent, in the same
    /// order. What was settled or decided meanwhile is left out.
    ///
    /// # Errors
    ///
    /// If it may have been handed over by now ([`OutboxError::Taken`]), is another merchant's, or no refund of it is to be sent.
    pub async fn write_again(&self, name: FileName) -> Result<Written, WriteFileError> {
        let name = self.own(name).ok_or(OutboxError::NotReserved(name))?;
        let pending = self.outbox.again(name)?;
        let refunds = self.ledger.in_file(GATEWAY, &self.account, &name.to_string()).await;
        let mut refunds = refunds.map_err(|error| WriteFileError::Inbox { name, error })?;
        refunds.retain(|refund| refund.state() == RefundState::Sent);
        self.fill(pending, &refunds).await
    }

    /// Takes a file back that was never handed over: from now on nobody can write it, and its refunds wait for another one. Tells
    /// how many. In the shop's own transaction; where that fails, it may be done again.
    ///
    /// # Errors
    ///
    /// [`OutboxError::Taken`] if it may have been handed over: then its refunds are settled by its answer, or by a person.
    pub async fn withdraw(&self, change: &mut DB::Connection, name: FileName) -> Result<u64, WriteFileError> {
        let name = self.own(name).ok_or(OutboxError::NotReserved(name))?;
        self.outbox.withdraw(name)?;
        let withdrawn = self.ledger.withdraw_file(change, &name.to_string()).await;
        withdrawn.map_err(|error| WriteFileError::Inbox { name, error })
    }

    async fn fill(&self, pending: Pending, refunds: &[InFile]) -> Result<Written, WriteFileError> {
        let name = pending.name();
        let (mut records, mut left_out) = (Vec::with_capacity(refunds.len()), Vec::new());
        for refund in refunds {
            match self.record(refund) {
                Some(record) => records.push(record),
                None => left_out.push(refund),
            }
        }
        if !left_out.is_empty() {
            self.leave_out(name, &left_out).await?;
        }
        if records.is_empty() {
            return Err(WriteFileError::Empty { name });
        }
        let (merchant_id, layout) = (self.merchant_id, self.layout);
        // What stands there was allowed when it was stored.
        let rules = self.rules.with_least_amount(0).with_most_digits(12);
        let left_out = left_out.into_iter().map(InFile::id).collect();
        let write = move || {
            let mut writer = Writer::new(pending, merchant_id, name.date(), layout, rules, Guard::new())?;
            for record in &records {
                writer.write(record)?;
            }
            let complete = writer.finish()?;
            let total = complete.total();
            Ok(Written { name, path: complete.publish()?, total, left_out })
        };
        // It waits for the disk.
        let written = tokio::task::spawn_blocking(write).await.unwrap_or(Err(FileFault::Task));
        written.map_err(|error| WriteFileError::File { name, error })
    }

    /// Leaves refunds to a person that cannot stand in a file, so that they stop neither this one nor the next.
    async fn leave_out(&self, name: FileName, refunds: &[&InFile]) -> Result<(), WriteFileError> {
        let inbox = |error| WriteFileError::Inbox { name, error };
        let mut change = self.ledger.inbox.begin().await.map_err(inbox)?;
        for refund in refunds {
            let answer = FileAnswer::Unclear { why: LEFT_OUT };
            let file = name.to_string();
            let left = self.ledger.settle_in_file(&mut change, &file, refund.reference(), answer).await;
            left.map_err(|error| WriteFileError::Settle { name, error })?;
        }
        change.commit().await.map_err(|error| inbox(error.into()))
    }

    /// What the ledger holds of a refund, read again; `None` where its line is none, or not that of the refund.
    pub(super) fn record(&self, refund: &InFile) -> Option<Record> {
        let line = str::from_utf8(refund.request()?).ok()?;
        let record = Record::of_line(line, self.layout).ok()?;
        let whose = record.slave.as_ref().unwrap_or(&self.merchant_id);
        let is_of_it = record.trans_id.as_str() == refund.reference()
            && record.money.amount().units() == refund.amount()
            && record.money.currency().as_str() == refund.currency()
            && payment_key(whose, &record.pay_id) == refund.payment();
        is_of_it.then_some(record)
    }
}
