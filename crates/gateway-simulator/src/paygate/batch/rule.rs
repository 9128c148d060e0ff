//! A rule: which refunds it is about, and what goes wrong with them.

use paygate::{Code, MerchantId, Status, TransId};
use paygate_batch::Record;
use std::num::NonZeroU64;

/// What goes wrong with a batch file on purpose. The first rule whose condition a refund meets decides about it.
///
/// As a text, which the program and the API take, it is a condition, a colon and an effect, or `cut-off`:
///
/// | condition | meets |
/// |---|---|
/// | `every=10` | the 10th, 20th … refund of the file |
/// | `trans-id=refund-7` | the refund of this TransID |
/// | `trans-id-begins=refund-` | those whose TransID begins so |
/// | `amount-ends=13` | those whose amount, in the smallest unit, ends with these digits |
/// | `amount-at-least=100000` | those of at least so much |
/// | `slave=SlaveShop` | those of this slave MID, in the file of a master MID |
///
/// | effect | the refund | its line in the answer |
/// |---|---|---|
/// | `21550957` | is not carried out | FAILED with this code |
/// | `PENDING/60000000` | is not carried out | this Status, and this code |
/// | `drop` | as without the rule | is missing |
/// | `double` | as without the rule | stands twice |
/// | `change-amount` | as without the rule | has another amount, the smallest unit more |
///
/// With `cut-off`, the answer has all its lines and no FOOT. FOOT, where there is one, fits the lines as they stand.
///
/// ```
/// use gateway_simulator::paygate::BatchRule;
///
/// let rule: BatchRule = "every=10:21550957".parse()?;
/// assert_eq!(rule.to_string(), "every=10:21550957");
/// assert!("every=0:21550957".parse::<BatchRule>().is_err());
/// # Ok::<(), gateway_simulator::paygate::BadBatchRule>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchRule {
    /// About the refunds that meet a condition.
    Where(BatchCondition, BatchEffect),
    /// About the answer as a whole: it ends before FOOT.
    CutOff,
}

/// Which refunds a rule is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchCondition {
    /// Every n-th record of the file.
    Every(NonZeroU64),
    /// The refund of this TransID.
    TransId(TransId),
    /// Those whose TransID begins so: what a TransID begins with could be one.
    TransIdBegins(TransId),
    /// Those whose amount ends with these digits.
    AmountEnds(AmountEnding),
    /// Those of at least so much, in the smallest unit.
    AmountAtLeast(u64),
    /// Those of this slave MID, in any case of its letters.
    Slave(MerchantId),
}

/// What goes wrong with a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchEffect {
    /// It is not carried out, and answered so. That is only said: also `OK` gives nothing back.
    Answer(BatchAnswer),
    /// It is carried out, and its line is missing in the answer.
    Drop,
    /// It is carried out, and its line stands twice in the answer.
    Double,
    /// It is carried out, and its line has another amount.
    ChangeAmount,
}

/// Status and Code of a line. Versions 1.0 and 2.0 have no Code: there the Status alone is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchAnswer {
    /// `FAILED`, or any other word.
    pub status: Status,
    /// The response code.
    pub code: Code,
}

impl BatchAnswer {
    pub(super) const FAILED: Status = Status::from_static("FAILED");
    const OK: Status = Status::from_static("OK");

    /// What a refund of this code is answered with.
    pub(super) fn of(code: Code) -> Self {
        Self { status: if code == Code::SUCCESS { Self::OK } else { Self::FAILED }, code }
    }
}

/// The last digits of an amount, 1 to 12.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountEnding(String);

impl AmountEnding {
    /// These digits; `None` for any other text.
    #[must_use]
    pub fn new(digits: &str) -> Option<Self> {
        let is_plain = (1..=12).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_plain.then(|| Self(digits.to_owned()))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl BatchCondition {
    /// Whether a record meets it, the one of this number in its file, from 1.
    pub(super) fn meets(&self, number: u64, record: &Record) -> bool {
        let amount = record.money.amount();
        match self {
            Self::Every(step) => number.checked_rem(step.get()) == Some(0),
            Self::TransId(wanted) => record.trans_id == *wanted,
            Self::TransIdBegins(begin) => record.trans_id.as_str().starts_with(begin.as_str()),
            Self::AmountEnds(AmountEnding(ending)) => {
                amount.digits(|digits| digits.ends_with(ending.as_str()))
            }
            Self::AmountAtLeast(least) => amount.units() >= *least,
            Self::Slave(wanted) => {
                record.slave.is_some_and(|mid| mid.as_str().eq_ignore_ascii_case(wanted.as_str()))
            }
        }
    }
}
