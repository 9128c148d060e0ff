//! Only binding makes a paid outcome.
use paygate::{Money, Paid, Signed};

fn forge(signed: Signed, money: Money) -> Paid {
    Paid { signed, money }
}

fn main() {}
