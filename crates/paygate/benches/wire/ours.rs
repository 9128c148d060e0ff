//! This library.

use paygate::trustly::PaymentRequest;
use paygate::{Expected, Fields, Merchant, Outcome, RawCallback, Route, Trustly, trustly::PaymentResult};
use std::hint::black_box;

pub(crate) fn seal(merchant: &Merchant, request: &PaymentRequest) -> String {
    merchant.seal(request).expect("sealed").redirect.into_url()
}

/// Opens, verifies, binds, judges, and parses every field by its type. How many fields are there.
pub(crate) fn open(merchant: &Merchant, expected: &Expected, form: &[u8], buffer: &mut [u8]) -> usize {
    let raw = RawCallback::post(Route::Notify, form);
    let callback = merchant.open_in::<Trustly, _>(&raw, buffer).expect("an authentic callback");
    assert!(matches!(callback.bind(expected).expect("bound").outcome(), Outcome::Paid(_)));
    assert_eq!(callback.unsigned().issues(), []);
    callback.pairs().count()
}

/// As [`open`], and makes an owned value of every field.
pub(crate) fn open_owned(merchant: &Merchant, expected: &Expected, form: &[u8], buffer: &mut [u8]) -> usize {
    let raw = RawCallback::post(Route::Notify, form);
    let callback = merchant.open_in::<Trustly, _>(&raw, buffer).expect("an authentic callback");
    assert!(matches!(callback.bind(expected).expect("bound").outcome(), Outcome::Paid(_)));
    let signed_and_mac = 6;
    signed_and_mac + owned(callback.unsigned())
}

fn owned(fields: Fields<'_, PaymentResult>) -> usize {
    fn there<T, E>(value: Option<Result<T, E>>) -> usize {
        usize::from(matches!(black_box(value), Some(Ok(_))))
    }
    there(fields.xid())
        + there(fields.description())
        + there(fields.user_data())
        + there(fields.plain())
        + there(fields.custom())
        + there(fields.account_id())
        + there(fields.matched())
        + there(fields.acc_clearing_house())
        + there(fields.acc_owner())
        + there(fields.acc_bank())
        + there(fields.acc_descriptor())
        + there(fields.iban())
        + there(fields.user_id())
        + there(fields.addr_street())
        + there(fields.addr_zip())
        + there(fields.addr_city())
}
