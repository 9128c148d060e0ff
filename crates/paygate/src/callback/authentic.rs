//! An answer that Paygate made for this merchant: the MAC held, `mid` is ours, its words agree.

use super::bound::Bound;
use super::envelope::Envelope;
use super::form::pairs;
use super::key_trial::{Found, find_sealed};
use super::opened::Opened;
use super::plain::find_plain;
use super::raw::{RawCallback, Route};
use crate::error::{BindError, Kept, OpenError, VerifyError};
use crate::expected::{Attempt, Expected, same_merchant};
use crate::merchant::Merchant;
use crate::trace;
use paygate_crypto::{KeyIndex, KeyPair, Plaintext, decrypted_len};
use paygate_params::message::{Fields, Index, Issue, Signed};
use paygate_params::{Charset, Method, PayId, ResultMessage, TransId, Verdict};
use std::fmt;
use std::time::SystemTime;

/// An answer that Paygate made for this merchant.
///
/// Only [`Merchant::open`] and its like ([`Merchants::open`](crate::Merchants::open)) make one, and only when the MAC holds. It says nothing about *which*
/// order it is for: [`Authentic::bind`] does. It owns the decrypted text once, in `B`.
///
/// Two views: [`signed`](Authentic::signed) for the five fields that the MAC covers, and
/// [`unsigned`](Authentic::unsigned) for all others, on which nothing may depend.
pub struct Authentic<M: Method, B = Plaintext> {
    buffer: B,
    end: usize,
    index: Index<M::Result>,
    signed: Signed,
    verdict: Verdict,
    key: KeyIndex,
    charset: Charset,
}

impl Merchant {
    /// Opens a callback: decrypts it, checks its MAC, and classifies it. Allocates once.
    ///
    /// Every key of the ring that has not ended is tried; the clock is asked only where a key has an end.
    ///
    /// ```
    /// use paygate::{RawCallback, Route, Trustly, VerifyError, testing};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let merchant = testing::merchant();
    /// # let expected = testing::expected(&merchant, "order-1", 1999);
    /// # let failed = testing::Callback::failed(&expected, "21550053").form(&merchant)?;
    /// let at_notify = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, failed.as_bytes()))?;
    /// assert_eq!(at_notify.signed().code().module(), "155");
    /// // The same Data, copied to the URL for success.
    /// let copied = merchant.open::<Trustly>(&RawCallback::get(Route::Success, failed.as_bytes()));
    /// assert!(matches!(copied, Err(VerifyError::WrongRoute(_))));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Why the callback cannot be believed or applied. Where [`VerifyError::kept`] has something, the result is
    /// Paygate's own: store it for a person and acknowledge it. Else tell the other side nothing: answer a notify with
    /// 500 and an empty body, so that it is repeated, and lead a browser to a neutral page.
    pub fn open<M: Method>(&self, raw: &RawCallback<'_>) -> Result<Authentic<M>, VerifyError> {
        self.open_by(raw, SystemTime::now)
    }

    /// As [`Merchant::open`], at a given time.
    ///
    /// # Errors
    ///
    /// As [`Merchant::open`].
    pub fn open_at<M: Method>(
        &self,
        raw: &RawCallback<'_>,
        now: SystemTime,
    ) -> Result<Authentic<M>, VerifyError> {
        self.open_by(raw, || now)
    }

    fn open_by<M: Method>(
        &self,
        raw: &RawCallback<'_>,
        clock: impl FnOnce() -> SystemTime,
    ) -> Result<Authentic<M>, VerifyError> {
        let open = || {
            let envelope = Envelope::parse(raw)?;
            let mut buffer = buffer_for(&envelope);
            let checked = self.check(&envelope, &mut buffer, clock)?;
            Ok(checked.authentic(buffer, self))
        };
        told(raw, open())
    }

    /// As [`Merchant::open`], into the caller's buffer: allocates nothing where the outer form has no escapes.
    ///
    /// One byte more than query and body have together is always enough. The buffer is the caller's to wipe: it keeps
    /// what was decrypted, also after an error.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use paygate::{RawCallback, Route, Trustly};
    /// # let merchant = paygate::testing::merchant();
    /// # let expected = paygate::testing::expected(&merchant, "order-1", 1999);
    /// # let body = paygate::testing::Callback::paid(&expected).form(&merchant)?;
    /// let mut buffer = [0; 4096];
    /// let callback = merchant.open_in::<Trustly, _>(&RawCallback::post(Route::Notify, body.as_bytes()), &mut buffer[..])?;
    /// assert_eq!(callback.signed().status().as_str(), "OK");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Merchant::open`], and [`OpenError::Buffer`] if the buffer is too small.
    pub fn open_in<M, B>(&self, raw: &RawCallback<'_>, mut buffer: B) -> Result<Authentic<M, B>, VerifyError>
    where
        M: Method,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let open = || {
            let checked = self.check(&Envelope::parse(raw)?, buffer.as_mut(), SystemTime::now)?;
            Ok(checked.authentic(buffer, self))
        };
        told(raw, open())
    }

    /// Decrypts into the buffer, checks the MAC, and classifies: all that makes an answer authentic but the buffer itself.
    pub(crate) fn check<M: Method>(
        &self,
        envelope: &Envelope<'_>,
        buffer: &mut [u8],
        clock: impl FnOnce() -> SystemTime,
    ) -> Result<Checked<M>, VerifyError> {
        let now = self.now(clock);
        let verify = |text: &[u8], pair: &KeyPair| Opened::<M::Result>::split(text)?.verify(pair.mac());
        let found = match envelope.sealed() {
            Some(sealed) => find_sealed(self.keys(), now, sealed, buffer, verify)?,
            None if self.takes_plain_answers() => {
                find_plain(self.keys(), now, envelope.raw(), buffer, verify)?
            }
            None if envelope.holds_parameters_of::<M::Result>() => return Err(OpenError::Plain.into()),
            None => return Err(OpenError::NoAnswer.into()),
        };
        let Found { checked: verified, end, key } = found;
        let signed = verified.signed;
        let kept = || Box::new(Kept(signed));
        if !same_merchant(signed.mid(), self.id()) {
            return Err(VerifyError::OtherMerchant(kept()));
        }
        let verdict = M::classify(signed.status(), signed.code())
            .map_err(|reason| VerifyError::Contradictory(kept(), reason))?;
        let expected_here = match envelope.raw().route() {
            Route::Success => verdict != Verdict::Failed,
            Route::Failure => verdict == Verdict::Failed,
            Route::Notify => true,
        };
        if !expected_here {
            return Err(VerifyError::WrongRoute(kept()));
        }
        Ok(Checked { end, index: verified.index, signed, verdict, key })
    }
}

/// What [`Merchant::check`] found in a buffer.
pub(crate) struct Checked<M: Method> {
    end: usize,
    index: Index<M::Result>,
    signed: Signed,
    verdict: Verdict,
    key: KeyIndex,
}

impl<M: Method> Checked<M> {
    /// Only for the buffer and the merchant by which it was checked.
    pub(crate) fn authentic<B>(self, buffer: B, merchant: &Merchant) -> Authentic<M, B> {
        let Self { end, index, signed, verdict, key } = self;
        Authentic { buffer, end, index, signed, verdict, key, charset: merchant.charset() }
    }
}

/// A buffer that the text of this callback fits into.
pub(crate) fn buffer_for(envelope: &Envelope<'_>) -> Plaintext {
    let length = match envelope.sealed() {
        Some((_, data)) => decrypted_len(data),
        None => envelope.raw().len().saturating_add(1),
    };
    Plaintext::zeroed(length)
}

/// Tells whoever listens how the opening went.
pub(crate) fn told<M: Method, B>(
    raw: &RawCallback<'_>,
    opened: Result<Authentic<M, B>, VerifyError>,
) -> Result<Authentic<M, B>, VerifyError> {
    trace::opening(M::NAME, raw.route(), opened.as_ref().map(|callback| &callback.signed));
    opened
}

impl<M: Method, B: AsRef<[u8]>> Authentic<M, B> {
    /// The five fields that the MAC covers.
    #[must_use]
    pub fn signed(&self) -> &Signed {
        &self.signed
    }

    /// The shop's name for the attempt: what to look up in the database.
    #[must_use]
    pub fn trans_id(&self) -> &TransId {
        self.signed.trans_id()
    }

    /// Paygate's name for the payment: what to pin the attempt to.
    #[must_use]
    pub fn pay_id(&self) -> &PayId {
        self.signed.pay_id()
    }

    /// The other fields of the table: good to show, nothing to decide by. Anybody who holds two `Data` can
    /// exchange their blocks.
    #[must_use]
    pub fn unsigned(&self) -> Fields<'_, M::Result> {
        Fields::new(self.text(), &self.index, self.charset)
    }

    /// Every pair as it came, in order, known or not.
    pub fn pairs(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let text = self.text();
        pairs(text)
            .map(|pair| (text.get(pair.name).unwrap_or_default(), text.get(pair.value).unwrap_or_default()))
    }

    /// What is odd about fields that nothing depends on: missing, too long, doubled, in a wrong format.
    #[must_use]
    pub fn issues(&self) -> Vec<Issue> {
        issues(self.unsigned(), self.pairs())
    }

    /// Which pair of keys held: while keys are being exchanged, that tells when the old one may go.
    #[must_use]
    pub fn key(&self) -> KeyIndex {
        self.key
    }

    /// The charset in which its text is read.
    #[must_use]
    pub fn charset(&self) -> Charset {
        self.charset
    }

    /// Whether the answer is this attempt's: the same method, merchant and TransID. For programs that only
    /// look; a shop binds.
    ///
    /// # Errors
    ///
    /// What differs.
    pub fn belongs_to(&self, attempt: &Attempt) -> Result<(), BindError> {
        attempt.compare(M::NAME, &self.signed)
    }

    /// Holds the answer against what the attempt expects: method, merchant, TransID, and the PayID where an
    /// earlier callback pinned it.
    ///
    /// ```
    /// use paygate::{BindError, RawCallback, Route, Trustly, testing};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let merchant = testing::merchant();
    /// # let (mine, other) = (testing::expected(&merchant, "order-1", 1999), testing::expected(&merchant, "order-2", 1999));
    /// # let form = testing::Callback::paid(&mine).form(&merchant)?;
    /// let callback = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes()))?;
    /// assert_eq!(callback.bind(&other).unwrap_err(), BindError::TransId);
    /// let pinned = callback.bind(&mine)?.expected(); // to be stored: a second payment does not bind to it
    /// assert_eq!(pinned.pay_id(), Some(callback.pay_id()));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// What differs. The callback is authentic all the same: store it and show it to a person.
    pub fn bind(&self, expected: &Expected) -> Result<Bound<'_, M, B>, BindError> {
        let compared = expected.compare(M::NAME, &self.signed);
        trace::binding(M::NAME, &self.signed, compared);
        compared.map(|()| Bound::new(self, *expected))
    }

    /// What Status and Code say, for programs that only look at callbacks. It is no outcome: whose payment it is,
    /// only [`Authentic::bind`] tells.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    fn text(&self) -> &[u8] {
        self.buffer.as_ref().get(..self.end).unwrap_or_default()
    }
}

/// What is odd about the fields of a result: those of its table, then the pairs that it does not know.
pub(crate) fn issues<'a, R: ResultMessage>(
    fields: Fields<'_, R>,
    pairs: impl Iterator<Item = (&'a [u8], &'a [u8])>,
) -> Vec<Issue> {
    let unknown = pairs.filter(|(name, _)| R::row(name).is_none());
    let mut issues = fields.issues();
    issues.extend(Fields::<R>::unknown_issues(unknown));
    issues
}

impl<M: Method, B> fmt::Debug for Authentic<M, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authentic")
            .field("method", &M::NAME)
            .field("signed", &self.signed)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
