//! Neither a paid order nor an authentic callback is read from anywhere.
use paygate::{Authentic, Bound, Paid, Trustly};
use serde::Deserialize;

fn main() {
    let mut stored = serde_json::Deserializer::from_str("{}");
    let _ = Paid::deserialize(&mut stored);
    let _ = Authentic::<Trustly>::deserialize(&mut stored);
    let _ = Bound::<Trustly>::deserialize(&mut stored);
}
