//! What a shop reads back from its database is what it stored, or is refused; what was read is written the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate::{Attempt, Expected, Money, Signed};
use serde::Serialize;
use serde::de::DeserializeOwned;

fuzz_target!(|input: &[u8]| {
    same::<Expected>(input);
    same::<Attempt>(input);
    same::<Money>(input);
    same::<Signed>(input);
});

fn same<T: Serialize + DeserializeOwned>(input: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(input) else { return };
    let written = serde_json::to_string(&value).expect("JSON");
    let again: T = serde_json::from_str(&written).expect("what was written");
    assert_eq!(serde_json::to_string(&again).expect("JSON"), written);
}
