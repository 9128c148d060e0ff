//! The fields of a payment request that rules over several fields look at, whatever the method.

use super::Field;
use crate::{Amount, CallbackUrl, CountryCode, Currency, MerchantId, OrderDesc};

/// A field as a request and its draft alike show it: there, or not (yet).
pub(crate) trait Held<T> {
    /// The value, where it is there.
    fn held(&self) -> Option<&T>;
}

impl<T: Field> Held<T> for T {
    fn held(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T: Field> Held<T> for Option<T> {
    fn held(&self) -> Option<&T> {
        self.as_ref()
    }
}

/// What a merchant's rules look at in a payment request; `None` where it is not there (yet).
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Facts<'a> {
    /// `MerchantID`, where the shop wrote one itself.
    pub merchant_id: Option<&'a MerchantId>,
    /// `Amount`.
    pub amount: Option<Amount>,
    /// `Currency`.
    pub currency: Option<Currency>,
    /// `CountryCode`.
    pub country: Option<CountryCode>,
    /// `OrderDesc`.
    pub order_desc: Option<&'a OrderDesc>,
    /// `URLSuccess`, `URLFailure`, `URLNotify`.
    pub urls: [(&'static str, Option<&'a CallbackUrl>); 3],
    /// Parameters that sealing fills and the shop wrote all the same.
    pub filled_by_seal: [Option<&'static str>; 2],
}
