//! An authentic callback has no outcome before it is bound to an attempt.
use paygate::{Authentic, Outcome, Trustly};

fn ship(callback: &Authentic<Trustly>) -> Outcome {
    callback.outcome()
}

fn main() {}
