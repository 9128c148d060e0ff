//! An answer from server to server: it is this call's, and no MAC covers it.

use super::body::parameters;
use super::call::ServerCall;
use super::error::AnswerError;
use super::opening::open;
use crate::callback::authentic::issues;
use crate::callback::envelope::Envelope;
use crate::callback::form::pairs;
use crate::callback::opened::Opened;
use crate::callback::plain::write;
use crate::callback::raw::{RawCallback, Route};
use crate::expected::same_merchant;
use crate::merchant::Merchant;
use gateway_http::HttpResponse;
use paygate_crypto::Plaintext;
use paygate_params::message::{Field, Fields, Index, Issue, SignedError, read_strictly};
use paygate_params::{Charset, Code, FollowUp, MerchantId, PayId, ResultMessage, Status, TransId};
use std::fmt;

/// An answer that came over the connection that the shop opened, and that belongs to the call: the same merchant,
/// PayID and TransID.
///
/// **No MAC covers it**; Paygate sends none with answers from server to server. It is as trustworthy as the TLS
/// connection. Nothing makes an [`Outcome`](crate::Outcome) of it: a callback has one, an answer has not.
///
/// ```compile_fail,E0599
/// # fn answer(answer: paygate::WithoutMac<paygate::follow_ups::Inquire>, expected: &paygate::Expected) {
/// answer.bind(expected); // no callback
/// # }
/// ```
///
/// ```compile_fail,E0277
/// # fn outcome(answer: paygate::WithoutMac<paygate::follow_ups::Inquire>) -> paygate::Outcome {
/// answer.into() // and nothing becomes an outcome
/// # }
/// ```
pub struct WithoutMac<F: FollowUp> {
    text: Plaintext,
    index: Index<F::Answer>,
    head: Head,
    charset: Charset,
}

/// The fields that tell whose answer it is and how it went. An answer that says no may lack the ids.
#[derive(Clone, Copy)]
struct Head {
    mid: Option<MerchantId>,
    pay_id: Option<PayId>,
    trans_id: Option<TransId>,
    status: Status,
    code: Code,
}

impl Head {
    fn read<R: ResultMessage>(text: &[u8], index: &Index<R>) -> Result<Self, AnswerError> {
        let code = read_strictly("Code", index.value(text, "Code"))
            .map_err(|error| AnswerError::Field { error, code: None })?;
        let wrong = |error| AnswerError::Field { error, code: Some(code) };
        let needed = code == Code::SUCCESS;
        Ok(Self {
            mid: id("mid", text, index, needed).map_err(wrong)?,
            pay_id: id("PayID", text, index, needed).map_err(wrong)?,
            trans_id: id("TransID", text, index, needed).map_err(wrong)?,
            status: read_strictly("Status", index.value(text, "Status")).map_err(wrong)?,
            code,
        })
    }
}

/// An id, which only an answer that says no may lack.
fn id<T: Field, R: ResultMessage>(
    name: &'static str,
    text: &[u8],
    index: &Index<R>,
    needed: bool,
) -> Result<Option<T>, SignedError> {
    match index.value(text, name) {
        None | Some([]) if !needed => Ok(None),
        value => read_strictly(name, value).map(Some),
    }
}

impl<F: FollowUp> WithoutMac<F> {
    pub(super) fn read(call: &ServerCall<F>, response: &HttpResponse) -> Result<Self, AnswerError> {
        let read = Self::read_body(call, parameters(response)?);
        if response.is_success() {
            return read;
        }
        let code = read.map_or_else(|error| error.code(), |answer| Some(answer.code()));
        Err(AnswerError::Status { status: response.status(), code })
    }

    fn read_body(call: &ServerCall<F>, body: &[u8]) -> Result<Self, AnswerError> {
        // The outer form is that of a callback; which URL was called says nothing here.
        let raw = RawCallback::post(Route::Notify, body);
        let envelope = Envelope::parse(&raw)?;
        let merchant = call.merchant();
        let check = |text: &[u8]| {
            let index = Opened::<F::Answer>::split(text)?.into_index();
            Ok((Head::read(text, &index)?, index))
        };
        let (text, (head, index)) = match envelope.sealed() {
            Some(sealed) => open(merchant, sealed, check)?,
            None => in_the_clear(merchant, &raw, check)?,
        };
        let answer = Self { text, index, head, charset: merchant.charset() };
        answer.belongs_to(call)?;
        Ok(answer)
    }

    fn belongs_to(&self, call: &ServerCall<F>) -> Result<(), AnswerError> {
        let Head { mid, pay_id, trans_id, code, .. } = self.head;
        if mid.is_some_and(|mid| !same_merchant(&mid, call.merchant().id())) {
            return Err(AnswerError::OtherMerchant { code });
        }
        if differ(pay_id.as_ref(), call.pay_id()) {
            return Err(AnswerError::OtherPayId { code });
        }
        if differ(trans_id.as_ref(), call.trans_id()) {
            return Err(AnswerError::OtherTransId { code });
        }
        Ok(())
    }

    /// `Status`: how the *call* went, not how the payment stands.
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.head.status
    }

    /// `Code`: how the *call* went.
    #[must_use]
    pub fn code(&self) -> Code {
        self.head.code
    }

    /// `mid`; an answer that says no may lack it.
    #[must_use]
    pub fn mid(&self) -> Option<&MerchantId> {
        self.head.mid.as_ref()
    }

    /// `PayID`; an answer that says no may lack it.
    #[must_use]
    pub fn pay_id(&self) -> Option<&PayId> {
        self.head.pay_id.as_ref()
    }

    /// `TransID`; an answer that says no may lack it.
    #[must_use]
    pub fn trans_id(&self) -> Option<&TransId> {
        self.head.trans_id.as_ref()
    }

    /// The other fields of the table, good to show.
    #[must_use]
    pub fn fields(&self) -> Fields<'_, F::Answer> {
        Fields::new(self.text(), &self.index, self.charset)
    }

    /// Every pair as it came, in order, known or not.
    pub fn pairs(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let text = self.text();
        pairs(text)
            .map(|pair| (text.get(pair.name).unwrap_or_default(), text.get(pair.value).unwrap_or_default()))
    }

    /// What is odd about fields that nothing depends on.
    #[must_use]
    pub fn issues(&self) -> Vec<Issue> {
        issues(self.fields(), self.pairs())
    }

    /// A field that decides, and that the answer may lack.
    pub(super) fn strict<T: Field>(&self, name: &'static str) -> Result<Option<T>, SignedError> {
        id(name, self.text(), &self.index, false)
    }

    fn text(&self) -> &[u8] {
        &self.text
    }
}

/// Whether both are there and say different things.
fn differ<T: PartialEq>(answered: Option<&T>, asked: Option<&T>) -> bool {
    matches!((answered, asked), (Some(answered), Some(asked)) if answered != asked)
}

/// An answer in the clear, if the merchant takes such; its text without the escapes of a form.
fn in_the_clear<R>(
    merchant: &Merchant,
    raw: &RawCallback<'_>,
    check: impl Fn(&[u8]) -> Result<(Head, Index<R>), AnswerError>,
) -> Result<(Plaintext, (Head, Index<R>)), AnswerError> {
    let mut text = Plaintext::zeroed(raw.len().saturating_add(1));
    let end = write(raw, &mut text)?;
    text.truncate(end);
    match check(&text) {
        Err(AnswerError::Field { error: SignedError::Missing { name: "Code" }, .. }) => {
            Err(AnswerError::Unreadable)
        }
        checked if merchant.takes_plain_answers() => checked.map(|checked| (text, checked)),
        Ok((head, _)) => Err(AnswerError::Plain { code: Some(head.code) }),
        Err(error) => Err(AnswerError::Plain { code: error.code() }),
    }
}

impl<F: FollowUp> fmt::Debug for WithoutMac<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WithoutMac")
            .field("follow_up", &F::NAME)
            .field("pay_id", &self.head.pay_id)
            .field("trans_id", &self.head.trans_id)
            .field("status", &self.head.status)
            .field("code", &self.head.code)
            .finish_non_exhaustive()
    }
}
