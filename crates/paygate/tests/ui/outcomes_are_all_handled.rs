//! A shop that forgets one way in which a payment can stand does not compile.
use paygate::Outcome;

fn ships(outcome: Outcome) -> bool {
    match outcome {
        Outcome::Paid(_) => true,
        Outcome::Failed(_) => false,
        Outcome::Open(_) => false,
    }
}

fn main() {}
