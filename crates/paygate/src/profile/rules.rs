//! The rules of a profile, held against what a request says.

use super::Profile;
use crate::error::Violation;
use paygate_params::message::has_row;
use paygate_params::{Facts, Message, Method};

impl Profile {
    /// Adds the rules that a payment request breaks.
    pub(crate) fn payment_violations<M: Method>(&self, facts: &Facts<'_>, found: &mut Vec<Violation>) {
        if let Some(currency) = facts.currency.filter(|currency| !self.currencies::<M>().contains(currency)) {
            found.push(Violation::Currency { currency });
        }
        if let (Some(currency), Some(country)) = (facts.currency, facts.country)
            && !self.country_takes(country, currency)
        {
            found.push(Violation::CountryCurrency { currency, country });
        }
        if facts.amount.is_some_and(|amount| amount.units() < self.minimum()) {
            found.push(Violation::Minimum { minimum: self.minimum() });
        }
        let has_ref_nr = const { has_row(<M::Request as Message>::ROWS, "RefNr") };
        if has_ref_nr && self.ref_nr_required && facts.ref_nr.is_none() {
            found.push(Violation::RefNrMissing);
        }
        if facts.ref_nr.is_some_and(|number| number.as_str().len() > self.ref_nr_max) {
            found.push(Violation::RefNrTooLong { max: self.ref_nr_max });
        }
        self.amount_violations(facts, found);
    }

    /// Adds the rules that a follow-up breaks: what was paid can be given back in its own currency, and in parts
    /// that are smaller than the least payment.
    pub(crate) fn follow_up_violations(&self, facts: &Facts<'_>, found: &mut Vec<Violation>) {
        if facts.amount.is_some_and(|amount| amount.units() == 0) {
            found.push(Violation::NoAmount);
        }
        self.amount_violations(facts, found);
    }

    fn amount_violations(&self, facts: &Facts<'_>, found: &mut Vec<Violation>) {
        let digits = |units: u64| units.checked_ilog10().map_or(1, |log| log.saturating_add(1));
        if facts.amount.is_some_and(|amount| digits(amount.units()) > self.amount_digits) {
            found.push(Violation::AmountDigits { max: self.amount_digits });
        }
    }
}
