//! What a shop stores with an attempt to pay, so that it knows the answer again.

use crate::error::BindError;
use paygate_params::message::Signed;
use paygate_params::{MerchantId, Method, Money, PayId, TransId, methods};

/// Which attempt: payment method, merchant and TransID. A TransID alone is not enough, since two merchant
/// ids may use the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Attempt {
    method: &'static str,
    mid: MerchantId,
    trans_id: TransId,
}

impl Attempt {
    /// Names an attempt with the method `M`.
    #[must_use]
    pub fn new<M: Method>(mid: MerchantId, trans_id: TransId) -> Self {
        Self { method: M::NAME, mid, trans_id }
    }

    /// Names an attempt with the method of this name, as [`Attempt::method`] gave it out; `None` where there is no such
    /// method. For what was stored: a shop with several methods need not match on their names.
    ///
    /// ```
    /// use paygate::{Attempt, FormatError, MerchantId, TransId, Trustly};
    /// let (mid, trans_id) = (MerchantId::new("YourMerchantId")?, TransId::new("order-4711-1")?);
    /// let attempt = Attempt::new::<Trustly>(mid, trans_id);
    /// assert_eq!(Attempt::named(attempt.method(), mid, trans_id), Some(attempt));
    /// assert_eq!(Attempt::named("cash", mid, trans_id), None);
    /// # Ok::<(), FormatError>(())
    /// ```
    #[must_use]
    pub fn named(method: &str, mid: MerchantId, trans_id: TransId) -> Option<Self> {
        let method = methods::NAMES.iter().find(|known| **known == method)?;
        Some(Self { method, mid, trans_id })
    }

    /// The name of the payment method, for example `trustly`.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The merchant.
    #[must_use]
    pub fn mid(&self) -> &MerchantId {
        &self.mid
    }

    /// The TransID.
    #[must_use]
    pub fn trans_id(&self) -> &TransId {
        &self.trans_id
    }

    /// Compares with what the MAC of an answer covers.
    pub(crate) fn compare(&self, method: &str, signed: &Signed) -> Result<(), BindError> {
        if self.method != method {
            return Err(BindError::Method);
        }
        if !same_merchant(&self.mid, signed.mid()) {
            return Err(BindError::Mid);
        }
        if self.trans_id != *signed.trans_id() {
            return Err(BindError::TransId);
        }
        Ok(())
    }
}

/// Whether two texts name one merchant. Paygate folds the case of names; should an answer spell the id otherwise than
/// the configuration, no order is lost for it: who can sign for one spelling can sign for the other.
pub(crate) fn same_merchant(a: &MerchantId, b: &MerchantId) -> bool {
    a == b || a.as_str().eq_ignore_ascii_case(b.as_str())
}

/// What the answer to an attempt must say, and how much the attempt was about.
///
/// Sealing makes it. Store its four parts (and the PayID, once the first authentic callback has told it)
/// with the attempt, and build it again from there. The amount is the *attempt's*: the answer's MAC holds no
/// amount, so a basket that grew needs a new attempt with a new TransID.
///
/// ```
/// use paygate::{Currency, Expected, MerchantId, Money, TransId, Trustly};
/// let expected = Expected::new::<Trustly>(
///     MerchantId::new("YourMerchantId")?,
///     TransId::new("order-4711-1")?,
///     Money::new(1999, Currency::EUR)?,
/// );
/// assert_eq!(expected.attempt().method(), "trustly");
/// # Ok::<(), paygate::FormatError>(())
/// ```
///
/// With the feature `serde` it can be stored as a whole, as JSON or the like. What is read again went through the rules of
/// each part; an unknown method and unknown fields are refused.
///
#[cfg_attr(feature = "serde", doc = "```")]
#[cfg_attr(not(feature = "serde"), doc = "```ignore")]
/// # use paygate::{Currency, Expected, MerchantId, Money, TransId, Trustly};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let (mid, trans_id) = (MerchantId::new("YourMerchantId")?, TransId::new("order-4711-1")?);
/// # let expected = Expected::new::<Trustly>(mid, trans_id, Money::new(1999, Currency::EUR)?);
/// let stored = serde_json::to_string(&expected)?;
/// assert_eq!(
///     stored,
///     r#"{"method":"trustly","mid":"YourMerchantId","trans_id":"order-4711-1","amount":1999,"currency":"EUR"}"#,
/// );
/// assert_eq!(serde_json::from_str::<Expected>(&stored)?, expected);
/// assert!(serde_json::from_str::<Expected>(&stored.replace("trustly", "cash")).is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Expected {
    attempt: Attempt,
    money: Money,
    pay_id: Option<PayId>,
}

impl Expected {
    /// Puts the stored parts together for the method `M`.
    #[must_use]
    pub fn new<M: Method>(mid: MerchantId, trans_id: TransId, money: Money) -> Self {
        Self::of(Attempt::new::<M>(mid, trans_id), money)
    }

    /// Puts the stored parts together.
    ///
    /// ```
    /// use paygate::{Attempt, Currency, Expected, FormatError, MerchantId, Money, TransId, Trustly};
    /// let (mid, trans_id) = (MerchantId::new("YourMerchantId")?, TransId::new("order-4711-1")?);
    /// let money = Money::new(1999, Currency::EUR)?;
    /// let attempt = Attempt::named("trustly", mid, trans_id).ok_or(FormatError::NotOneOf { allowed: "trustly, swish" })?;
    /// assert_eq!(Expected::of(attempt, money), Expected::new::<Trustly>(mid, trans_id, money));
    /// # Ok::<(), FormatError>(())
    /// ```
    #[must_use]
    pub fn of(attempt: Attempt, money: Money) -> Self {
        Self { attempt, money, pay_id: None }
    }

    /// Pins the PayID: from then on an answer about another payment does not bind.
    #[must_use]
    pub fn pinned(mut self, pay_id: PayId) -> Self {
        self.pay_id = Some(pay_id);
        self
    }

    /// The attempt.
    #[must_use]
    pub fn attempt(&self) -> &Attempt {
        &self.attempt
    }

    /// How much the attempt was about.
    #[must_use]
    pub fn money(&self) -> Money {
        self.money
    }

    /// The PayID, once it is pinned.
    #[must_use]
    pub fn pay_id(&self) -> Option<&PayId> {
        self.pay_id.as_ref()
    }

    pub(crate) fn compare(&self, method: &str, signed: &Signed) -> Result<(), BindError> {
        self.attempt.compare(method, signed)?;
        match self.pay_id {
            Some(pinned) if pinned != *signed.pay_id() => Err(BindError::PayId),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paygate_params::Currency;
    use paygate_params::methods::{swish::Swish, trustly::Trustly};

    const MID: MerchantId = MerchantId::from_static("shop");
    const TRANS_ID: TransId = TransId::from_static("order-1");

    #[test]
    fn an_attempt_is_named_again_by_the_method_that_it_told_and_by_no_other() {
        let trustly = Attempt::new::<Trustly>(MID, TRANS_ID);
        assert_eq!(trustly.method(), "trustly");
        assert_eq!(Attempt::named("trustly", MID, TRANS_ID), Some(trustly));
        assert_eq!(Attempt::named("swish", MID, TRANS_ID), Some(Attempt::new::<Swish>(MID, TRANS_ID)));
        assert_eq!(Attempt::named("cash", MID, TRANS_ID), None);
        assert_eq!((trustly.mid(), trustly.trans_id()), (&MID, &TRANS_ID));
    }

    #[test]
    fn what_is_expected_is_the_attempt_its_money_and_the_pay_id_once_it_is_pinned() {
        let money = Money::new(1999, Currency::EUR).unwrap();
        let expected = Expected::new::<Trustly>(MID, TRANS_ID, money);
        assert_eq!((*expected.attempt(), expected.money()), (Attempt::new::<Trustly>(MID, TRANS_ID), money));
        let pay_id = PayId::from_static("7bbb448155234d8cbee323778952ce28");
        assert_eq!((expected.pay_id(), expected.pinned(pay_id).pay_id()), (None, Some(&pay_id)));
    }
}
