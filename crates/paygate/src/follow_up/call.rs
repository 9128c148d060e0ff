//! The call itself: sealed when it is made, and able to read its own answer.

use super::answer::WithoutMac;
use super::error::AnswerError;
use super::stored_credit::StoredCredit;
use crate::error::SealError;
use crate::merchant::Merchant;
use crate::request::encrypted::Encrypted;
use crate::request::left_out::LeftOut;
use crate::trace;
use gateway_http::{Call, HttpRequest, HttpResponse, Repeat};
use paygate_params::follow_ups::credit::CreditRequest;
use paygate_params::follow_ups::inquire::InquireRequest;
use paygate_params::follow_ups::inquire24::Inquire24Request;
use paygate_params::follow_ups::{Credit, Inquire, Inquire24};
use paygate_params::{FollowUp, PayId, ReqId, Request, TransId};
use std::fmt;
use std::marker::PhantomData;

const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";

/// A call to Paygate, sealed and not yet sent.
///
/// It is a value: send [`ServerCall::request`](Call::request) with the client that the shop has, and hand the answer to
/// [`ServerCall::read`](Call::read).
///
/// ```
/// use paygate::follow_ups::inquire24::Inquire24Request;
/// use paygate::{Call, Currency, HttpResponse, Money, Share, TransId, testing};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let merchant = testing::merchant();
/// let call = merchant.inquire24(&Inquire24Request::new(TransId::new("order-1")?))?;
/// assert_eq!(call.request().url(), "https://paygate.invalid/inquire24.aspx");
/// // … the shop's client sends it, and this is what comes back:
/// let response: HttpResponse = testing::Answer::to(&call).with("AmountCap", "1999").with("Currency", "EUR").response()?;
/// let amounts = call.read(&response)?.amounts()?;
/// assert_eq!(amounts.captured_of(Money::new(1999, Currency::EUR)?), Share::Whole);
/// # Ok(())
/// # }
/// ```
pub struct ServerCall<F> {
    request: HttpRequest,
    merchant: Merchant,
    pay_id: Option<PayId>,
    trans_id: Option<TransId>,
    req_id: Option<ReqId>,
    follow_up: PhantomData<fn() -> F>,
}

impl Merchant {
    /// Gives money of a payment back to the customer.
    ///
    /// The call says in [`ServerCall::req_id`] under which `ReqId` it goes: store that *before* sending. Where no answer
    /// comes, what happened is unknown: ask by an inquiry how much was credited. Sending the same `ReqId` again is answered
    /// with the state of the first one once that is *finished*; while it is open, Paygate carries out the second one too
    /// (vendor page "Trustly", row `ReqId`). And not before the shop answered the first notify of the payment.
    ///
    /// ```
    /// use paygate::follow_ups::credit::CreditRequest;
    /// use paygate::{Call, CreditState, Currency, Money, PayId, TransId, testing};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let merchant = testing::merchant();
    /// let pay_id = PayId::new("7bbb448155234d8cbee323778952ce28")?;
    /// let trans_id = TransId::new("order-1-credit-1")?;
    /// let call = merchant.credit(&CreditRequest::builder(pay_id, trans_id, Money::new(999, Currency::EUR)?).build())?;
    /// assert!(call.req_id().is_some()); // to be stored with the refund
    /// let answer = call.read(&testing::Answer::to(&call).response()?)?;
    /// assert_eq!(answer.state(), CreditState::Done);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Merchant::seal`], and [`SealError::ReqId`] where there are no random bytes to make a `ReqId` of: a credit that
    /// cannot be known again is not sealed, unless the profile or the request says so.
    pub fn credit(&self, request: &CreditRequest) -> Result<ServerCall<Credit>, SealError> {
        self.call(request)
    }

    /// Asks how a payment stands whose PayID is known.
    ///
    /// ```
    /// use paygate::follow_ups::inquire::InquireRequest;
    /// use paygate::{Call, PayId, Repeat, TransId, testing};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let pay_id = PayId::new("7bbb448155234d8cbee323778952ce28")?; // from the attempt's first callback
    /// let call = testing::merchant().inquire(&InquireRequest::new(pay_id, TransId::new("order-1")?))?;
    /// assert_eq!(call.repeat(), Repeat::Harmless);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Merchant::seal`].
    pub fn inquire(&self, request: &InquireRequest) -> Result<ServerCall<Inquire>, SealError> {
        self.call(request)
    }

    /// Asks how a payment stands of which the TransID alone is known: no callback ever came. The answer tells its PayID.
    ///
    /// ```
    /// use paygate::follow_ups::inquire24::Inquire24Request;
    /// use paygate::{Call, TransId, testing};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let call = testing::merchant().inquire24(&Inquire24Request::new(TransId::new("order-1")?))?;
    /// assert!(call.read(&testing::Answer::to(&call).response()?)?.pay_id().is_some());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Merchant::seal`].
    pub fn inquire24(&self, request: &Inquire24Request) -> Result<ServerCall<Inquire24>, SealError> {
        self.call(request)
    }

    fn call<F: FollowUp>(&self, request: &F::Request) -> Result<ServerCall<F>, SealError> {
        let made = self.call_checked(request);
        trace::calling(self.id(), &made);
        made
    }

    fn call_checked<F: FollowUp>(&self, request: &F::Request) -> Result<ServerCall<F>, SealError> {
        let facts = request.facts();
        let violations = self.follow_up_violations(&facts);
        if !violations.is_empty() {
            return Err(SealError::Rules(violations));
        }
        let Encrypted { form, req_id, left_out } = self.encrypt(request, &facts, &[])?;
        // A payment may go without; money that goes back may not.
        if left_out.contains(&LeftOut::ReqId) {
            return Err(SealError::ReqId);
        }
        let url = self.endpoint().join(F::ENDPOINT);
        Ok(ServerCall {
            request: HttpRequest::post(url, CONTENT_TYPE, form.into_string()),
            merchant: self.clone(),
            pay_id: facts.pay_id.copied(),
            trans_id: facts.trans_id.copied(),
            req_id,
            follow_up: PhantomData,
        })
    }
}

impl ServerCall<Credit> {
    /// What was stored, after it was looked at.
    pub(super) fn of_stored(merchant: &Merchant, endpoint: &str, stored: &StoredCredit<'_>) -> Self {
        Self {
            request: HttpRequest::post(merchant.endpoint().join(endpoint), CONTENT_TYPE, stored.body),
            merchant: merchant.clone(),
            pay_id: Some(stored.pay_id),
            trans_id: Some(stored.trans_id),
            req_id: Some(stored.req_id),
            follow_up: PhantomData,
        }
    }
}

impl<F> ServerCall<F> {
    /// The `ReqId` under which the call goes, where it has one: the same one sent again acts once only, for 12 months and
    /// once the first one is finished.
    #[must_use]
    pub fn req_id(&self) -> Option<&ReqId> {
        self.req_id.as_ref()
    }

    /// The payment that the call is about, where it names one.
    #[must_use]
    pub fn pay_id(&self) -> Option<&PayId> {
        self.pay_id.as_ref()
    }

    /// The TransID of the call.
    #[must_use]
    pub fn trans_id(&self) -> Option<&TransId> {
        self.trans_id.as_ref()
    }

    pub(crate) fn merchant(&self) -> &Merchant {
        &self.merchant
    }
}

impl<F: FollowUp> Call for ServerCall<F> {
    type Answer = WithoutMac<F>;
    type Error = AnswerError;

    fn request(&self) -> &HttpRequest {
        &self.request
    }

    fn repeat(&self) -> Repeat {
        match (F::REPEATABLE, self.req_id) {
            (true, _) => Repeat::Harmless,
            (false, Some(_)) => Repeat::KnownWhenFinished,
            (false, None) => Repeat::Twice,
        }
    }

    fn read(&self, response: &HttpResponse) -> Result<WithoutMac<F>, AnswerError> {
        let read = WithoutMac::read(self, response);
        trace::answering(self, read.as_ref());
        read
    }
}

impl<F: FollowUp> fmt::Debug for ServerCall<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerCall")
            .field("follow_up", &F::NAME)
            .field("pay_id", &self.pay_id)
            .field("trans_id", &self.trans_id)
            .field("req_id", &self.req_id)
            .finish_non_exhaustive()
    }
}
