//! Amounts, as people read them.

use paygate::{Currency, Money};

/// `12.90 EUR`.
#[must_use]
pub fn shown(money: Money) -> String {
    let number = money.to_decimal().unwrap_or_else(|| money.amount().units().to_string());
    format!("{number} {}", money.currency().as_str())
}

/// The same, of a number of the smallest unit.
#[must_use]
pub fn units(units: u64, currency: Currency) -> String {
    Money::new(units, currency).map(shown).unwrap_or_default()
}
