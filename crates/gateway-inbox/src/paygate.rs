//! Computop Paygate: what is stored of a callback, and how it is opened again.
//!
//! The form is stored as it came, sealed, and its MAC is checked once more when it is handled. So the table holds no customer's
//! name, and a row that somebody wrote there makes no order paid. The price: the keys that a callback was made with must stay in
//! the [`KeyRing`](paygate::KeyRing) until it is handled, which takes a moment as a rule.

#[cfg(feature = "batch")]
pub mod batch;
mod payload;

use crate::{Claim, Delivery, Key};
use ::paygate::{
    Attempt, Authentic, MerchantId, Merchants, Method, PayId, RawCallback, Route, Signed, Verdict,
    VerifyError,
};

/// The name of this gateway in the inbox.
pub const GATEWAY: &str = "paygate";

/// A callback that was stored, opened again.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time, and it is looked at once")]
pub enum Received<M: Method> {
    /// It holds, and has to be [bound](Authentic::bind) to the attempt that it names.
    Genuine(Authentic<M>),
    /// It is Paygate's own and cannot be applied, for this reason: a matter for a person.
    /// [`VerifyError::kept`] has its signed fields.
    Inapplicable(VerifyError),
}

/// A row cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// It is another gateway's, another method's, or nothing that this crate has stored.
    #[error("the payload is none of this method")]
    Payload,
    /// It held when it was stored, and does not any more: the keys are others.
    #[error("a stored callback cannot be opened any more, as where its keys were taken away too early: {0}")]
    Verify(VerifyError),
}

/// The key of an attempt: method, mid and TransID. Paygate may fold the case of mid.
///
/// ```
/// use gateway_inbox::paygate::attempt_key;
/// use paygate::{Attempt, FormatError, MerchantId, TransId, Trustly};
///
/// let attempt = |mid| Ok::<_, FormatError>(Attempt::new::<Trustly>(MerchantId::new(mid)?, TransId::new("tea-1")?));
/// assert_eq!(attempt_key(&attempt("Shop")?), attempt_key(&attempt("SHOP")?));
/// # Ok::<(), FormatError>(())
/// ```
#[must_use]
pub fn attempt_key(attempt: &Attempt) -> Key {
    Key::of("paygate attempt", [attempt.method(), &folded(attempt.mid()), attempt.trans_id().as_str()])
}

/// The key of a payment: mid and PayID.
#[must_use]
pub fn payment_key(mid: &MerchantId, pay_id: &PayId) -> Key {
    Key::of("paygate payment", [folded(mid).as_str(), pay_id.as_str()])
}

/// What to store of a callback that holds.
///
/// Its key is made of method, mid, PayID, TransID, Status and Code, which the MAC covers. XID and all else anybody can change:
/// a hundred of them are one delivery.
///
/// ```
/// use gateway_inbox::paygate::delivery;
/// use paygate::testing::{self, Callback};
/// use paygate::{RawCallback, Route, Trustly};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let merchant = testing::merchant();
/// let paid = Callback::paid(&testing::expected(&merchant, "tea-1", 1999));
/// let key = |xid: &str, route| -> Result<_, Box<dyn std::error::Error>> {
///     let form = paid.clone().with("XID", xid).form(&merchant)?;
///     let raw = RawCallback::post(route, form.as_bytes());
///     Ok(delivery(&raw, &merchant.open::<Trustly>(&raw)?).key)
/// };
/// assert_eq!(key("1", Route::Notify)?, key("2", Route::Success)?);
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn delivery<M: Method>(raw: &RawCallback<'_>, callback: &Authentic<M>) -> Delivery {
    let rank = match callback.verdict() {
        Verdict::Paid => 4,
        Verdict::Authorized => 3,
        Verdict::Failed => 2,
        Verdict::Open => 1,
    };
    let signed = callback.signed();
    made(M::NAME, raw, signed, callback_key(M::NAME, signed), rank)
}

/// What to store of a callback that is Paygate's own and cannot be applied; `None` where nobody knows who sent it.
///
/// The reason is a part of its key, and whether Paygate's server told it or a browser brought it: what somebody copied to a wrong
/// URL must not stand for the same result when it comes to the right one.
#[must_use]
pub fn inapplicable<M: Method>(raw: &RawCallback<'_>, error: &VerifyError) -> Option<Delivery> {
    let signed = error.kept()?;
    let by = if raw.route() == Route::Notify { "told" } else { "brought" };
    let key = key("paygate inapplicable callback", M::NAME, signed, &[error.kind(), by]);
    Some(made(M::NAME, raw, signed, key, 3))
}

/// The key of a callback that holds, by the method's name and the fields that the MAC covers.
#[must_use]
pub fn callback_key(method: &str, signed: &Signed) -> Key {
    key("paygate callback", method, signed, &[])
}

/// The same, of the texts that a shop has stored: method, mid, PayID, TransID, Status and Code, in this order.
///
/// ```
/// use gateway_inbox::paygate::{callback_key, stored_key};
/// use paygate::testing::{self, Callback};
/// use paygate::{RawCallback, Route, Trustly};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let merchant = testing::merchant();
/// # let form = Callback::paid(&testing::expected(&merchant, "tea-1", 1999)).form(&merchant)?;
/// let callback = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes()))?;
/// let signed = callback.signed();
/// let stored = [
///     "trustly",
///     signed.mid().as_str(),
///     signed.pay_id().as_str(),
///     signed.trans_id().as_str(),
///     signed.status().as_str(),
///     &signed.code().to_string(),
/// ];
/// assert_eq!(stored_key(stored), callback_key("trustly", signed));
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn stored_key([method, mid, pay_id, trans_id, status, code]: [&str; 6]) -> Key {
    Key::of("paygate callback", [method, &mid.to_ascii_lowercase(), pay_id, trans_id, status, code])
}

fn key(kind: &str, method: &str, signed: &Signed, more: &[&str]) -> Key {
    let (mid, code) = (folded(signed.mid()), signed.code());
    let trans_id = signed.trans_id().as_str();
    let fields = [method, &mid, signed.pay_id().as_str(), trans_id, signed.status().as_str(), code.as_str()];
    Key::of(kind, fields.iter().chain(more))
}

fn made(method: &str, raw: &RawCallback<'_>, signed: &Signed, key: Key, rank: i16) -> Delivery {
    let (mid, trans_id) = (folded(signed.mid()), signed.trans_id().as_str());
    Delivery {
        gateway: GATEWAY,
        key,
        attempt: Key::of("paygate attempt", [method, &mid, trans_id]),
        payment: payment_key(signed.mid(), signed.pay_id()),
        payload: payload::write(method, raw),
        rank,
        acknowledged: raw.route() == Route::Notify,
    }
}

/// Opens what was claimed: the MAC is checked once more. Also, which URL it came to at first; that
/// [Paygate's server](Claim::is_acknowledged) has told it may be true all the same.
///
/// # Errors
///
/// If it is none of this method, or does not hold under the keys of today: it stays unfinished, and is tried again.
pub fn open<M: Method>(claim: &Claim, merchants: &Merchants) -> Result<(Route, Received<M>), OpenError> {
    let raw = match claim.gateway() {
        GATEWAY => payload::read(M::NAME, claim.payload()).ok_or(OpenError::Payload)?,
        _ => return Err(OpenError::Payload),
    };
    match merchants.open::<M>(&raw) {
        Ok(callback) => Ok((raw.route(), Received::Genuine(callback))),
        Err(error) if error.kept().is_some() => Ok((raw.route(), Received::Inapplicable(error))),
        Err(error) => Err(OpenError::Verify(error)),
    }
}

fn folded(mid: &MerchantId) -> String {
    mid.as_str().to_ascii_lowercase()
}
