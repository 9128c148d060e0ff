//! The fields of a request that rules over several fields look at, whatever the message.

use super::Field;
use crate::{
    Amount, CallbackUrl, CountryCode, Currency, MerchantId, OrderDesc, PayId, RefNr, ReqId, TransId,
};
use core::any::Any;

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

/// What a merchant's rules and the MAC look at in a request; `None` where it is not there (yet).
///
/// The table of the message fills it: a field is known by its type, so a payment method lists nothing twice.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Facts<'a> {
    /// `MerchantID`, where the shop wrote one itself.
    pub merchant_id: Option<&'a MerchantId>,
    /// `PayID`, in follow-ups.
    pub pay_id: Option<&'a PayId>,
    /// `TransID`.
    pub trans_id: Option<&'a TransId>,
    /// `RefNr`.
    pub ref_nr: Option<&'a RefNr>,
    /// `ReqId`.
    pub req_id: Option<&'a ReqId>,
    /// `Amount`.
    pub amount: Option<Amount>,
    /// `Currency`.
    pub currency: Option<Currency>,
    /// `CountryCode`.
    pub country: Option<CountryCode>,
    /// `OrderDesc`.
    pub order_desc: Option<&'a OrderDesc>,
    /// The URLs that Paygate calls, by their names.
    pub urls: [Option<(&'static str, &'a CallbackUrl)>; 4],
    /// Parameters that sealing fills and the shop wrote all the same.
    pub filled_by_seal: [Option<&'static str>; 4],
}

impl<'a> Facts<'a> {
    /// Notes a field that the shop or the merchant fills.
    pub(crate) fn note<T: Any>(&mut self, name: &'static str, value: &'a T) {
        let value: &'a dyn Any = value;
        if let Some(id) = value.downcast_ref::<MerchantId>() {
            self.merchant_id = Some(id);
        } else if let Some(id) = value.downcast_ref::<PayId>() {
            self.pay_id = Some(id);
        } else if let Some(id) = value.downcast_ref::<TransId>() {
            self.trans_id = Some(id);
        } else if let Some(number) = value.downcast_ref::<RefNr>() {
            self.ref_nr = Some(number);
        } else if let Some(id) = value.downcast_ref::<ReqId>() {
            self.req_id = Some(id);
        } else if let Some(amount) = value.downcast_ref::<Amount>() {
            self.amount = Some(*amount);
        } else if let Some(currency) = value.downcast_ref::<Currency>() {
            self.currency = Some(*currency);
        } else if let Some(country) = value.downcast_ref::<CountryCode>() {
            self.country = Some(*country);
        } else if let Some(description) = value.downcast_ref::<OrderDesc>() {
            self.order_desc = Some(description);
        } else if let Some(url) = value.downcast_ref::<CallbackUrl>() {
            put(&mut self.urls, (name, url));
        }
    }

    /// Notes a field that sealing fills and that is there before.
    pub(crate) fn note_filled_by_seal(&mut self, name: &'static str) {
        put(&mut self.filled_by_seal, name);
    }
}

/// Puts a value into the first free place; the tables have fewer such rows than there are places.
fn put<T>(places: &mut [Option<T>], value: T) {
    if let Some(free) = places.iter_mut().find(|place| place.is_none()) {
        *free = Some(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Filler;
    use crate::methods::{self, MethodVisitor};
    use crate::{Message, Method};

    struct Counts;

    impl MethodVisitor for Counts {
        type Output = (usize, usize);

        fn visit<M: Method>(self) -> (usize, usize) {
            let rows = <M::Request as Message>::ROWS;
            let urls = rows.iter().filter(|row| row.name.starts_with("URL")).count();
            (urls, rows.iter().filter(|row| row.filler == Filler::Seal).count())
        }
    }

    #[test]
    fn no_table_has_more_urls_or_sealed_rows_than_there_are_places() {
        for name in methods::NAMES {
            let (urls, sealed) = methods::visit(name, Counts).unwrap();
            assert!(
                urls <= Facts::default().urls.len() && sealed <= Facts::default().filled_by_seal.len(),
                "{name}"
            );
        }
    }
}
