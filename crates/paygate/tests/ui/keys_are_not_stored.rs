//! A key cannot be written to a store; what else cannot, tests/stored.rs lists.
use paygate::EncryptionKey;
use serde::Serialize;

fn leak(key: &EncryptionKey) -> serde_json::Value {
    key.serialize(serde_json::value::Serializer).unwrap()
}

fn main() {}
