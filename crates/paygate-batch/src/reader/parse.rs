//! A line, cut at its commas, and what its fields hold.

use super::{Entry, Head};
use crate::shape::{End, MOST_FIELDS};
use crate::{Answer, Field, LineError, Record, Rule, Shape, Total};
use memchr::memchr_iter;
use paygate_params::FormatError;
use paygate_params::Money;
use std::str::FromStr;

/// HEAD,<MerchantID>,<Date>,<Version>.
pub(super) fn head(line: &[u8]) -> Result<Head, LineError> {
    let fault = |rule| LineError { line: 1, column: 1, field: None, rule };
    let columns = Columns::split(line, 1)?;
    if columns.text(0) != "HEAD" {
        return Err(fault(Rule::Head));
    }
    columns.must_be(4)?;
    let version =
        columns.text(3).parse().map_err(|rule| columns.fault(3, Field::Version, Rule::Version(rule)))?;
    let date = columns.text(2);
    if date.is_empty() || date.len() > 20 {
        let rule = if date.is_empty() {
            FormatError::Empty
        } else {
            FormatError::TooLong { max: 20, found: date.len() }
        };
        return Err(columns.fault(2, Field::Date, rule.into()));
    }
    Ok(Head { merchant_id: columns.parse(1, Field::MerchantId)?, date: date.to_owned(), version })
}

/// FOOT,<CountRecords>,<SumAmount>, held against what was counted.
pub(super) fn foot(line: &[u8], number: u64, counted: &Total, sum_is_unknown: bool) -> Result<(), LineError> {
    let columns = Columns::split(line, number)?;
    columns.must_be(3)?;
    let stated = columns.number(1, Field::CountRecords)?;
    if stated != u128::from(counted.records) {
        let stated = u64::try_from(stated).unwrap_or(u64::MAX);
        let rule = Rule::Count { stated, counted: counted.records };
        return Err(columns.fault(1, Field::CountRecords, rule));
    }
    let sum = columns.number(2, Field::SumAmount)?;
    if sum == counted.sum || sum_is_unknown {
        Ok(())
    } else {
        Err(columns.fault(2, Field::SumAmount, Rule::Sum))
    }
}

/// The fields of a line.
pub(crate) struct Columns<'a> {
    number: u64,
    texts: [&'a str; MOST_FIELDS],
    count: usize,
}

impl<'a> Columns<'a> {
    /// Cuts a line; it has to be ASCII without quotes.
    pub(crate) fn split(line: &'a [u8], number: u64) -> Result<Self, LineError> {
        let fault = |column: usize, rule| LineError {
            line: number,
            column: column.saturating_add(1),
            field: None,
            rule,
        };
        if line.is_empty() {
            return Err(fault(0, Rule::Empty));
        }
        let Some(line) = str::from_utf8(line).ok().filter(|line| line.is_ascii()) else {
            let column = line.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
            return Err(fault(column, Rule::NotAscii));
        };
        let mut columns = Self { number, texts: [""; MOST_FIELDS], count: 0 };
        let mut from = 0;
        for to in memchr_iter(b',', line.as_bytes()).chain([line.len()]) {
            if let Some(text) = columns.texts.get_mut(columns.count) {
                *text = line.get(from..to).unwrap_or_default();
            }
            columns.count = columns.count.saturating_add(1);
            from = to.saturating_add(1);
        }
        Ok(columns)
    }

    /// The shape of these fields.
    pub(super) fn shape(&self) -> Option<Shape> {
        self.texts.get(..self.count).and_then(Shape::find)
    }

    /// The record, if the fields are those of the shape.
    pub(crate) fn entry(&self, shape: Shape) -> Result<Entry, LineError> {
        if self.text(0) != "Trustly" {
            return Err(self.fault(0, Field::Type, Rule::Other { expected: "Trustly" }));
        }
        self.must_be(shape.count())?;
        if self.text(1) != "Credit" {
            return Err(self.fault(1, Field::Action, Rule::Other { expected: "Credit" }));
        }
        let mut next = 2_usize;
        let mut at = || {
            let index = next;
            next = index.saturating_add(1);
            index
        };
        let slave = if shape.slave { Some(self.parse(at(), Field::Mid)?) } else { None };
        let amount = self.parse(at(), Field::Amount)?;
        let currency = self.parse(at(), Field::Currency)?;
        let trans_id = self.parse(at(), Field::TransId)?;
        let ref_nr = match shape.ref_nr.then(&mut at) {
            Some(index) if !self.text(index).is_empty() => Some(self.parse(index, Field::RefNr)?),
            _ => None,
        };
        let pay_id = self.parse(at(), Field::PayId)?;
        let answer = match shape.end {
            End::Nothing => None,
            End::Status => Some(Answer { status: self.parse(at(), Field::Status)?, code: None }),
            End::StatusAndCode => {
                let status = self.parse(at(), Field::Status)?;
                Some(Answer { status, code: Some(self.parse(at(), Field::Code)?) })
            }
        };
        let record = Record { money: Money::of(amount, currency), trans_id, ref_nr, pay_id, slave };
        Ok(Entry { line: self.number, record, answer })
    }

    fn text(&self, index: usize) -> &'a str {
        self.texts.get(index).copied().unwrap_or_default()
    }

    fn must_be(&self, expected: usize) -> Result<(), LineError> {
        if self.count == expected {
            return Ok(());
        }
        let rule = Rule::Fields { found: self.count, expected };
        Err(LineError { line: self.number, column: 1, field: None, rule })
    }

    fn parse<T: FromStr<Err = FormatError>>(&self, index: usize, field: Field) -> Result<T, LineError> {
        let text = self.text(index);
        // Nobody can tell what a quotation mark means to the other side.
        if text.contains('"') {
            return Err(self.fault(index, field, Rule::Separator));
        }
        text.parse().map_err(|rule| self.fault(index, field, Rule::Format(rule)))
    }

    /// A number without zeros before it, as any amount is written.
    fn number(&self, index: usize, field: Field) -> Result<u128, LineError> {
        let text = self.text(index);
        let is_plain =
            text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
        let number = text.parse().ok().filter(|_| is_plain);
        number.ok_or_else(|| self.fault(index, field, Rule::Number))
    }

    fn fault(&self, index: usize, field: Field, rule: Rule) -> LineError {
        let before: usize = self.texts.iter().take(index).map(|text| text.len().saturating_add(1)).sum();
        let within = match rule {
            Rule::Format(FormatError::Character { position, .. }) => position,
            _ => 1,
        };
        LineError { line: self.number, column: before.saturating_add(within), field: Some(field), rule }
    }
}
