//! What became of the refunds of a file: what was sent, held against what was answered.

mod finding;
mod open;

pub use finding::{Finding, Side, Tallied, Tally};

use crate::guard::{Guard, Refused};
use crate::{Entry, LineError, ReadError, Reader, Shape, Total};
use open::Open;
use std::io::{self, Read};

/// Why two files cannot be held against each other.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReconcileError {
    /// HEAD names two merchants.
    #[error("the files are those of two merchants")]
    OtherMerchant,
    /// The file that was sent has a Status in its lines.
    #[error("the file that was sent has answers in it: are the two exchanged?")]
    SentIsAnswered,
    /// The file that should be answered has no Status in its lines.
    #[error("the file that should be answered has no Status in its lines: was it not processed yet?")]
    NotAnswered,
    /// A file, or the temporary file of what was compared, cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What two files say together.
#[derive(Debug)]
#[must_use]
pub struct Reconciled {
    /// How many refunds ended how.
    pub tally: Tally,
    /// Count and sum of the file that was sent; `None` if anything in it was wrong.
    pub sent: Option<Total>,
    /// The same of the answered one.
    pub answered: Option<Total>,
    /// Whether HEAD says the same in both.
    pub same_head: bool,
    /// Which fields the lines that were sent have; `None` where there are none.
    pub sent_shape: Option<Shape>,
    /// Which fields the answered lines have; `None` where there are none.
    pub answered_shape: Option<Shape>,
    /// Whether those are, in both files, the fields that the version asks for.
    pub as_the_versions_say: bool,
}

impl Reconciled {
    /// Whether both files are whole, and every refund that was sent was paid back, once and unchanged, and nothing else.
    #[must_use]
    pub fn all_paid_back(&self) -> bool {
        let is_whole = self.same_head && self.sent.is_some() && self.sent == self.answered;
        let Tally { paid_back, failed, unclear, missing, unexpected, changed, doubled, unreadable } =
            &self.tally;
        let others = [failed, unclear, missing, unexpected, changed].map(|part| part.records);
        let is_clean = others == [0; 5] && *doubled == 0 && *unreadable == 0;
        is_whole && is_clean && self.sent.is_some_and(|total| total.records == paid_back.records)
    }
}

/// Holds an answered file against the one that was sent, by TransID, and tells what became of each refund.
///
/// Records are taken from both files in turn. As long as they stand in the same order, nothing is remembered; otherwise as much as
/// one entry for each refund whose counterpart has not come yet. No MAC covers an answer: what is told here is as authentic as the
/// way by which the file came.
///
/// What is told of one record may be made doubtful by another one further down: a second answer is only known at the end. So first
/// reconcile, and act on it when nothing is [unexpected](Tally::unexpected), [doubled](Tally::doubled) or
/// [unreadable](Tally::unreadable); or let a person look.
///
/// ```
/// use paygate_batch::{Finding, Reader, Verdict, reconcile};
///
/// let sent = "HEAD,Shop,20261122,2.1\n\
///     Trustly,Credit,100,EUR,r-1,,0123456789abcdef0123456789abcdef\n\
///     Trustly,Credit,200,EUR,r-2,,00112233445566778899aabbccddeeff\nFOOT,2,300\n";
/// let answered = "HEAD,Shop,20261122,2.1\n\
///     Trustly,Credit,100,EUR,r-1,,0123456789abcdef0123456789abcdef,OK,00000000\n\
///     Trustly,Credit,200,EUR,r-2,,00112233445566778899aabbccddeeff,FAILED,21550957\nFOOT,2,300\n";
/// let mut failed = Vec::new();
/// let told = reconcile(Reader::new(sent.as_bytes())?, Reader::new(answered.as_bytes())?, |finding| {
///     if let Finding::Answered { verdict: Verdict::Failed, sent, answer, .. } = finding {
///         failed.push((sent.record.trans_id, answer.code.map(|code| code.explain().to_string())));
///     }
/// })?;
/// assert_eq!((told.tally.paid_back.records, failed.len()), (1, 1));
/// assert!(!told.all_paid_back());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// If the files are not two of a kind, or cannot be read. Lines that are wrong are findings.
pub fn reconcile<S: Read, A: Read>(
    mut sent: Reader<S>,
    mut answered: Reader<A>,
    mut each: impl FnMut(Finding<'_>),
) -> Result<Reconciled, ReconcileError> {
    let (sent_head, answered_head) = (sent.head(), answered.head());
    if !sent_head.merchant_id.as_str().eq_ignore_ascii_case(answered_head.merchant_id.as_str()) {
        return Err(ReconcileError::OtherMerchant);
    }
    let same_head = sent_head.date == answered_head.date && sent_head.version == answered_head.version;
    let needs_code = sent_head.version.has_code() || answered_head.version.has_code();
    let mut tally = Tally::default();
    let mut tell = |finding: Finding<'_>| {
        tally.add(&finding);
        each(finding);
    };
    let (mut open, mut guard) = (Open::new(needs_code), Guard::new());
    loop {
        let one = entry(&mut sent, |error| tell(Finding::Unreadable { side: Side::Sent, error }))?;
        let other = entry(&mut answered, |error| tell(Finding::Unreadable { side: Side::Answered, error }))?;
        if one.is_some_and(|entry| entry.answer.is_some()) {
            return Err(ReconcileError::SentIsAnswered);
        }
        if other.is_some_and(|entry| entry.answer.is_none()) {
            return Err(ReconcileError::NotAnswered);
        }
        if let Some(one) = &one {
            guard.admit(one.line, &one.record)?;
        }
        match (one, other) {
            (None, None) => break,
            (Some(one), Some(other)) if open::are_of_one(&one.record, &other.record) => {
                tell(Finding::of(&one, &other, needs_code));
            }
            (one, other) => {
                // Whose counterpart cannot come any more does not wait for it.
                let (is_sent_over, is_answered_over) = (one.is_none(), other.is_none());
                if let Some(one) = one {
                    open.sent(one, is_answered_over, &mut tell);
                }
                if let Some(other) = other {
                    open.answered(other, is_sent_over, &mut tell);
                }
            }
        }
    }
    open.finish(&mut tell);
    guard.finish(|refused| {
        if let Refused::Doubled { line, earlier } = refused {
            tell(Finding::Doubled { line, earlier });
        }
    })?;
    Ok(Reconciled {
        tally,
        sent: sent.total(),
        answered: answered.total(),
        same_head,
        sent_shape: sent.shape(),
        answered_shape: answered.shape(),
        as_the_versions_say: sent.is_as_the_version_says() && answered.is_as_the_version_says(),
    })
}

/// The next record that can be understood; the others are told.
fn entry<R: Read>(reader: &mut Reader<R>, mut wrong: impl FnMut(&LineError)) -> io::Result<Option<Entry>> {
    loop {
        match reader.next() {
            None => return Ok(None),
            Some(Ok(entry)) => return Ok(Some(entry)),
            Some(Err(ReadError::Line(error))) => wrong(&error),
            Some(Err(ReadError::Io(error))) => return Err(error),
        }
    }
}
