//! What is found out about one refund, and how many of each kind there are.

use crate::{Answer, Entry, Field, LineError, Record, Verdict};
use paygate_params::{Currency, Money};
use std::fmt;

/// What is found out about one refund, or about one line.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Finding<'a> {
    /// It was answered, and nothing in it was changed.
    Answered {
        /// How it ended.
        verdict: Verdict,
        /// The record that was sent.
        sent: &'a Entry,
        /// Its line in the answered file.
        line: u64,
        /// Status and Code.
        answer: Answer,
    },
    /// It was answered, and something that should have come back as it was is another: whatever the answer says, a person must look.
    Changed {
        /// The record that was sent.
        sent: &'a Entry,
        /// What came back.
        answered: &'a Entry,
        /// What is another.
        fields: Vec<Field>,
    },
    /// It was sent and not answered.
    Missing {
        /// The record that was sent.
        sent: &'a Entry,
    },
    /// It was answered and never sent, or answered a second time.
    Unexpected {
        /// The answer.
        answered: &'a Entry,
    },
    /// Its TransID stands twice in the file that was sent.
    Doubled {
        /// The line there.
        line: u64,
        /// The line before, with the same TransID.
        earlier: u64,
    },
    /// A line cannot be understood.
    Unreadable {
        /// In which file.
        side: Side,
        /// What is wrong with it.
        error: &'a LineError,
    },
}

/// One of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The one that was handed over.
    Sent,
    /// The one that came back.
    Answered,
}

impl<'a> Finding<'a> {
    /// Holds an answer against what was sent. Where the version has a Code, a Status alone says nothing.
    pub(super) fn of(sent: &'a Entry, answered: &'a Entry, needs_code: bool) -> Self {
        if sent.record == answered.record
            && let Some(answer) = answered.answer
        {
            let is_half = needs_code && answer.code.is_none();
            let verdict = if is_half { Verdict::Unclear } else { answer.verdict() };
            return Self::Answered { verdict, sent, line: answered.line, answer };
        }
        Self::Changed { sent, answered, fields: changed(&sent.record, &answered.record) }
    }
}

fn changed(sent: &Record, answered: &Record) -> Vec<Field> {
    let differs = [
        (Field::Mid, sent.slave != answered.slave),
        (Field::Amount, sent.money.amount() != answered.money.amount()),
        (Field::Currency, sent.money.currency() != answered.money.currency()),
        (Field::TransId, sent.trans_id != answered.trans_id),
        (Field::RefNr, sent.ref_nr != answered.ref_nr),
        (Field::PayId, sent.pay_id != answered.pay_id),
    ];
    differs.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
}

/// How many refunds ended how. `Debug` shows no sums.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// Paid back.
    pub paid_back: Tallied,
    /// Failed: no money went back.
    pub failed: Tallied,
    /// Answered so that it says neither.
    pub unclear: Tallied,
    /// Sent and not answered.
    pub missing: Tallied,
    /// Answered and not sent, or a second time; summed as answered.
    pub unexpected: Tallied,
    /// Answered with other fields; summed as sent.
    pub changed: Tallied,
    /// Records of the file that was sent whose TransID stands there before.
    pub doubled: u64,
    /// Lines, of both files, that cannot be understood.
    pub unreadable: u64,
}

/// How many, and their sum in each currency. `Debug` does not show it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Tallied {
    /// How many.
    pub records: u64,
    /// Their amounts, in the smallest unit of each currency, sorted by currency.
    pub sums: Vec<(Currency, u128)>,
}

impl Tally {
    pub(super) fn add(&mut self, finding: &Finding<'_>) {
        let (part, money) = match finding {
            Finding::Answered { verdict, sent, .. } => {
                let part = match verdict {
                    Verdict::PaidBack => &mut self.paid_back,
                    Verdict::Failed => &mut self.failed,
                    Verdict::Unclear => &mut self.unclear,
                };
                (part, sent.record.money)
            }
            Finding::Changed { sent, .. } => (&mut self.changed, sent.record.money),
            Finding::Missing { sent } => (&mut self.missing, sent.record.money),
            Finding::Unexpected { answered } => (&mut self.unexpected, answered.record.money),
            Finding::Doubled { .. } => {
                self.doubled = self.doubled.saturating_add(1);
                return;
            }
            Finding::Unreadable { .. } => {
                self.unreadable = self.unreadable.saturating_add(1);
                return;
            }
        };
        part.add(money);
    }
}

impl Tallied {
    fn add(&mut self, money: Money) {
        self.records = self.records.saturating_add(1);
        let (units, currency) = (u128::from(money.amount().units()), money.currency());
        match self.sums.binary_search_by_key(&currency, |(known, _)| *known) {
            Ok(at) => {
                if let Some((_, sum)) = self.sums.get_mut(at) {
                    *sum = sum.saturating_add(units);
                }
            }
            Err(at) => self.sums.insert(at, (currency, units)),
        }
    }
}

impl fmt::Debug for Tallied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tallied").field("records", &self.records).finish_non_exhaustive()
    }
}
