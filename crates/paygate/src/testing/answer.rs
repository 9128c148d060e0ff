//! Answers from server to server.

use super::TestingError;
use super::sealed_text::{Pairs, form, pay_id_for};
use super::sent::sent_in;
use crate::follow_up::call::ServerCall;
use crate::merchant::Merchant;
use gateway_http::{HttpRequest, HttpResponse};
use paygate_crypto::EncryptError;
use paygate_params::{PayId, TransId};

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
    pairs: Pairs,
}

impl Answer {
    /// The answer to a call that went well.
    #[must_use]
    pub fn to<F>(call: &ServerCall<F>) -> Self {
        let trans_id = call.trans_id().map(TransId::as_str).unwrap_or_default();
        Self::about(call.merchant(), call.pay_id().map(PayId::as_str), trans_id)
    }

    /// The same, for whoever sees nothing but what is sent: a stand-in for the shop's client.
    ///
    /// ```
    /// use paygate::follow_ups::inquire24::Inquire24Request;
    /// use paygate::{Call, HttpRequest, HttpResponse, TransId, testing};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let merchant = testing::merchant();
    /// let send = |request: &HttpRequest| -> Result<HttpResponse, testing::TestingError> {
    ///     Ok(testing::Answer::to_request(&merchant, request)?.response()?)
    /// };
    /// let call = merchant.inquire24(&Inquire24Request::new(TransId::random()?))?;
    /// assert_eq!(call.read(&send(call.request())?)?.trans_id(), call.trans_id());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the request is another merchant's.
    pub fn to_request(merchant: &Merchant, request: &HttpRequest) -> Result<Self, TestingError> {
        let sent = sent_in(merchant, request)?;
        let value = |wanted| sent.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        Ok(Self::about(merchant, value("PayID"), value("TransID").unwrap_or_default()))
    }

    fn about(merchant: &Merchant, pay_id: Option<&str>, trans_id: &str) -> Self {
        let pay_id = pay_id.map_or_else(|| pay_id_for(trans_id), str::to_owned);
        let pairs = Pairs::standard(merchant.id().as_str(), &pay_id, trans_id, ["OK", "00000000"]);
        Self { merchant: merchant.clone(), pairs }
    }

    /// Sets a parameter, or adds it at the end. Bytes are taken as they are.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.pairs.set(name, value.as_ref());
        self
    }

    /// Leaves a parameter out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.pairs.remove(name);
        self
    }

    /// The text, not encrypted.
    #[must_use]
    pub fn plaintext(&self) -> Vec<u8> {
        self.pairs.text()
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
