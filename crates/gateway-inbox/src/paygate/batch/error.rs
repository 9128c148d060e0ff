//! Why there is no file, and why an answer settles nothing.

use crate::InboxError;
use crate::refund::SettleError;
use paygate_batch::{FileName, FinishError, OutboxError, ReadError, ReconcileError, WriteError};

/// Why there is no file.
///
/// Where refunds were put into one before, it says under which name: [`BatchFiles::write_again`](super::BatchFiles::write_again)
/// goes on with it, and [`BatchFiles::withdraw`](super::BatchFiles::withdraw) takes it back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteFileError {
    /// There is no name for it, or the directory cannot be written. No refund is in it.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    /// The database says so. Whether refunds were put into the file is not known.
    #[error("{name}: {error}")]
    Inbox {
        /// The file.
        name: FileName,
        /// What the database says.
        error: InboxError,
    },
    /// Refunds that cannot stand in the file were not left to a person.
    #[error("{name}: {error}")]
    Settle {
        /// The file.
        name: FileName,
        /// Why not.
        error: SettleError,
    },
    /// No refund of it is to be sent.
    #[error("{name}: no refund of this file is to be sent")]
    Empty {
        /// The file.
        name: FileName,
    },
    /// The file cannot be written.
    #[error("{name}: {error}")]
    File {
        /// The file.
        name: FileName,
        /// Why not.
        error: FileFault,
    },
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileFault {
    /// It was not begun, or a line was not written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// It has no FOOT.
    #[error(transparent)]
    Finish(#[from] FinishError),
    /// It has no name.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    /// The task that writes it has ended.
    #[error("the task that writes it has ended")]
    Task,
}

/// Why an answer settles nothing. What was written down of it has to be rolled back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettleFileError {
    /// No refund of this account stands in a file of this name.
    #[error("no refund of this account stands in a file of this name")]
    NoSuchFile,
    /// The answer does not begin as one.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It cannot be held against what was sent.
    #[error(transparent)]
    Reconcile(#[from] ReconcileError),
    /// It is not whole, or not this file's: a line cannot be understood, FOOT is missing or counts otherwise, HEAD is another,
    /// or it answers other refunds and none of these.
    #[error("the answer is not whole, or that of another file: nothing of it is believed")]
    NotWhole,
    /// The ledger says so.
    #[error(transparent)]
    Ledger(#[from] SettleError),
    /// The database says so.
    #[error(transparent)]
    Inbox(#[from] InboxError),
}
