//! Callbacks signed as Paygate would, and as somebody would who has no key.

use super::TestingError;
use super::sealed_text::{Pairs, form, pay_id_for};
use crate::expected::Expected;
use crate::merchant::Merchant;
use paygate_crypto::{MacKey, ResponseParts};
use std::fmt;

/// A callback as Paygate would send it: `mid`, `PayID` … in its order and spelling, upper-case hex, padded with
/// blanks.
///
/// `Debug` shows names and no values: a test may be about somebody's order.
#[derive(Clone)]
pub struct Callback {
    pairs: Pairs,
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
        let (mid, trans_id) = (attempt.mid().as_str(), attempt.trans_id().as_str());
        let pairs = Pairs::standard(mid, &pay_id, trans_id, [status, code]);
        Self { pairs, outside: Vec::new(), forged: false }
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
        self.pairs.set(name, value.as_ref());
        self
    }

    /// Leaves a parameter out; the MAC is then over an empty value.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.pairs.remove(name);
        self
    }

    /// Adds a parameter also where it stands already, so that it stands twice.
    #[must_use]
    pub fn doubled(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.pairs.push(name, value.as_ref());
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
        let stranger = MacKey::new(b"somebody else's key")?;
        let key = if self.forged { &stranger } else { merchant.keys().current().mac() };
        let mac = key.response(&ResponseParts {
            pay_id: self.pairs.value("PayID"),
            trans_id: self.pairs.value("TransID"),
            mid: self.pairs.value("mid"),
            status: self.pairs.value("Status"),
            code: self.pairs.value("Code"),
        })?;
        let mut pairs = self.pairs.clone();
        pairs.push("MAC", mac.to_hex().as_str().as_bytes());
        Ok(pairs.text())
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

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback")
            .field("pairs", &self.pairs)
            .field("outside", &self.outside.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("forged", &self.forged)
            .finish()
    }
}
