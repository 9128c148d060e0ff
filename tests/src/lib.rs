//! What several test files share: loaders of the test data and, behind a feature, a PostgreSQL server.

pub mod cannot_pass;
pub mod peers;
#[cfg(all(feature = "postgres", unix))]
pub mod postgres;
pub mod vectors;

use serde::de::DeserializeOwned;
use std::path::Path;

/// Reads a file of `tests/data`.
///
/// # Panics
///
/// If it is not there.
#[must_use]
#[expect(clippy::panic, reason = "a test without its data must stop")]
pub fn data(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[expect(clippy::panic, reason = "a test without its data must stop")]
fn json<T: DeserializeOwned>(file: &str) -> T {
    serde_json::from_str(&data(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Bytes that stand in a data file as hex digits.
pub mod hex_bytes {
    use serde::{Deserialize, Deserializer, de::Error};

    /// For `#[serde(with = "hex_bytes")]`.
    ///
    /// # Errors
    ///
    /// If the text is not hex.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        hex::decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The code of the README is compiled with the examples of this crate.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
