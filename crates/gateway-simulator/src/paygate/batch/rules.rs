//! The rules of a file: what becomes of PayIDs that nobody knows, and what goes wrong.

use super::rule::{BatchAnswer, BatchEffect, BatchRule};
use paygate_batch::Record;

/// What becomes of a refund whose PayID the simulator does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum UnknownPayIds {
    /// It fails with 20160001.
    #[default]
    Refuse,
    /// It is paid back: for files without payments. What the simulator does know is looked at all the same.
    PayBack,
}

/// How a batch file is answered. By default as `credit.aspx` would answer each of its refunds.
///
/// ```
/// use gateway_simulator::paygate::{BatchRules, UnknownPayIds};
///
/// # fn main() -> Result<(), gateway_simulator::paygate::BadBatchRule> {
/// let rules = BatchRules::new()
///     .unknown_pay_ids(UnknownPayIds::PayBack)
///     .rule("every=10:21550957".parse()?) // the 10th, 20th … refund fails with this code
///     .rule("trans-id=refund-7:PENDING/60000000".parse()?)
///     .rule("amount-at-least=100000:drop".parse()?) // carried out, and not answered
///     .rule("cut-off".parse()?); // the answer has no FOOT
/// # let _ = rules;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct BatchRules {
    pub(super) unknown: UnknownPayIds,
    rules: Vec<BatchRule>,
}

impl BatchRules {
    /// No rule at all.
    pub fn new() -> Self {
        Self::default()
    }

    /// What becomes of refunds whose PayID the simulator does not know.
    pub fn unknown_pay_ids(self, unknown: UnknownPayIds) -> Self {
        Self { unknown, ..self }
    }

    /// One rule more, behind the others: of those whose condition a refund meets, the first decides, and no other is looked at.
    pub fn rule(mut self, rule: BatchRule) -> Self {
        self.rules.push(rule);
        self
    }

    /// What the first rule does whose condition the record meets; it is the one of this number in its file, from 1.
    pub(super) fn effect(&self, number: u64, record: &Record) -> Option<BatchEffect> {
        self.rules.iter().find_map(|rule| match rule {
            BatchRule::Where(condition, effect) => condition.meets(number, record).then_some(*effect),
            BatchRule::CutOff => None,
        })
    }

    pub(super) fn cuts_off(&self) -> bool {
        self.rules.contains(&BatchRule::CutOff)
    }
}

impl FromIterator<BatchRule> for BatchRules {
    fn from_iter<I: IntoIterator<Item = BatchRule>>(rules: I) -> Self {
        Self { unknown: UnknownPayIds::default(), rules: rules.into_iter().collect() }
    }
}

impl From<paygate::Code> for BatchAnswer {
    /// `FAILED` with this code.
    fn from(code: paygate::Code) -> Self {
        Self { status: Self::FAILED, code }
    }
}
