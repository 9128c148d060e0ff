//! Attacks on callbacks, each a test named after what must hold.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

mod changed;
mod copied;
mod doubled;
mod kept;
mod splicing;

use paygate::testing;
use paygate::{
    Authentic, EncryptionKey, Expected, KeyPair, KeyRing, MacKey, Merchant, RawCallback, Route, Trustly,
    VerifyError,
};

type Opening = Result<Authentic<Trustly>, VerifyError>;

fn open(merchant: &Merchant, form: &str) -> Opening {
    merchant.open(&RawCallback::post(Route::Notify, form.as_bytes()))
}

fn refused(merchant: &Merchant, form: &str) -> VerifyError {
    open(merchant, form).unwrap_err()
}

fn aes_merchant() -> Merchant {
    let keys = KeyPair::new(
        EncryptionKey::aes(b"0123456789abcdef").unwrap(),
        MacKey::from_text(testing::MAC_KEY).unwrap(),
    );
    Merchant::new(testing::MERCHANT_ID, KeyRing::new(keys)).marked_as_test()
}

/// The attempt that most tests are about.
fn attempt(merchant: &Merchant) -> Expected {
    testing::expected(merchant, "order-1", 1999)
}
