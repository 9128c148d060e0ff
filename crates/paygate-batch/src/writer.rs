//! Writing a file: HEAD, records that are checked as they come, FOOT with their count and sum.

use crate::guard::{Guard, Refused};
use crate::line::push;
use crate::record::RecordOf;
use crate::rules::SEPARATORS;
use crate::{BatchDate, Edition, Field, Layout, LineError, Record, Rule, Rules, Shape, Total};
use paygate_params::{Currency, MerchantId};
use std::fmt;
use std::io::{self, Write};

/// How lines end. No public page says how they must.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineEnd {
    /// CR LF: Paygate runs on Windows.
    #[default]
    CrLf,
    /// LF.
    Lf,
}

/// How much is gathered before it is written.
const GATHERED: usize = 64 * 1024;

/// How many refused records are told one by one.
const TOLD: usize = 1000;

/// Writes a file. Its version is a type, so a record with a field that the version's lines do not have does not compile:
///
/// ```
/// use paygate_batch::{BatchDate, Guard, Record, Rules, V1_0, Writer};
/// use paygate_params::{Currency, MerchantId, Money, PayId, RefNr, TransId};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mid = MerchantId::new("YourMerchantId")?;
/// let mut writer = Writer::new(Vec::new(), mid, BatchDate::new(2026, 11, 22)?, V1_0, Rules::default(), Guard::new())?;
/// writer.write(&Record::new(
///     Money::new(999, Currency::EUR)?,
///     TransId::new("refund-1")?,
///     PayId::new("7bbb448155234d8cbee323778952ce28")?,
/// ))?;
/// let file = writer.finish()?.into_inner();
/// assert_eq!(
///     String::from_utf8(file)?,
///     "HEAD,YourMerchantId,20261122,1.0\r\n\
///      Trustly,Credit,999,EUR,refund-1,7bbb448155234d8cbee323778952ce28\r\n\
///      FOOT,1,999\r\n"
/// );
/// # Ok(())
/// # }
/// ```
///
/// ```compile_fail
/// # use paygate_batch::{BatchDate, Guard, Record, Rules, V1_0, Writer};
/// # use paygate_params::{MerchantId, Money, PayId, RefNr, TransId};
/// # fn refunds(money: Money, trans_id: TransId, pay_id: PayId, mid: MerchantId) {
/// # let date = BatchDate::new(2026, 11, 22).unwrap();
/// # let mut writer = Writer::new(Vec::new(), mid, date, V1_0, Rules::default(), Guard::new()).unwrap();
/// let ref_nr = RefNr::new("2026-11").unwrap();
/// writer.write(&Record::new(money, trans_id, pay_id).with_ref_nr(Some(ref_nr))); // 1.0 has no RefNr
/// # }
/// ```
///
/// Where the version is told when the program runs, it is a [`Layout`], and what does not fit is an error.
pub struct Writer<W, E> {
    output: W,
    layout: Layout,
    edition: std::marker::PhantomData<E>,
    rules: Rules,
    guard: Guard,
    line_end: LineEnd,
    gathered: Vec<u8>,
    /// The line that is written next, from 1.
    line: u64,
    currency: Option<Currency>,
    total: Total,
}

/// Why a record was not written, or the file not begun.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The record breaks a rule. Nothing of it was written: the next one stands in its line.
    #[error(transparent)]
    Line(#[from] LineError),
    /// It cannot be written to where the file goes.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Why a file was not finished. It has no FOOT.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FinishError {
    /// Refunds are one too many.
    #[error("{count} records must not stand in the file, the first: {}", .first.first().map(ToString::to_string).unwrap_or_default())]
    Refused {
        /// How many.
        count: u64,
        /// The first of them by line, at most a thousand.
        first: Vec<Refused>,
    },
    /// It cannot be written to where the file goes, or the temporary file of what was compared cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A file with its FOOT, written through. Only a [`Writer`] makes it.
#[must_use = "a file of an outbox is there when it is published"]
pub struct Complete<W> {
    output: W,
    total: Total,
}

impl<W: Write, E: Edition> Writer<W, E> {
    /// Begins a file: writes HEAD. In the file of a master MID, `merchant_id` is the master.
    ///
    /// # Errors
    ///
    /// If the MerchantID holds a comma or a quotation mark, or it cannot be written.
    pub fn new(
        output: W,
        merchant_id: MerchantId,
        date: BatchDate,
        edition: E,
        rules: Rules,
        guard: Guard,
    ) -> Result<Self, WriteError> {
        let layout = edition.layout();
        if merchant_id.as_str().contains(SEPARATORS) {
            let column = "HEAD,".len().saturating_add(1);
            return Err(
                LineError { line: 1, column, field: Some(Field::MerchantId), rule: Rule::Separator }.into()
            );
        }
        let mut writer = Self {
            output,
            layout,
            edition: std::marker::PhantomData,
            rules,
            guard,
            line_end: LineEnd::default(),
            gathered: Vec::with_capacity(GATHERED.saturating_add(512)),
            line: 1,
            currency: None,
            total: Total::default(),
        };
        write!(writer.gathered, "HEAD,{merchant_id},{date},{}", layout.version())?;
        Ok(writer)
    }

    /// The same with other line ends. For all lines, HEAD's too.
    #[must_use]
    pub fn with_line_end(self, line_end: LineEnd) -> Self {
        Self { line_end, ..self }
    }

    /// Writes a record.
    ///
    /// # Errors
    ///
    /// If it breaks a rule, and then nothing is written of it; or if it cannot be written. That its TransID stood before,
    /// [`Writer::finish`] says.
    pub fn write(&mut self, record: &RecordOf<E>) -> Result<(), WriteError> {
        self.put(&record.forget())
    }

    /// Which line a record that is written next stands in, from 1: that of HEAD.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.line.saturating_add(1)
    }

    /// Count and sum of what was written so far.
    #[must_use]
    pub const fn so_far(&self) -> Total {
        self.total
    }

    fn put(&mut self, record: &Record) -> Result<(), WriteError> {
        let line = self.line.saturating_add(1);
        self.rules.hold(self.layout, self.currency, record).map_err(|broken| broken.at(line))?;
        self.guard.admit(line, record)?;
        self.end_line()?;
        push(&mut self.gathered, record, Shape::of_request(self.layout));
        self.currency = Some(record.money.currency());
        self.total.add(record.money.amount().units());
        Ok(())
    }

    /// Ends the line that was begun, and begins the next one.
    fn end_line(&mut self) -> io::Result<()> {
        self.gathered.extend(match self.line_end {
            LineEnd::CrLf => b"\r\n".as_slice(),
            LineEnd::Lf => b"\n",
        });
        self.line = self.line.saturating_add(1);
        if self.gathered.len() >= GATHERED {
            self.output.write_all(&self.gathered)?;
            self.gathered.clear();
        }
        Ok(())
    }

    /// Compares what was written with itself and with what the [`Guard`] was told, and writes FOOT.
    ///
    /// # Errors
    ///
    /// If a record must not stand in the file, or it cannot be written: the file has no FOOT then, and nobody takes it for one.
    pub fn finish(mut self) -> Result<Complete<W>, FinishError> {
        let (mut count, mut first) = (0_u64, Vec::new());
        let guard = std::mem::take(&mut self.guard);
        guard.finish(|refused| {
            count = count.saturating_add(1);
            first.push(refused);
            if first.len() >= TOLD.saturating_mul(2) {
                keep_first(&mut first);
            }
        })?;
        if count > 0 {
            keep_first(&mut first);
            return Err(FinishError::Refused { count, first });
        }
        self.end_line()?;
        write!(self.gathered, "FOOT,{},{}", self.total.records, self.total.sum)?;
        self.end_line()?;
        self.output.write_all(&self.gathered)?;
        self.output.flush()?;
        Ok(Complete { output: self.output, total: self.total })
    }
}

fn keep_first(refused: &mut Vec<Refused>) {
    refused.sort_by_key(Refused::line);
    refused.truncate(TOLD);
}

impl<W> Complete<W> {
    /// Count and sum, as FOOT has them.
    #[must_use]
    pub const fn total(&self) -> Total {
        self.total
    }

    /// What the file was written to.
    #[must_use]
    pub fn into_inner(self) -> W {
        self.output
    }

    pub(crate) const fn output(&self) -> &W {
        &self.output
    }
}

impl<W, E> fmt::Debug for Writer<W, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("layout", &self.layout)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

impl<W> fmt::Debug for Complete<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Complete").field("total", &self.total).finish_non_exhaustive()
    }
}
