//! For the tests of shops: callbacks signed as Paygate would, and a merchant with throw-away keys.
//!
//! Whoever has the keys can make such callbacks; nothing here weakens a check. Use the throw-away merchant,
//! or your own test keys, and never live ones.
//!
//! ```
//! use paygate::{Outcome, RawCallback, Route, Trustly, testing};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let merchant = testing::merchant();
//! let expected = testing::expected(&merchant, "order-1", 1999);
//! let body = testing::Callback::failed(&expected, "21550053").with("Description", "cancelled").form(&merchant)?;
//! let callback = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, body.as_bytes()))?;
//! assert!(matches!(callback.bind(&expected)?.outcome(), Outcome::Failed(_)));
//! # Ok(())
//! # }
//! ```

mod answer;
mod callback;
mod sealed_text;
mod sent;

pub use answer::Answer;
pub use callback::Callback;
pub use sealed_text::seal_text;
pub use sent::{sent, sent_in};

use crate::expected::Expected;
use crate::merchant::Merchant;
use crate::trustly::{Customer, Order, PaymentRequest, PaymentRequestBuilder, Urls};
use paygate_crypto::{
    CutError, DataError, EncryptError, EncryptionKey, KeyError, KeyPair, KeyRing, MacError, MacKey,
};
use paygate_params::{
    BaseUrl, CallbackUrl, Currency, Email, FirstName, FormatError, LastName, MerchantId, Money, OrderDesc,
    TransId,
};

/// The encryption password of [`merchant`]; it protects nothing.
pub const ENCRYPTION_KEY: &str = "throw-away-key-1";
/// The HMAC password of [`merchant`]; it protects nothing.
pub const MAC_KEY: &str = "throw-away-mac-key-for-tests-012";
/// The id of [`merchant`].
pub const MERCHANT_ID: MerchantId = MerchantId::from_static("test_merchant");

/// A merchant with the keys above, marked as test, whose Paygate is at no address that exists.
///
/// # Panics
///
/// Never: the keys are constants that a test of this crate has tried.
#[must_use]
#[expect(clippy::expect_used, reason = "constants, for tests")]
pub fn merchant() -> Merchant {
    let encryption = EncryptionKey::blowfish_from_text(ENCRYPTION_KEY).expect("a key of 16 characters");
    let mac = MacKey::from_text(MAC_KEY).expect("a key that is not empty");
    let endpoint = BaseUrl::new("https://paygate.invalid/").expect("a URL");
    Merchant::new(MERCHANT_ID, KeyRing::new(KeyPair::new(encryption, mac)))
        .with_endpoint(endpoint)
        .marked_as_test()
}

/// The keys of a merchant: for a stand-in of Paygate, which has the same ones.
///
/// ```
/// use paygate::testing;
/// let keys = testing::keys(&testing::merchant()).clone();
/// assert_eq!(keys.current().encryption().cipher().block_len(), 8);
/// ```
#[must_use]
pub fn keys(merchant: &Merchant) -> &KeyRing {
    merchant.keys()
}

/// What an attempt of so many euro cents expects.
///
/// # Panics
///
/// If `trans_id` is no TransID or the amount too large.
#[must_use]
#[expect(clippy::expect_used, reason = "a test may stop")]
pub fn expected(merchant: &Merchant, trans_id: &str, cents: u64) -> Expected {
    let trans_id = TransId::new(trans_id).expect("a TransID");
    Expected::new::<crate::Trustly>(
        *merchant.id(),
        trans_id,
        Money::new(cents, Currency::EUR).expect("an amount"),
    )
}

/// A payment request of so many euro cents that any merchant seals.
///
/// # Panics
///
/// If `trans_id` is no TransID or the amount too large.
#[must_use]
#[expect(clippy::expect_used, reason = "a test may stop")]
pub fn request(trans_id: &str, cents: u64) -> PaymentRequest {
    let url = |path: &str| CallbackUrl::new(format!("https://shop.example/{path}")).expect("a URL");
    let urls = Urls { success: url("success"), failure: url("failure"), notify: url("notify") };
    request_builder(trans_id, cents, &urls).build()
}

/// The same for a shop with URLs of its own, as a test's on loopback, and before it is built.
///
/// # Panics
///
/// If `trans_id` is no TransID or the amount too large.
///
/// ```
/// use paygate::testing;
/// use paygate::trustly::Urls;
/// use paygate::{CallbackUrl, CountryCode};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let url = |path: &str| CallbackUrl::new(format!("https://tea.example/{path}"));
/// let urls = Urls { success: url("success")?, failure: url("failure")?, notify: url("notify")? };
/// let request = testing::request_builder("order-1", 1999, &urls).country_code(CountryCode::DE).build();
/// assert!(testing::merchant().seal(&request).is_ok());
/// # Ok(())
/// # }
/// ```
#[expect(clippy::expect_used, reason = "a test may stop")]
pub fn request_builder(trans_id: &str, cents: u64, urls: &Urls) -> PaymentRequestBuilder {
    let build = || -> Result<PaymentRequestBuilder, FormatError> {
        Ok(PaymentRequest::builder(
            Order {
                trans_id: TransId::new(trans_id)?,
                money: Money::new(cents, Currency::EUR)?,
                description: OrderDesc::new("2 × Earl Grey")?,
            },
            Customer {
                first_name: FirstName::new("Anna")?,
                last_name: LastName::new("Müller")?,
                email: Email::new("anna@example.com")?,
            },
            urls,
        ))
    };
    build().expect("a TransID and an amount")
}

/// A callback cannot be made, or what was sealed cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TestingError {
    /// A signed value holds `*`.
    #[error(transparent)]
    Mac(#[from] MacError),
    /// There are no random bytes for an AES key.
    #[error(transparent)]
    Encrypt(#[from] EncryptError),
    /// A throw-away key is none.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// What was sealed was sealed by another merchant.
    #[error(transparent)]
    Data(#[from] DataError),
    /// What was sealed was sealed by another merchant.
    #[error(transparent)]
    Cut(#[from] CutError),
}
