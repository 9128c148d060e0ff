//! Only the check makes an authentic callback, and only binding makes a paid one.
use paygate::{Authentic, Money, Paid, Signed, Trustly};

fn forge(signed: Signed, money: Money) -> Paid {
    let _ = Authentic::<Trustly> { signed };
    Paid { signed, money }
}

fn main() {}
