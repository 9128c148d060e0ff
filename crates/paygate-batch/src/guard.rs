//! What makes a refund one too many: its TransID stood before, or its payment has no more to give back.

mod seen;
mod share;

use crate::sort::Sorter;
use crate::{Entry, ReadError, Reader, Record, Verdict};
use paygate_params::{Money, PayId};
use seen::{Names, Seen, Source};
use share::{Limits, Role};
use std::io::{self, Read};

/// Watches over what a file may give back: each refund once, and of each payment at most what was paid, as far as that is told.
///
/// It is asked when all records are known, so that as many of them as there are need no memory: what has to be compared is sorted,
/// in a temporary file where it is much. TransIDs are held as hashes under keys of the process; two of them are taken for one by
/// chance less than once in a million files of ten million records.
///
/// ```
/// use paygate_batch::{Guard, Reader, Refused};
///
/// let earlier = "HEAD,Shop,20261121,1.0\nTrustly,Credit,100,EUR,r-1,0123456789abcdef0123456789abcdef\nFOOT,1,100\n";
/// let mut guard = Guard::new();
/// guard.earlier("T20261121Shop001.dat", &mut Reader::new(earlier.as_bytes())?)?;
/// for entry in Reader::new(earlier.as_bytes())? {
///     let entry = entry?;
///     guard.admit(entry.line, &entry.record)?;
/// }
/// let mut refused = Vec::new();
/// guard.finish(|one| refused.push(one))?;
/// assert_eq!(refused, [Refused::InEarlierFile { line: 2, file: "T20261121Shop001.dat".into(), earlier: 2 }]);
/// # Ok::<(), paygate_batch::ReadError>(())
/// ```
pub struct Guard {
    names: Names,
    seen: Sorter<Seen>,
    limits: Option<Limits>,
}

/// Why a record must not stand in a file. Lines are those of its file, from 1; none holds an amount.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// Its TransID stands in the file already.
    #[error("line {line}: TransID: stands in line {earlier} already")]
    Doubled {
        /// The line.
        line: u64,
        /// The line with the same TransID.
        earlier: u64,
    },
    /// Its TransID stands in an earlier file.
    #[error("line {line}: TransID: stands in line {earlier} of {file} already")]
    InEarlierFile {
        /// The line.
        line: u64,
        /// The file, by the name that it was told by.
        file: String,
        /// The line there.
        earlier: u64,
    },
    /// Payments were told, and this one is none of them.
    #[error("line {line}: PayID: is none of the payments that were told")]
    NoSuchPayment {
        /// The line.
        line: u64,
    },
    /// The payment has another currency.
    #[error("line {line}: Currency: is not that of the payment")]
    OtherCurrency {
        /// The line.
        line: u64,
    },
    /// With what went back before, here and in earlier files, it is more than was paid.
    #[error("line {line}: Amount: is more than is left of the payment")]
    TooMuch {
        /// The line.
        line: u64,
    },
    /// A payment was told twice, so nobody knows how much of it can go back.
    #[error("line {line}: PayID: the payment was told twice")]
    PaymentToldTwice {
        /// The line of the first refund of it.
        line: u64,
    },
}

impl Refused {
    /// The line of the file that it is about.
    #[must_use]
    pub const fn line(&self) -> u64 {
        match self {
            Self::Doubled { line, .. }
            | Self::InEarlierFile { line, .. }
            | Self::NoSuchPayment { line }
            | Self::OtherCurrency { line }
            | Self::TooMuch { line }
            | Self::PaymentToldTwice { line } => *line,
        }
    }
}

impl Default for Guard {
    fn default() -> Self {
        Self::new()
    }
}

impl Guard {
    /// Watches over TransIDs alone.
    #[must_use]
    pub fn new() -> Self {
        Self { names: Names::new(), seen: Sorter::new(), limits: None }
    }

    /// A file that was made before: what stands in it must not stand in the new one, and counts as given back, but for what Paygate
    /// says that it refused. The same file before and after it was answered may both be told.
    ///
    /// # Errors
    ///
    /// If it cannot be read to its end without any error: what is half known protects nobody.
    pub fn earlier<R: Read>(&mut self, name: &str, file: &mut Reader<R>) -> Result<(), ReadError> {
        let source = self.names.source(name)?;
        for entry in file {
            let Entry { line, record, answer } = entry?;
            let trans_id = self.names.trans_id(&record);
            self.seen.push(Seen::new(trans_id, source, line))?;
            if let Some(limits) = &mut self.limits {
                let is_refused = answer.is_some_and(|answer| answer.verdict() == Verdict::Failed);
                limits.push(&record, Role::Earlier { trans_id, is_refused }, line)?;
            }
        }
        Ok(())
    }

    /// A payment and what was paid: from now on, only payments that were told can be given back, each up to this. To be called before
    /// [`Guard::earlier`], which else does not count amounts.
    ///
    /// # Errors
    ///
    /// If the temporary file cannot be written.
    pub fn paid(&mut self, pay_id: &PayId, money: Money) -> io::Result<()> {
        self.limits.get_or_insert_with(Limits::new).paid(pay_id, money)
    }

    /// Only payments that are told by [`Guard::paid`] can be given back, and if none is told, none.
    pub fn limit(&mut self) {
        self.limits.get_or_insert_with(Limits::new);
    }

    /// A record of the new file.
    ///
    /// # Errors
    ///
    /// If the temporary file cannot be written.
    pub fn admit(&mut self, line: u64, record: &Record) -> io::Result<()> {
        self.seen.push(Seen::new(self.names.trans_id(record), Source::NEW, line))?;
        match &mut self.limits {
            Some(limits) => limits.push(record, Role::New, line),
            None => Ok(()),
        }
    }

    /// Tells every record that must not stand in the file, by no certain order.
    ///
    /// # Errors
    ///
    /// If the temporary file cannot be read.
    pub fn finish(self, mut refuse: impl FnMut(Refused)) -> io::Result<()> {
        seen::compare(self.seen.sorted()?, &self.names, &mut refuse)?;
        match self.limits {
            Some(limits) => limits.compare(&mut refuse),
            None => Ok(()),
        }
    }
}
