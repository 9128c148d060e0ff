//! Sums of money: one for each currency, in its smallest unit.

use paygate::{Currency, Money};
use serde_json::{Map, Value};

/// Sums in the order in which the currencies came.
#[derive(Debug, Default)]
pub(super) struct Sums(Vec<(Currency, u128)>);

impl Sums {
    /// So much more.
    pub(super) fn add(&mut self, money: Money) {
        let (currency, units) = (money.currency(), u128::from(money.amount().units()));
        match self.0.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, sum)) => *sum = sum.saturating_add(units),
            None => self.0.push((currency, units)),
        }
    }

    /// The sums.
    pub(super) fn get(&self) -> &[(Currency, u128)] {
        &self.0
    }
}

/// For people.
pub(super) fn text(sums: &[(Currency, u128)]) -> String {
    sums.iter().map(|(currency, sum)| format!("{sum} {}", currency.as_str())).collect::<Vec<_>>().join(", ")
}

/// For programs.
pub(super) fn json(sums: &[(Currency, u128)]) -> Value {
    let pairs = sums.iter().map(|(currency, sum)| (currency.as_str().to_owned(), number(*sum)));
    pairs.collect::<Map<_, _>>().into()
}

/// A number of JSON; as text where it is greater than any that programs read.
pub(super) fn number(sum: u128) -> Value {
    u64::try_from(sum).map_or_else(|_| sum.to_string().into(), Value::from)
}
