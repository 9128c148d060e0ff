//! Several merchants behind the same three URLs: each callback finds its own.

use crate::callback::authentic::{Authentic, buffer_for, told};
use crate::callback::envelope::Envelope;
use crate::callback::key_trial::further;
use crate::callback::raw::RawCallback;
use crate::error::VerifyError;
use crate::expected::same_merchant;
use crate::merchant::Merchant;
use paygate_params::{MerchantId, Method};
use std::time::SystemTime;

/// One merchant or several, for a shop with more than one MID. Cheap to clone.
///
/// ```
/// use paygate::{Merchants, RawCallback, Route, Trustly, testing};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let (germany, sweden) = (testing::merchant(), testing::merchant());
/// # let expected = testing::expected(&sweden, "order-1", 1999);
/// # let form = testing::Callback::paid(&expected).form(&sweden)?;
/// let merchants = Merchants::new(germany).with(sweden);
/// let callback = merchants.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes()))?;
/// assert!(merchants.get(callback.signed().mid()).is_some()); // whose payment it is
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Merchants {
    first: Merchant,
    others: Vec<Merchant>,
}

impl Merchants {
    /// A set of one.
    #[must_use]
    pub fn new(first: Merchant) -> Self {
        Self { first, others: Vec::new() }
    }

    /// Adds a merchant. They are tried in the order in which they were added; one with the id of an earlier one, compared as
    /// [`Merchants::get`] does, takes its place. While keys are changed both are in one [`KeyRing`](crate::KeyRing).
    #[must_use]
    pub fn with(mut self, merchant: Merchant) -> Self {
        let known = std::iter::once(&mut self.first).chain(&mut self.others);
        match known.into_iter().find(|known| same_merchant(known.id(), merchant.id())) {
            Some(known) => *known = merchant,
            None => self.others.push(merchant),
        }
        self
    }

    /// All of them, in the order in which they were added, each id once.
    pub fn iter(&self) -> impl Iterator<Item = &Merchant> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The merchant with this id, compared without case as Paygate does.
    #[must_use]
    pub fn get(&self, id: &MerchantId) -> Option<&Merchant> {
        self.iter().find(|merchant| same_merchant(merchant.id(), id))
    }

    /// As [`Merchant::open`], for the merchant that the callback is for.
    ///
    /// The outer form is read once, and the clock is asked only where a key has an end. What it costs besides is one
    /// decryption for each merchant before the right one.
    ///
    /// # Errors
    ///
    /// As [`Merchant::open`]. Of several merchants' errors the one that got furthest: where the right merchant cannot
    /// apply the result ([`VerifyError::WrongRoute`], [`VerifyError::Contradictory`]), that is told, also if another one
    /// has the same keys; [`VerifyError::OtherMerchant`] says that it belongs to none of those whose keys held it. Where
    /// the keys of two merchants are swapped, that is one of the set.
    pub fn open<M: Method>(&self, raw: &RawCallback<'_>) -> Result<Authentic<M>, VerifyError> {
        self.open_by(raw, SystemTime::now)
    }

    /// As [`Merchants::open`], at a given time.
    ///
    /// # Errors
    ///
    /// As [`Merchants::open`].
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
        clock: impl Fn() -> SystemTime,
    ) -> Result<Authentic<M>, VerifyError> {
        let open = || {
            let envelope = Envelope::parse(raw)?;
            let mut buffer = buffer_for(&envelope);
            let mut refused = match self.first.check(&envelope, &mut buffer, &clock) {
                Ok(checked) => return Ok(checked.authentic(buffer, &self.first)),
                Err(error) => error,
            };
            for merchant in &self.others {
                match merchant.check(&envelope, &mut buffer, &clock) {
                    Ok(checked) => return Ok(checked.authentic(buffer, merchant)),
                    Err(error) => refused = further(refused, error),
                }
            }
            Err(refused)
        };
        told(raw, open())
    }
}

impl From<Merchant> for Merchants {
    fn from(merchant: Merchant) -> Self {
        Self::new(merchant)
    }
}
