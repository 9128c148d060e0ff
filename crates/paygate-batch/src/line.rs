//! A record as a line, and back, by itself: for whoever stores lines before there is a file.

use crate::reader::parse;
use crate::{Field, Layout, LineError, Record, Rules, Shape};
use paygate_params::{MerchantId, RefNr};

impl Record {
    /// The line of a file of this layout, without a line end: what a ledger stores before anything is sent.
    ///
    /// ```
    /// use paygate_batch::{Layout, Record, Rules};
    /// use paygate_params::{Currency, Money, PayId, TransId};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let pay_id = PayId::new("7bbb448155234d8cbee323778952ce28")?;
    /// let refund = Record::new(Money::new(999, Currency::EUR)?, TransId::new("refund-1")?, pay_id).forget();
    /// let layout = Layout::new("2.1".parse()?);
    /// let line = refund.line(layout, &Rules::default())?;
    /// assert_eq!(line, "Trustly,Credit,999,EUR,refund-1,,7bbb448155234d8cbee323778952ce28");
    /// assert_eq!(Record::of_line(&line, layout)?, refund);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The first rule that the record breaks, as of line 1.
    pub fn line(&self, layout: Layout, rules: &Rules) -> Result<String, LineError> {
        rules.hold(layout, None, self).map_err(|broken| broken.at(1))?;
        let mut line = Vec::new();
        push(&mut line, self, Shape::of_request(layout));
        // All fields are ASCII.
        Ok(String::from_utf8(line).unwrap_or_default())
    }

    /// The record of a line of this layout that was not answered.
    ///
    /// # Errors
    ///
    /// The first rule that the line breaks, as of line 1.
    pub fn of_line(line: &str, layout: Layout) -> Result<Self, LineError> {
        let columns = parse::Columns::split(line.as_bytes(), 1)?;
        Ok(columns.entry(Shape::of_request(layout))?.record)
    }
}

/// Appends a record's line, without an end and without an answer.
#[inline]
pub(crate) fn push(to: &mut Vec<u8>, record: &Record, shape: Shape) {
    to.extend(b"Trustly,Credit,");
    if shape.slave {
        push_field(to, record, Field::Mid);
    }
    push_field(to, record, Field::Amount);
    push_field(to, record, Field::Currency);
    push_field(to, record, Field::TransId);
    if shape.ref_nr {
        push_field(to, record, Field::RefNr);
    }
    to.extend(record.pay_id.as_bytes());
}

/// Appends a field and the comma behind it.
#[inline]
pub(crate) fn push_field(to: &mut Vec<u8>, record: &Record, field: Field) {
    match field {
        Field::Type => to.extend(b"Trustly"),
        Field::Mid => to.extend(record.slave.as_ref().map(MerchantId::as_bytes).unwrap_or_default()),
        Field::Amount => record.money.amount().digits(|digits| to.extend(digits.as_bytes())),
        Field::Currency => to.extend(record.money.currency().as_bytes()),
        Field::TransId => to.extend(record.trans_id.as_bytes()),
        Field::RefNr => to.extend(record.ref_nr.as_ref().map(RefNr::as_bytes).unwrap_or_default()),
        Field::PayId => to.extend(record.pay_id.as_bytes()),
        _ => to.extend(b"Credit"),
    }
    to.push(b',');
}
