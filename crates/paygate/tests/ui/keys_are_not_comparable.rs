//! Comparing keys or MACs with == would not be constant in time.
use paygate::crypto::Mac;
use paygate::{EncryptionKey, MacKey};

fn compare(a: &EncryptionKey, b: &EncryptionKey, c: &MacKey, d: &MacKey, e: &Mac, f: &Mac) -> bool {
    a == b || c == d || e == f
}

fn main() {}
