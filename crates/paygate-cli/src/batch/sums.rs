//! Sums of money: one for each currency, in its smallest unit.

use paygate::{Currency, Money};
use serde_json::{Map, Value};

/// Of how many currencies a person is told.
const TOLD: usize = 8;

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
    listed(sums.iter().map(|(currency, sum)| format!("{sum} {}", currency.as_str())), ", ")
}

/// The first of them, and how many more there are: nobody reads a line of thousands.
pub(super) fn listed(mut texts: impl ExactSizeIterator<Item = String>, separator: &str) -> String {
    let first: Vec<String> = texts.by_ref().take(TOLD).collect();
    let first = first.join(separator);
    match texts.len() {
        0 => first,
        more => format!("{first} and {more} more"),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_are_told_and_the_rest_counted() {
        let told = |count: u8| listed((0..count).map(|number| number.to_string()), "+");
        assert_eq!((&*told(0), &*told(2), &*told(8)), ("", "0+1", "0+1+2+3+4+5+6+7"));
        assert_eq!(told(10), "0+1+2+3+4+5+6+7 and 2 more");
    }
}
