//! A key cannot be displayed.
use paygate::{EncryptionKey, MacKey};

fn leak(encryption: &EncryptionKey, mac: &MacKey) -> String {
    format!("{encryption} {mac}")
}

fn main() {}
