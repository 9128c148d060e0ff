//! Why a batch file is refused. No error holds a line's text, and none an amount.

use paygate_batch::{FileName, LineError, NameError, ReadError};
use std::io;
use std::path::PathBuf;

/// Why a batch file was not answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BatchError {
    /// Lines are wrong, FOOT is missing, or its count or sum is not that of the lines. Nothing was carried out.
    #[error("{count} errors in the file, the first: {}", .first.first().map(ToString::to_string).unwrap_or_default())]
    Lines {
        /// The first of them, at most [`BatchError::TOLD`].
        first: Vec<LineError>,
        /// How many there are.
        count: u64,
    },
    /// Its lines have a Status. Nothing was carried out.
    #[error("the file has answers in it already")]
    Answered,
    /// HEAD names nobody whose Paygate this is. Nothing was carried out.
    #[error("no merchant of the simulator has the MerchantID of HEAD")]
    UnknownMerchant,
    /// The file's name is none. Nothing was carried out.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The file's name is that of a file which waits or was processed. Nothing was carried out.
    #[error("{0} was not handed over: the name of such a file begins with T")]
    NotTransferred(
        /// The name.
        FileName,
    ),
    /// The file's name has another MerchantID than HEAD. Nothing was carried out.
    #[error("the name of the file does not hold the MerchantID of HEAD where it belongs")]
    NameOfAnother,
    /// Where the answer should be written, there is a file: it is not written over. Nothing was carried out, unless it came there
    /// meanwhile.
    #[error("{} is there already", .0.display())]
    Taken(
        /// The path.
        PathBuf,
    ),
    /// The file is not the one that was checked: it was changed meanwhile. What stood before was carried out.
    #[error("the file was changed while it was carried out: {0}")]
    Changed(ReadError),
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    Read(io::Error),
    /// The answer cannot be written. Refunds may have been carried out.
    #[error("the answer cannot be written: {0}")]
    Write(io::Error),
}

impl BatchError {
    /// How many wrong lines are told one by one.
    pub const TOLD: usize = 20;

    pub(super) fn line(error: LineError) -> Self {
        Self::Lines { first: vec![error], count: 1 }
    }
}
