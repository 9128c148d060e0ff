//! An amount is a whole number of the smallest unit.
use paygate::{Currency, Money};

fn main() {
    let _ = Money::new(19.99, Currency::EUR);
}
