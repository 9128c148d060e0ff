//! The columns of a list of refunds and of one of payments, and what their records hold.

use super::faults::Fault;
use super::table::{Column, Row};
use paygate::{FormatError, Money, PayId};
use paygate_batch::{Field, Record};
use std::str::FromStr;

const AMOUNT: Column = Column { field: Field::Amount, aliases: &[], needed: true };
const CURRENCY: Column = Column { field: Field::Currency, aliases: &[], needed: true };
const TRANS_ID: Column = Column { field: Field::TransId, aliases: &[], needed: true };
const REF_NR: Column = Column { field: Field::RefNr, aliases: &[], needed: false };
const PAY_ID: Column = Column { field: Field::PayId, aliases: &[], needed: true };

/// What a list of payments has.
pub(super) const PAYMENT: [Column; 3] = [AMOUNT, CURRENCY, PAY_ID];

/// What a list of refunds has; of those of a master MID, the slave MID too.
pub(super) const fn refund(master: bool) -> [Column; 6] {
    let slave = Column { field: Field::Mid, aliases: &["MerchantID", "SlaveMID"], needed: master };
    [AMOUNT, CURRENCY, PAY_ID, TRANS_ID, REF_NR, slave]
}

/// The refund of a row.
pub(super) fn record(row: &Row<6>) -> Result<Record, Vec<Fault>> {
    let [amount, currency, pay_id, trans_id, ref_nr, slave] = &row.values;
    let mut fields = Fields { line: row.line, faults: Vec::new() };
    let record = (
        fields.parse(Field::Amount, amount),
        fields.parse(Field::Currency, currency),
        fields.parse(Field::PayId, pay_id),
        fields.parse(Field::TransId, trans_id),
        fields.parse_some(Field::RefNr, ref_nr),
        fields.parse_some(Field::Mid, slave),
    );
    match record {
        (Some(amount), Some(currency), Some(pay_id), Some(trans_id), ref_nr, slave)
            if fields.faults.is_empty() =>
        {
            Ok(Record { money: Money::of(amount, currency), trans_id, ref_nr, pay_id, slave })
        }
        _ => Err(fields.faults),
    }
}

/// The payment of a row.
pub(super) fn payment(row: &Row<3>) -> Result<(PayId, Money), Vec<Fault>> {
    let [amount, currency, pay_id] = &row.values;
    let mut fields = Fields { line: row.line, faults: Vec::new() };
    let payment = (
        fields.parse(Field::Amount, amount),
        fields.parse(Field::Currency, currency),
        fields.parse(Field::PayId, pay_id),
    );
    match payment {
        (Some(amount), Some(currency), Some(pay_id)) => Ok((pay_id, Money::of(amount, currency))),
        _ => Err(fields.faults),
    }
}

/// The fields of a row, and what is wrong with them.
struct Fields {
    line: u64,
    faults: Vec<Fault>,
}

impl Fields {
    fn parse<T: FromStr<Err = FormatError>>(&mut self, field: Field, text: &str) -> Option<T> {
        let fault = |error: FormatError| Fault::of_field(self.line, field.as_str(), error.to_string());
        text.parse().map_err(fault).map_err(|fault| self.faults.push(fault)).ok()
    }

    fn parse_some<T: FromStr<Err = FormatError>>(&mut self, field: Field, text: &str) -> Option<T> {
        if text.is_empty() { None } else { self.parse(field, text) }
    }
}
