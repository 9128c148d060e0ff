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

use crate::expected::Expected;
use crate::follow_up::call::ServerCall;
use crate::merchant::Merchant;
use crate::profile::TextEncoding;
use crate::request::redirect::Redirect;
use crate::trustly::{Customer, Order, PaymentRequest, Urls};
use gateway_http::HttpResponse;
use paygate_crypto::{
    Cipher, CutError, DataError, EncryptError, EncryptionKey, KeyError, KeyPair, KeyRing, LenUnit, MacError,
    MacKey, ResponseParts,
};
use paygate_params::{
    BaseUrl, CallbackUrl, Charset, Currency, Email, FirstName, FormatError, LastName, MerchantId, Money,
    OrderDesc, TransId,
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
    let build = || -> Result<PaymentRequest, FormatError> {
        let url = |path: &str| CallbackUrl::new(format!("https://shop.example/{path}"));
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
            &Urls { success: url("success")?, failure: url("failure")?, notify: url("notify")? },
        )
        .build())
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

/// A callback as Paygate would send it: `mid`, `PayID` … in its order and spelling, upper-case hex, padded with
/// blanks.
#[derive(Clone, Debug)]
pub struct Callback {
    pairs: Vec<(String, Vec<u8>)>,
    outside: Vec<(String, String)>,
    forged: bool,
}

impl Callback {
    /// Any Status and Code for an attempt, with a PayID made from the TransID unless one is pinned.
    #[must_use]
    pub fn new(expected: &Expected, status: &str, code: &str) -> Self {
        let attempt = expected.attempt();
        let pay_id = match expected.pay_id() {
            Some(pinned) => pinned.as_str().to_owned(),
            None => pay_id_for(attempt.trans_id().as_str()),
        };
        let pairs = [
            ("mid", attempt.mid().as_str()),
            ("PayID", &pay_id),
            ("XID", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
            ("TransID", attempt.trans_id().as_str()),
            ("Status", status),
            ("Description", "success"),
            ("Code", code),
        ];
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.as_bytes().to_vec());
        Self { pairs: pairs.map(owned).to_vec(), outside: Vec::new(), forged: false }
    }

    /// `OK` with `00000000`.
    #[must_use]
    pub fn paid(expected: &Expected) -> Self {
        Self::new(expected, "OK", "00000000")
    }

    /// `AUTHORIZE_REQUEST`, which leaves the payment open.
    #[must_use]
    pub fn open(expected: &Expected) -> Self {
        Self::new(expected, "AUTHORIZE_REQUEST", "00000000")
    }

    /// `FAILED` with this code.
    #[must_use]
    pub fn failed(expected: &Expected, code: &str) -> Self {
        Self::new(expected, "FAILED", code)
    }

    /// Sets a parameter, or adds it before the MAC. Bytes are taken as they are.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        set(&mut self.pairs, name, value.as_ref());
        self
    }

    /// Leaves a parameter out; the MAC is then over an empty value.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.pairs.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// Adds a parameter also where it stands already, so that it stands twice.
    #[must_use]
    pub fn doubled(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.pairs.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// Has the MAC of somebody who does not have the key.
    ///
    /// ```
    /// use paygate::{RawCallback, Route, Trustly, VerifyError, testing};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let merchant = testing::merchant();
    /// # let expected = testing::expected(&merchant, "order-1", 1999);
    /// let form = testing::Callback::paid(&expected).with_forged_mac().form(&merchant)?;
    /// let refused = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes()));
    /// assert_eq!(refused.unwrap_err(), VerifyError::Mac);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_forged_mac(mut self) -> Self {
        self.forged = true;
        self
    }

    /// Adds a parameter beside `Len` and `Data`, as the echo of `Custom` or `Plain`.
    #[must_use]
    pub fn with_echo(mut self, name: &str, value: &str) -> Self {
        self.outside.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The plaintext with the MAC at its end.
    ///
    /// # Errors
    ///
    /// If a signed value holds `*`, of which Paygate could make no MAC either.
    pub fn plaintext(&self, merchant: &Merchant) -> Result<Vec<u8>, TestingError> {
        let value = |name: &str| {
            let pair = self.pairs.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            pair.map(|(_, value)| value.as_slice()).unwrap_or_default()
        };
        let stranger = MacKey::new(b"somebody else's key")?;
        let key = if self.forged { &stranger } else { merchant.keys().current().mac() };
        let mac = key.response(&ResponseParts {
            pay_id: value("PayID"),
            trans_id: value("TransID"),
            mid: value("mid"),
            status: value("Status"),
            code: value("Code"),
        })?;
        let mut text = Vec::new();
        for (name, value) in &self.pairs {
            text.extend_from_slice(name.as_bytes());
            text.push(b'=');
            text.extend_from_slice(value);
            text.push(b'&');
        }
        text.extend_from_slice(b"MAC=");
        text.extend_from_slice(mac.to_hex().as_str().as_bytes());
        Ok(text)
    }

    /// The form: `Len=…&Data=…`, and the echoes.
    ///
    /// # Errors
    ///
    /// If a signed value holds `*`, or there are no random bytes for an AES key.
    pub fn form(&self, merchant: &Merchant) -> Result<String, TestingError> {
        Ok(form(merchant, &self.plaintext(merchant)?, &self.outside)?)
    }
}

/// What stands inside the `Data` of a redirect: names and values as Paygate would read them.
///
/// ```
/// use paygate::testing;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let merchant = testing::merchant();
/// let sealed = merchant.seal(&testing::request("order-1", 1999))?;
/// let sent = testing::sent(&merchant, &sealed.redirect)?;
/// assert!(sent.contains(&("Amount".to_owned(), "1999".to_owned())));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If the redirect is another merchant's.
pub fn sent(merchant: &Merchant, redirect: &Redirect) -> Result<Vec<(String, String)>, TestingError> {
    let [_, (_, len), (_, data)] = redirect.params();
    read(merchant, &len, &data)
}

/// What stands inside the `Data` of a call, in the same way.
///
/// # Errors
///
/// None that a call made by this crate can have.
pub fn sent_by<F>(call: &ServerCall<F>) -> Result<Vec<(String, String)>, TestingError> {
    let body = String::from_utf8_lossy(call.sealed_body());
    let value = |name: &str| body.split('&').find_map(|pair| pair.strip_prefix(name)).unwrap_or_default();
    read(call.merchant(), value("Len="), value("Data="))
}

fn read(merchant: &Merchant, len: &str, data: &str) -> Result<Vec<(String, String)>, TestingError> {
    let opened = merchant.keys().current().encryption().decrypt(data.as_bytes())?;
    let unit = match merchant.profile().text_encoding() {
        TextEncoding::Utf8LenInChars => LenUnit::Chars,
        TextEncoding::Latin1 | TextEncoding::Utf8LenInBytes => LenUnit::Bytes,
    };
    let end = opened.cut(len.parse().unwrap_or(usize::MAX), unit)?;
    let text = Charset::Detect.decode(opened.blocks().get(..end).unwrap_or_default()).into_owned();
    let pairs = text.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    Ok(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

/// Seals any text as Paygate would: padded with blanks, upper-case hex.
///
/// # Errors
///
/// If there are no random bytes for an AES key.
pub fn seal_text(merchant: &Merchant, text: &[u8]) -> Result<String, EncryptError> {
    form(merchant, text, &[])
}

fn form(merchant: &Merchant, text: &[u8], outside: &[(String, String)]) -> Result<String, EncryptError> {
    let key = merchant.keys().current().encryption();
    let mut padded = text.to_vec();
    if key.cipher() == Cipher::Blowfish {
        padded.resize(text.len().next_multiple_of(8), b' ');
    }
    let mut form = format!("Len={}&Data={}", text.len(), key.encrypt(&padded)?.data());
    for (name, value) in outside {
        let escape = |text| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
        form.extend(["&", &escape(name).to_string(), "=", &escape(value).to_string()]);
    }
    Ok(form)
}

/// 32 hex digits that depend on the TransID.
fn pay_id_for(trans_id: &str) -> String {
    let mut state: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for byte in trans_id.bytes() {
        state = (state ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_013b);
    }
    format!("{state:032x}")
}

/// An answer from server to server as Paygate would send it: no MAC, upper-case hex, padded with blanks.
///
/// ```
/// use paygate::follow_ups::inquire24::Inquire24Request;
/// use paygate::{AnswerError, Call, HttpResponse, TransId, testing};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let call = testing::merchant().inquire24(&Inquire24Request::new(TransId::new("order-1")?))?;
/// let refused = testing::Answer::to(&call).with("Status", "FAILED").with("Code", "20600001").response()?;
/// assert_eq!(call.read(&refused)?.code().module(), "060");
/// assert_eq!(call.read(&HttpResponse::new(200, "")).unwrap_err(), AnswerError::Empty { status: 200 });
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Answer {
    merchant: Merchant,
    pairs: Vec<(String, Vec<u8>)>,
}

impl Answer {
    /// The answer to a call that went well.
    #[must_use]
    pub fn to<F>(call: &ServerCall<F>) -> Self {
        let trans_id = call.trans_id().map(TransId::as_str).unwrap_or_default();
        let pay_id = call.pay_id().map_or_else(|| pay_id_for(trans_id), |id| id.as_str().to_owned());
        let pairs = [
            ("mid", call.merchant().id().as_str()),
            ("PayID", &pay_id),
            ("XID", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
            ("TransID", trans_id),
            ("Status", "OK"),
            ("Description", "success"),
            ("Code", "00000000"),
        ];
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.as_bytes().to_vec());
        Self { merchant: call.merchant().clone(), pairs: pairs.map(owned).to_vec() }
    }

    /// Sets a parameter, or adds it at the end. Bytes are taken as they are.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        set(&mut self.pairs, name, value.as_ref());
        self
    }

    /// Leaves a parameter out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.pairs.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// The text, not encrypted.
    #[must_use]
    pub fn plaintext(&self) -> Vec<u8> {
        let pairs = self.pairs.iter().map(|(name, value)| [name.as_bytes(), b"=", value].concat());
        pairs.collect::<Vec<_>>().join(&b'&')
    }

    /// The answer, encrypted.
    ///
    /// # Errors
    ///
    /// If there are no random bytes for an AES key.
    pub fn response(&self) -> Result<HttpResponse, EncryptError> {
        Ok(HttpResponse::new(200, form(&self.merchant, &self.plaintext(), &[])?))
    }
}

/// Sets the value of a name, or adds the pair at the end.
fn set(pairs: &mut Vec<(String, Vec<u8>)>, name: &str, value: &[u8]) {
    match pairs.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        Some(pair) => value.clone_into(&mut pair.1),
        None => pairs.push((name.to_owned(), value.to_vec())),
    }
}
