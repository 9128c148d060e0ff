//! What makes a refund one too many: its TransID stood before, or its payment has no more to give back.

mod seen;
mod share;

use crate::sort::Sorter;
use crate::{Entry, Finding, ReadError, Reader, ReconcileError, Record, Verdict, reconcile};
use paygate_params::{Money, PayId};
use seen::{Names, Seen, Source};
use share::{Kind, Limits};
use std::io::{self, Read};

/// Watches over what a file may give back: each refund once, and of each payment at most what was paid, as far as that is told.
///
/// It is asked when all records are known, so that as many of them as there are need no memory: what has to be compared is sorted,
/// in a temporary file where it is much. TransIDs are held as hashes under keys of the process; two of them are taken for one by
/// chance less than once in a million files of ten million records. In files of a master MID, each slave MID has TransIDs of its
/// own.
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

/// Payments and what was paid: only these can be given back, each up to that.
///
/// ```
/// use paygate_batch::{Guard, Payments};
/// use paygate_params::{Currency, Money, PayId};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut payments = Payments::new();
/// payments.paid(&PayId::new("7bbb448155234d8cbee323778952ce28")?, Money::new(1999, Currency::EUR)?)?;
/// let guard = Guard::of_payments(payments);
/// # Ok(())
/// # }
/// ```
pub struct Payments(Limits);

impl Payments {
    /// None, so that nothing can be given back.
    #[must_use]
    pub fn new() -> Self {
        Self(Limits::new())
    }

    /// One more. Told twice, it gives nothing back.
    ///
    /// # Errors
    ///
    /// If the temporary file cannot be written.
    pub fn paid(&mut self, pay_id: &PayId, money: Money) -> io::Result<()> {
        self.0.paid(pay_id, money)
    }
}

impl Default for Payments {
    fn default() -> Self {
        Self::new()
    }
}

/// Why an earlier file and its answer are not taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EarlierError {
    /// One of them cannot be read, or a line of it not be understood.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// They cannot be held against each other.
    #[error(transparent)]
    Reconcile(#[from] ReconcileError),
    /// They are not whole, or not of one file.
    #[error("the file and its answer are not whole, or not of one file")]
    NotWhole,
}

impl From<io::Error> for EarlierError {
    fn from(error: io::Error) -> Self {
        Self::Read(error.into())
    }
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

    /// Watches over what payments can give back, too.
    #[must_use]
    pub fn of_payments(payments: Payments) -> Self {
        Self { limits: Some(payments.0), ..Self::new() }
    }

    /// A file that was made before, handed over or answered: what stands in it must not stand in the new one, and counts as given
    /// back, whatever was answered. Told twice it counts twice: of a file before and after it was answered, tell one, or
    /// [both together](Guard::earlier_answered).
    ///
    /// # Errors
    ///
    /// If it cannot be read to its end without any error: what is half known protects nobody.
    pub fn earlier<R: Read>(&mut self, name: &str, file: &mut Reader<R>) -> Result<(), ReadError> {
        let source = self.names.source(name)?;
        for entry in file {
            self.see(&entry?, source, true)?;
        }
        Ok(())
    }

    /// A file that was made before, together with its answer: as [`Guard::earlier`], but that a refund that was refused beyond doubt
    /// counts for nothing. Its TransID must not come again all the same.
    ///
    /// # Errors
    ///
    /// If the two do not belong together, or are not whole.
    pub fn earlier_answered<S: Read, A: Read>(
        &mut self,
        name: &str,
        sent: Reader<S>,
        answered: Reader<A>,
    ) -> Result<(), EarlierError> {
        let source = self.names.source(name)?;
        let (mut seen, mut wrong) = (Ok(()), None);
        let told = reconcile(sent, answered, |finding| {
            let (entry, counts) = match finding {
                Finding::Answered { verdict, sent, .. } => (sent, verdict != Verdict::Failed),
                Finding::Changed { sent, .. } | Finding::Missing { sent } => (sent, true),
                Finding::Unexpected { answered } => (answered, true),
                Finding::Unreadable { error, .. } => {
                    wrong.get_or_insert_with(|| error.clone());
                    return;
                }
                // It is missing too, and counts so.
                Finding::Doubled { .. } => return,
            };
            if seen.is_ok() {
                seen = self.see(entry, source, counts);
            }
        })?;
        seen?;
        match wrong {
            Some(error) => Err(ReadError::from(error).into()),
            None if told.sent.is_none() || told.answered.is_none() || !told.same_head => {
                Err(EarlierError::NotWhole)
            }
            None => Ok(()),
        }
    }

    fn see(&mut self, entry: &Entry, source: Source, counts: bool) -> io::Result<()> {
        self.seen.push(Seen::new(self.names.trans_id(&entry.record), source, entry.line))?;
        match &mut self.limits {
            Some(limits) if counts => limits.push(&entry.record, Kind::Earlier, entry.line),
            _ => Ok(()),
        }
    }

    /// A record of the new file.
    ///
    /// # Errors
    ///
    /// If the temporary file cannot be written.
    pub fn admit(&mut self, line: u64, record: &Record) -> io::Result<()> {
        self.seen.push(Seen::new(self.names.trans_id(record), Source::NEW, line))?;
        match &mut self.limits {
            Some(limits) => limits.push(record, Kind::New, line),
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
