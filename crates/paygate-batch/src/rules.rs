//! What a writer allows besides the formats: what the vendor's page makes an account's own matter.

use crate::line::push_field;
use crate::{Field, Layout, LineError, Record, Rule, Shape};
use paygate_params::{Currency, MerchantId, RefNr};

/// What separates fields and lines, or could be read as a quotation.
pub(crate) const SEPARATORS: [char; 4] = [',', '"', '\r', '\n'];

/// The rules of a [`Writer`](crate::Writer). By default all is refused that needs a word with Computop before.
///
/// ```
/// use paygate_batch::Rules;
/// let rules = Rules::default().with_mixed_currencies(true);
/// assert_eq!(rules.most_digits, 10);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rules {
    /// Whether one file may have several currencies: SumAmount then adds cents to kronor, and means nothing. `false`.
    pub mixed_currencies: bool,
    /// The least amount, in the smallest unit: "contact the Computop Helpdesk, if you want to capture amounts <100". 100.
    pub least_amount: u64,
    /// How many digits an amount may have: `n..10` on Computop's page, 12 on that of its white label Axepta. 10.
    pub most_digits: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self { mixed_currencies: false, least_amount: 100, most_digits: 10 }
    }
}

impl Rules {
    /// The same, with or without mixed currencies.
    #[must_use]
    pub const fn with_mixed_currencies(self, mixed_currencies: bool) -> Self {
        Self { mixed_currencies, ..self }
    }

    /// The same with another least amount. 0 goes back to nobody, whatever is allowed.
    #[must_use]
    pub const fn with_least_amount(self, least_amount: u64) -> Self {
        Self { least_amount, ..self }
    }

    /// The same with amounts of up to so many digits.
    #[must_use]
    pub const fn with_most_digits(self, most_digits: usize) -> Self {
        Self { most_digits, ..self }
    }
}

impl Rules {
    /// Looks whether a record may stand in a file of this layout, behind others of this currency.
    pub(crate) fn hold(
        &self,
        layout: Layout,
        before: Option<Currency>,
        record: &Record,
    ) -> Result<(), Broken> {
        let broken = |field, rule| Err(Broken { column: column(layout, record, field), field, rule });
        match record.slave {
            Some(_) if !layout.is_master() => return broken(Field::Mid, Rule::NoField),
            None if layout.is_master() => return broken(Field::Mid, Rule::Missing),
            _ => {}
        }
        if record.ref_nr.is_some() && !layout.version().has_ref_nr() {
            return broken(Field::RefNr, Rule::NoField);
        }
        let amount = record.money.amount();
        if amount.units() == 0 {
            return broken(Field::Amount, Rule::Nothing);
        }
        if amount.units() < self.least_amount {
            return broken(Field::Amount, Rule::Small { least: self.least_amount });
        }
        if amount.digits(str::len) > self.most_digits {
            return broken(Field::Amount, Rule::Digits { max: self.most_digits });
        }
        if !self.mixed_currencies && before.is_some_and(|before| before != record.money.currency()) {
            return broken(Field::Currency, Rule::Mixed);
        }
        let texts = [
            (Field::Mid, record.slave.as_ref().map(MerchantId::as_str)),
            (Field::TransId, Some(record.trans_id.as_str())),
            (Field::RefNr, record.ref_nr.as_ref().map(RefNr::as_str)),
        ];
        for (field, text) in texts {
            if text.is_some_and(|text| text.contains(SEPARATORS)) {
                return broken(field, Rule::Separator);
            }
        }
        Ok(())
    }
}

/// A rule that a record breaks, wherever it would stand.
pub(crate) struct Broken {
    column: usize,
    field: Field,
    rule: Rule,
}

impl Broken {
    pub(crate) fn at(self, line: u64) -> LineError {
        LineError { line, column: self.column, field: Some(self.field), rule: self.rule }
    }
}

/// Where the field would begin; of one that the lines do not have, the line's begin.
fn column(layout: Layout, record: &Record, field: Field) -> usize {
    let shape = Shape::of_request(layout);
    let mut before = Vec::new();
    for known in shape.fields().take_while(|known| *known != field) {
        push_field(&mut before, record, known);
    }
    if shape.fields().any(|known| known == field) { before.len().saturating_add(1) } else { 1 }
}
