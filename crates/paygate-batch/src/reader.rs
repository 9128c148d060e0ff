//! Reading a file: HEAD, one record after the other, and FOOT held against them.

pub(crate) mod parse;
mod quick;

use crate::lines::{Line, Lines, MAX_LINE};
use crate::{Answer, BatchDate, Layout, LineError, ReadError, Record, Rule, Shape, Total, Version};
use parse::Columns;
use paygate_params::MerchantId;
use std::io::Read;

/// What HEAD says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The merchant; in the file of a master MID, the master.
    pub merchant_id: MerchantId,
    /// The date, as it stands there: no public page says how it is written.
    pub date: String,
    /// The version.
    pub version: Version,
}

impl Head {
    /// The date, where it is written as this crate writes it.
    #[must_use]
    pub fn day(&self) -> Option<BatchDate> {
        self.date.parse().ok()
    }
}

/// A record, and what came of it, where the file was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which line of the file it is, from 1: that of HEAD.
    pub line: u64,
    /// The refund.
    pub record: Record,
    /// What Paygate wrote behind it.
    pub answer: Option<Answer>,
}

/// Reads a file, handed over or answered, with a buffer of fixed size.
///
/// As an iterator it gives out each record, or what is wrong with it; after an error it goes on with the next line, so whoever
/// wants all errors goes on and whoever wants one stops. FOOT's count and sum are compared when it comes, and an error of them
/// comes last. What was read is a whole file only if [`Reader::total`] is there at the end.
///
/// Line ends may be of any kind, and UTF-8's BOM may stand first; otherwise it is strict. Which fields a line has, the first
/// record that can be understood decides; whether that is what the version says, [`Reader::shape`] and
/// [`Reader::is_as_the_version_says`] tell.
///
/// ```
/// use paygate_batch::{Reader, Verdict};
///
/// let file = "HEAD,YourMerchantId,20261122,2.1\r\n\
///     Trustly,Credit,999,EUR,refund-1,,7bbb448155234d8cbee323778952ce28,OK,00000000\r\n\
///     FOOT,1,999\r\n";
/// let mut reader = Reader::new(file.as_bytes())?;
/// for entry in &mut reader {
///     let entry = entry?;
///     assert_eq!(entry.record.trans_id.as_str(), "refund-1");
///     assert_eq!(entry.answer.map(|answer| answer.verdict()), Some(Verdict::PaidBack));
/// }
/// assert_eq!(reader.total().map(|total| total.records), Some(1));
/// # Ok::<(), paygate_batch::ReadError>(())
/// ```
pub struct Reader<R> {
    lines: Lines<R>,
    head: Head,
    shape: Option<Shape>,
    /// The same for lines that no shape fits.
    usual: Shape,
    counted: Total,
    /// An amount could not be read, so the sum cannot be compared.
    sum_is_unknown: bool,
    had_errors: bool,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Records,
    Foot,
    Over,
}

impl<R: Read> Reader<R> {
    /// Reads HEAD.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or does not begin with a HEAD that can be understood.
    pub fn new(input: R) -> Result<Self, ReadError> {
        let mut lines = Lines::new(input);
        let head = match lines.next()? {
            Some(Line::Text(line) | Line::Unended(line)) => {
                parse::head(line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line))?
            }
            Some(Line::TooLong) => return Err(too_long(1).into()),
            None => return Err(LineError { line: 1, column: 1, field: None, rule: Rule::Head }.into()),
        };
        let usual = Shape::of_request(Layout::new(head.version));
        Ok(Self {
            lines,
            head,
            shape: None,
            usual,
            counted: Total::default(),
            sum_is_unknown: false,
            had_errors: false,
            state: State::Records,
        })
    }

    /// What HEAD says.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// Which fields the lines have; `None` before the first record that could be understood.
    #[must_use]
    pub const fn shape(&self) -> Option<Shape> {
        self.shape
    }

    /// Whether the lines have the fields that the version asks for. `false` is no error: the vendor's page contradicts itself
    /// ([the crate's docs](crate#what-the-page-says)), and what was read is what stands there.
    #[must_use]
    pub fn is_as_the_version_says(&self) -> bool {
        self.shape.is_none_or(|shape| shape.is_of(Layout::new(self.head.version)))
    }

    /// Count and sum, once FOOT was read and said the same; `None` before, and after any error.
    #[must_use]
    pub fn total(&self) -> Option<Total> {
        (self.state == State::Over && !self.had_errors).then_some(self.counted)
    }

    /// Count and sum of what was read so far. The sum is that of the amounts that could be read.
    #[must_use]
    pub const fn so_far(&self) -> Total {
        self.counted
    }

    /// The next record.
    fn read(&mut self) -> Result<Option<Entry>, ReadError> {
        loop {
            let before = self.lines.number();
            let Some(line) = self.lines.next()? else {
                let is_cut = self.state == State::Records;
                self.state = State::Over;
                let end = LineError {
                    line: before.saturating_add(1),
                    column: 1,
                    field: None,
                    rule: Rule::FootMissing,
                };
                return if is_cut { Err(end.into()) } else { Ok(None) };
            };
            let number = before.saturating_add(1);
            let (line, is_ended) = match line {
                Line::Text(line) => (line, true),
                Line::Unended(line) => (line, false),
                Line::TooLong => return Err(self.passed_over(too_long(number))),
            };
            if self.state == State::Foot {
                // Blank lines at the end are what editors leave behind.
                if line.is_empty() {
                    continue;
                }
                return Err(LineError { line: number, column: 1, field: None, rule: Rule::AfterFoot }.into());
            }
            if line.starts_with(b"FOOT,") || line == b"FOOT" {
                self.state = State::Foot;
                parse::foot(line, number, &self.counted, self.sum_is_unknown)?;
                continue;
            }
            if !is_ended {
                // What is left of a line may look like another one, for example like an answer without its Code.
                let column = line.len().saturating_add(1);
                return Err(self.passed_over(LineError {
                    line: number,
                    column,
                    field: None,
                    rule: Rule::Cut,
                }));
            }
            if let Some(entry) = self.shape.and_then(|shape| quick::entry(line, number, shape)) {
                self.counted.add(entry.record.money.amount().units());
                return Ok(Some(entry));
            }
            let columns = Columns::split(line, number);
            let read = columns.and_then(|columns| {
                let shape = match self.shape {
                    Some(shape) => shape,
                    None => columns.shape().inspect(|shape| self.shape = Some(*shape)).unwrap_or(self.usual),
                };
                columns.entry(shape)
            });
            return match read {
                Ok(entry) => {
                    self.counted.add(entry.record.money.amount().units());
                    Ok(Some(entry))
                }
                Err(error) => Err(self.passed_over(error)),
            };
        }
    }
}

impl<R> Reader<R> {
    /// Counts a record that cannot be understood.
    fn passed_over(&mut self, error: LineError) -> ReadError {
        self.counted.records = self.counted.records.saturating_add(1);
        self.sum_is_unknown = true;
        error.into()
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Entry, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.state == State::Over {
            return None;
        }
        let read = self.read();
        if let Err(error) = &read {
            self.had_errors = true;
            if let ReadError::Io(_) = error {
                self.state = State::Over;
            }
        }
        if let Ok(None) = read {
            self.state = State::Over;
        }
        read.transpose()
    }
}

fn too_long(line: u64) -> LineError {
    LineError { line, column: MAX_LINE.saturating_add(1), field: None, rule: Rule::TooLong { max: MAX_LINE } }
}
