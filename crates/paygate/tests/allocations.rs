//! How often opening allocates: not at all with a buffer of the caller's, once without.
#![allow(clippy::unwrap_used, reason = "a test may stop where an input path may not")]

use allocation_counter::measure;
use paygate::testing::{self, Callback};
use paygate::{
    EncryptionKey, KeyPair, KeyRing, MacKey, Merchant, Merchants, Outcome, RawCallback, Route, Trustly,
};

#[test]
fn opening_allocates_nothing_with_a_buffer_and_once_without() {
    let merchant = testing::merchant();
    let expected = testing::expected(&merchant, "order-1", 1999);
    let form = Callback::paid(&expected).with("AddrCity", "K\u{F6}ln").form(&merchant).unwrap();
    let raw = RawCallback::post(Route::Notify, form.as_bytes());
    let mut buffer = [0; 2048];

    let into_buffer = measure(|| {
        let callback = merchant.open_in::<Trustly, _>(&raw, &mut buffer[..]).unwrap();
        assert!(matches!(callback.bind(&expected).unwrap().outcome(), Outcome::Paid(_)));
    });
    assert_eq!(into_buffer.count_total, 0);

    let of_its_own = measure(|| {
        let callback = merchant.open::<Trustly>(&raw).unwrap();
        assert!(matches!(callback.bind(&expected).unwrap().outcome(), Outcome::Paid(_)));
    });
    assert_eq!(of_its_own.count_total, 1);

    let merchants = Merchants::new(merchant);
    let in_a_set_of_one = measure(|| assert!(merchants.open::<Trustly>(&raw).is_ok()));
    assert_eq!(in_a_set_of_one.count_total, 1);

    let stranger = KeyPair::new(
        EncryptionKey::blowfish_from_text("another password").unwrap(),
        MacKey::from_text("another").unwrap(),
    );
    let merchants = Merchants::new(Merchant::new(testing::MERCHANT_ID, KeyRing::new(stranger)))
        .with(merchants.iter().next().unwrap().clone());
    let in_a_set_of_two = measure(|| assert!(merchants.open::<Trustly>(&raw).is_ok()));
    assert_eq!(in_a_set_of_two.count_total, 1);
}
