//! Checking a file to its end: every error of a line, and every refund that stands twice.

use crate::guard::{Guard, Refused};
use crate::{LineError, ReadError, Reader, Shape, Total};
use paygate_params::Currency;
use std::convert::Infallible;
use std::io::{self, Read};
use std::ops::ControlFlow;

/// Something is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A line breaks a rule.
    #[error(transparent)]
    Line(LineError),
    /// A record must not stand there.
    #[error(transparent)]
    Refused(Refused),
}

/// What was seen of a file.
#[derive(Clone, Debug)]
#[must_use]
pub struct Checked {
    /// Count and sum, if nothing at all was wrong.
    pub total: Option<Total>,
    /// Count and sum of what could be read.
    pub seen: Total,
    /// Which fields the lines have; `None` where there are none.
    pub shape: Option<Shape>,
    /// Whether those are the fields that the version asks for.
    pub is_as_the_version_says: bool,
    /// The currencies, sorted. The sum of several means nothing.
    pub currencies: Vec<Currency>,
}

/// Reads a file to its end, and tells everything that is wrong with it: first the lines in their order, then what only shows when
/// all are known. `guard` may know payments and earlier files.
///
/// ```
/// use paygate_batch::{Guard, Reader, check};
///
/// let file = "HEAD,Shop,20261122,1.0\n\
///     Trustly,Credit,100,EUR,r-1,0123456789abcdef0123456789abcdef\n\
///     Trustly,Credit,100,EUR,r-1,0123456789abcdef0123456789abcdef\n\
///     FOOT,2,201\n";
/// let mut problems = Vec::new();
/// let checked = check(Reader::new(file.as_bytes())?, Guard::new(), |problem| problems.push(problem.to_string()))?;
/// assert_eq!(problems, [
///     "line 4, column 8: SumAmount: is not the sum of the amounts",
///     "line 3: TransID: stands in line 2 already",
/// ]);
/// assert!(checked.total.is_none());
/// # Ok::<(), paygate_batch::ReadError>(())
/// ```
///
/// # Errors
///
/// If the file, or the temporary file of what was compared, cannot be read.
pub fn check<R: Read>(reader: Reader<R>, guard: Guard, mut tell: impl FnMut(Problem)) -> io::Result<Checked> {
    let all = check_until(reader, guard, |problem| {
        tell(problem);
        ControlFlow::<Infallible>::Continue(())
    });
    all.map(|ControlFlow::Continue(checked)| checked)
}

/// The same until somebody has heard enough: the first line that is wrong need not be the last one that is read.
///
/// Lines stop it where they stand; what only shows at the end is told to its end, or to a stop.
///
/// # Errors
///
/// If the file, or the temporary file of what was compared, cannot be read.
pub fn check_until<R: Read, B>(
    mut reader: Reader<R>,
    mut guard: Guard,
    mut tell: impl FnMut(Problem) -> ControlFlow<B>,
) -> io::Result<ControlFlow<B, Checked>> {
    let mut currencies = Vec::new();
    for entry in &mut reader {
        match entry {
            Ok(entry) => {
                guard.admit(entry.line, &entry.record)?;
                let currency = entry.record.money.currency();
                if let Err(at) = currencies.binary_search(&currency) {
                    currencies.insert(at, currency);
                }
            }
            Err(ReadError::Line(error)) => {
                if let ControlFlow::Break(enough) = tell(Problem::Line(error)) {
                    return Ok(ControlFlow::Break(enough));
                }
            }
            Err(ReadError::Io(error)) => return Err(error),
        }
    }
    let (mut is_refused, mut enough) = (false, None);
    guard.finish(|refused| {
        is_refused = true;
        if enough.is_none() {
            enough = tell(Problem::Refused(refused)).break_value();
        }
    })?;
    if let Some(enough) = enough {
        return Ok(ControlFlow::Break(enough));
    }
    Ok(ControlFlow::Continue(Checked {
        total: reader.total().filter(|_| !is_refused),
        seen: reader.so_far(),
        shape: reader.shape(),
        is_as_the_version_says: reader.is_as_the_version_says(),
        currencies,
    }))
}
