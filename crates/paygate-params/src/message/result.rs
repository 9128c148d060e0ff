//! Results: where in the received text each field stands, and its value when somebody asks.

use super::{Coverage, Message, Signed, SignedError, number_of};
use crate::charset::Charset;
use crate::format::FormatError;
use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::marker::PhantomData;
use core::num::NonZeroU32;
use core::ops::Range;

/// The most rows that the table of a result may have.
pub const MAX_ROWS: usize = 32;

/// The longest value that is taken as what it should be, in bytes; a longer one is an issue.
const MAX_VALUE: usize = 8 * 1024;
/// The longest name, in bytes; a longer one is an issue.
const MAX_NAME: usize = 64;

/// Where a value stands in the text. With its `Option` it has eight bytes: an index of them is moved with each step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    after_start: NonZeroU32,
    end: u32,
}

impl Span {
    fn of(range: &Range<usize>) -> Option<Self> {
        let start = u32::try_from(range.start).ok()?;
        Some(Self { after_start: NonZeroU32::MIN.checked_add(start)?, end: u32::try_from(range.end).ok()? })
    }

    fn range(self) -> Range<usize> {
        let start = self.after_start.get().saturating_sub(1);
        // No text has more bytes than a `usize` counts.
        usize::try_from(start).unwrap_or(usize::MAX)..usize::try_from(self.end).unwrap_or(usize::MAX)
    }
}

/// The table of a result.
pub trait ResultMessage: Message {
    /// Checks a value against the type of its row.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    fn check(row: usize, text: &str) -> Result<(), FormatError>;
}

/// A parameter stands twice that may not: two values for it would leave open which one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{name} stands twice")]
pub struct Doubled {
    /// The vendor's name of it.
    pub name: &'static str,
}

/// Which row of `M` stands where in a text, made in one pass and without allocating.
///
/// The caller splits the text and inserts each pair; the first value of a row counts.
pub struct Index<M> {
    spans: [Option<Span>; MAX_ROWS],
    /// Rows that stand more than once, as a set of bits.
    doubled: u32,
    /// Rows whose first value came under the second name.
    by_alias: u32,
    message: PhantomData<fn() -> M>,
}

/// The bit of a row; rows are fewer than 32.
fn bit(row: usize) -> u32 {
    u32::try_from(row).ok().and_then(|row| 1_u32.checked_shl(row)).unwrap_or(0)
}

impl<M> Clone for Index<M> {
    fn clone(&self) -> Self {
        Self { spans: self.spans, doubled: self.doubled, by_alias: self.by_alias, message: PhantomData }
    }
}

impl<M: ResultMessage> Default for Index<M> {
    fn default() -> Self {
        const { assert!(M::ROWS.len() <= MAX_ROWS, "a result's table has at most 32 rows") };
        Self { spans: [None; MAX_ROWS], doubled: 0, by_alias: 0, message: PhantomData }
    }
}

impl<M: ResultMessage> Index<M> {
    /// Notes where a pair stands; an unknown name is no error.
    ///
    /// # Errors
    ///
    /// If a signed field or the MAC stands twice. `mid` and its other name `MerchantID` clash only where
    /// they differ; every other doubled name is kept as an issue.
    pub fn insert(&mut self, text: &[u8], name: &[u8], value: Range<usize>) -> Result<(), Doubled> {
        let Some((number, row)) = M::row(name).and_then(|number| Some((number, M::ROWS.get(number)?))) else {
            return Ok(());
        };
        let (Some(slot), Some(span)) = (self.spans.get_mut(number), Span::of(&value)) else {
            return Ok(());
        };
        let by_alias = row.alias.is_some_and(|alias| alias.as_bytes().eq_ignore_ascii_case(name));
        match *slot {
            None => {
                *slot = Some(span);
                self.by_alias |= if by_alias { bit(number) } else { 0 };
            }
            Some(first) if row.coverage != Coverage::Unsigned => {
                // One name twice is refused even where both say the same; two names for one thing are not.
                let other_name =
                    by_alias != (self.by_alias & bit(number) != 0) && self.doubled & bit(number) == 0;
                if !(other_name && text.get(first.range()) == text.get(span.range())) {
                    return Err(Doubled { name: row.name });
                }
                self.doubled |= bit(number);
            }
            Some(_) => self.doubled |= bit(number),
        }
        Ok(())
    }

    /// The raw value of the row of this name.
    #[must_use]
    pub fn value<'a>(&self, text: &'a [u8], name: &str) -> Option<&'a [u8]> {
        self.at(text, M::row(name.as_bytes())?)
    }

    /// The five fields that the MAC covers.
    ///
    /// # Errors
    ///
    /// The first one that is missing or breaks its format.
    pub fn signed(&self, text: &[u8]) -> Result<Signed, SignedError> {
        let value = |row: Option<usize>| self.at(text, row?);
        Signed::of(const { Signed::rows_of::<M>() }.map(value))
    }

    /// The text of the MAC.
    #[must_use]
    pub fn mac<'a>(&self, text: &'a [u8]) -> Option<&'a [u8]> {
        self.at(text, const { number_of(M::ROWS, "MAC") }?)
    }

    fn at<'a>(&self, text: &'a [u8], row: usize) -> Option<&'a [u8]> {
        text.get(self.range(row)?)
    }

    fn range(&self, row: usize) -> Option<Range<usize>> {
        self.spans.get(row)?.map(Span::range)
    }
}

/// What is odd about a field that no decision rests on. The value itself is kept and can be read.
///
/// `Display` escapes what others wrote; `Debug` shows names of the table alone, since any other may hold anything.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Issue {
    /// The name: the vendor's spelling of a known one, else as received.
    pub name: Cow<'static, str>,
    /// What is odd.
    pub kind: IssueKind,
}

/// The ways in which a field can be odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum IssueKind {
    /// The table says mandatory, and it is not there.
    #[error("is missing")]
    Missing,
    /// It breaks its format.
    #[error("{0}")]
    Format(FormatError),
    /// It stands more than once; the first one counts.
    #[error("stands more than once")]
    Doubled,
    /// Its name has more than 64 bytes.
    #[error("has a name of more than 64 bytes")]
    LongName,
    /// Its value has more than 8 KiB.
    #[error("has a value of more than 8 KiB")]
    LongValue,
}

impl core::fmt::Display for Issue {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} {}", self.name.escape_debug(), self.kind)
    }
}

impl core::fmt::Debug for Issue {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let name = match &self.name {
            Cow::Borrowed(known) => known,
            Cow::Owned(_) => "[redacted]",
        };
        f.debug_struct("Issue").field("name", &name).field("kind", &self.kind).finish()
    }
}

/// The fields of a result that the MAC does *not* cover.
///
/// They are the words of the customer and of banks on their way through a cipher whose blocks can be
/// exchanged: good for display, never for a decision.
pub struct Fields<'a, M> {
    text: &'a [u8],
    index: &'a Index<M>,
    charset: Charset,
}

impl<M> Clone for Fields<'_, M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Fields<'_, M> {}

impl<M: ResultMessage> core::fmt::Debug for Fields<'_, M> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let known = M::ROWS.iter().enumerate().filter(|(row, _)| self.index.at(self.text, *row).is_some());
        f.debug_set().entries(known.map(|(_, row)| row.name)).finish()
    }
}

impl<'a, M: ResultMessage> Fields<'a, M> {
    /// Looks at `text` through its index.
    #[must_use]
    pub fn new(text: &'a [u8], index: &'a Index<M>, charset: Charset) -> Self {
        Self { text, index, charset }
    }

    /// The bytes of an unsigned field as they came, by its name in any case.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&'a [u8]> {
        let row = M::row(name.as_bytes())?;
        M::ROWS.get(row).filter(|row| row.coverage == Coverage::Unsigned)?;
        self.index.at(self.text, row)
    }

    /// An unsigned field as text, by its name in any case.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.raw(name).map(|bytes| self.charset.decode(bytes))
    }

    /// A field in its type, by the number of its row; the accessors of each table stand on this.
    pub(crate) fn typed<T: super::Field>(&self, row: Option<usize>) -> Option<Result<T, FormatError>> {
        self.index.at(self.text, row?).map(|bytes| T::parse(&self.charset.decode(bytes)))
    }

    /// What is odd about the unsigned rows of the table, in the order of the table.
    #[must_use]
    pub fn issues(&self) -> Vec<Issue> {
        let mut issues = Vec::new();
        let whole = self.charset.text(self.text);
        for (number, row) in M::ROWS.iter().enumerate().filter(|(_, row)| row.coverage == Coverage::Unsigned)
        {
            let mut push = |kind| issues.push(Issue { name: Cow::Borrowed(row.name), kind });
            match self.index.at(self.text, number) {
                None if row.presence == super::Presence::Mandatory => push(IssueKind::Missing),
                None => {}
                Some(value) if value.len() > MAX_VALUE => push(IssueKind::LongValue),
                // An empty value says that there is nothing to say.
                Some([]) if row.presence != super::Presence::Mandatory => {}
                Some(value) => {
                    let text = self.index.range(number).and_then(|range| whole?.get(range));
                    let text = text.map_or_else(|| self.charset.decode(value), Cow::Borrowed);
                    if let Err(rule) = M::check(number, &text) {
                        push(IssueKind::Format(rule));
                    }
                }
            }
            if self.index.doubled & bit(number) != 0 {
                push(IssueKind::Doubled);
            }
        }
        issues
    }

    /// What is odd about the pairs whose names the table does not know, in their order.
    #[must_use]
    pub fn unknown_issues<'p>(pairs: impl Iterator<Item = (&'p [u8], &'p [u8])>) -> Vec<Issue> {
        let mut seen = BTreeMap::new();
        let mut issues = Vec::new();
        for (name, value) in pairs {
            let mut push = |kind| {
                let shown = name.get(..MAX_NAME).unwrap_or(name);
                issues.push(Issue { name: Cow::Owned(Charset::Detect.decode(shown).into_owned()), kind });
            };
            if name.len() > MAX_NAME {
                push(IssueKind::LongName);
            } else if value.len() > MAX_VALUE {
                push(IssueKind::LongValue);
            }
            let times: &mut usize = seen.entry(Folded(name)).or_default();
            *times = times.saturating_add(1);
            // Told once, however often it stands; what has no name is no name twice.
            if *times == 2 && !name.is_empty() {
                push(IssueKind::Doubled);
            }
        }
        issues
    }
}

/// A name by which names in any case are the same: borrowed, since a copy of what a customer wrote would not be wiped.
struct Folded<'p>(&'p [u8]);

impl Ord for Folded<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let [one, other] = [self, other].map(|name| name.0.iter().map(u8::to_ascii_lowercase));
        one.cmp(other)
    }
}

impl PartialOrd for Folded<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Folded<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Folded<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_any_case_are_the_same_name() {
        let [one, same, other] = [b"Amount", b"AMOUNT", b"Amoun1"].map(|name| Folded(name));
        assert!(one == same && one != other);
        assert_eq!(one.partial_cmp(&same), Some(Ordering::Equal));
        assert_eq!(one.partial_cmp(&other), Some(Ordering::Greater));
    }
}
