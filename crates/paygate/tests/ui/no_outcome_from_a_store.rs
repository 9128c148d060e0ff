//! Whoever can write a shop's store could else call an order paid.
use paygate::Outcome;
use serde::Deserialize;

fn read(stored: &str) -> Outcome {
    Outcome::deserialize(&mut serde_json::Deserializer::from_str(stored)).unwrap()
}

fn main() {}
