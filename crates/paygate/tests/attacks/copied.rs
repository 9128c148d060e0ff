//! What somebody sends who has a genuine message: to another URL, for another order or merchant, or as what it is not.

use crate::{aes_merchant, attempt, open, refused};
use paygate::crypto::RequestParts;
use paygate::params::message::SignedError;
use paygate::testing::{self, Callback};
use paygate::{
    BindError, Currency, EncryptionKey, Expected, KeyPair, KeyRing, MacKey, Merchant, MerchantId, Money,
    Outcome, RawCallback, Route, TransId, Trustly, VerifyError,
};

#[test]
fn a_failed_result_copied_to_url_success_is_refused() {
    let merchant = testing::merchant();
    let form = Callback::failed(&attempt(&merchant), "22060203").form(&merchant).unwrap();
    for raw in [
        RawCallback::get(Route::Success, form.as_bytes()),
        RawCallback::post(Route::Success, form.as_bytes()),
    ] {
        assert!(matches!(merchant.open::<Trustly>(&raw).unwrap_err(), VerifyError::WrongRoute(_)));
    }
    let paid = Callback::paid(&attempt(&merchant)).form(&merchant).unwrap();
    let raw = RawCallback::get(Route::Failure, paid.as_bytes());
    let error = merchant.open::<Trustly>(&raw).unwrap_err();
    assert!(matches!(error, VerifyError::WrongRoute(_)));
    assert_eq!(error.kept().unwrap().status().as_str(), "OK", "kept for a person");
}

#[test]
fn the_url_that_was_hit_never_makes_a_result_better() {
    let merchant = testing::merchant();
    let expected = attempt(&merchant);
    for (callback, routes) in [
        (Callback::paid(&expected), &[Route::Success, Route::Notify][..]),
        (Callback::open(&expected), &[Route::Success, Route::Notify]),
        (Callback::new(&expected, "AUTHORIZED", "00000000"), &[Route::Success, Route::Notify]),
        (Callback::failed(&expected, "42060203"), &[Route::Failure, Route::Notify]),
    ] {
        let form = callback.form(&merchant).unwrap();
        let mut outcomes = Vec::new();
        for route in [Route::Success, Route::Failure, Route::Notify] {
            let opened = merchant.open::<Trustly>(&RawCallback::get(route, form.as_bytes()));
            assert_eq!(opened.is_ok(), routes.contains(&route), "{route:?}");
            outcomes.extend(opened.ok().map(|callback| callback.bind(&expected).unwrap().outcome()));
        }
        assert!(outcomes.windows(2).all(|pair| pair[0] == pair[1]));
    }
}

#[test]
fn data_of_one_attempt_does_not_pay_another() {
    let merchant = testing::merchant();
    let form = Callback::paid(&attempt(&merchant)).form(&merchant).unwrap();
    let other = testing::expected(&merchant, "order-2", 1999);
    assert_eq!(open(&merchant, &form).unwrap().bind(&other).unwrap_err(), BindError::TransId);
}

#[test]
fn old_data_pays_the_old_amount_after_the_basket_grew() {
    let merchant = testing::merchant();
    let small = testing::expected(&merchant, "order-1-1", 1999);
    let grown = testing::expected(&merchant, "order-1-2", 99_900);
    let callback = open(&merchant, &Callback::paid(&small).form(&merchant).unwrap()).unwrap();
    assert_eq!(callback.bind(&grown).unwrap_err(), BindError::TransId);
    let Outcome::Paid(paid) = callback.bind(&small).unwrap().outcome() else { panic!("paid") };
    assert_eq!(paid.money(), Money::new(1999, Currency::EUR).unwrap());
}

#[test]
fn a_second_payment_for_a_pinned_attempt_does_not_bind() {
    let merchant = testing::merchant();
    let expected = attempt(&merchant);
    let first = open(&merchant, &Callback::open(&expected).form(&merchant).unwrap()).unwrap();
    let pinned = first.bind(&expected).unwrap().expected();
    assert_eq!(pinned.pay_id(), Some(first.pay_id()));
    let second = Callback::paid(&expected).with("PayID", "0123456789abcdef0123456789abcdef");
    let second = open(&merchant, &second.form(&merchant).unwrap()).unwrap();
    assert_eq!(second.bind(&pinned).unwrap_err(), BindError::PayId);
    let paid = open(&merchant, &Callback::paid(&expected).form(&merchant).unwrap()).unwrap();
    assert!(matches!(paid.bind(&pinned).unwrap().outcome(), Outcome::Paid(_)));
}

/// `Len=…&Data=…` of a sealed request.
pub(crate) fn own_request(merchant: &Merchant) -> String {
    let sealed = merchant.seal(&testing::request("order-1", 1999)).unwrap();
    let [_, (_, len), (_, data)] = sealed.redirect.params();
    format!("Len={len}&Data={data}")
}

#[test]
fn our_own_request_posted_as_a_callback_is_refused() {
    for merchant in [testing::merchant(), aes_merchant()] {
        let error = refused(&merchant, &own_request(&merchant));
        assert_eq!(error, VerifyError::Field(SignedError::Missing { name: "PayID" }));
    }
}

#[test]
fn a_request_mac_is_no_response_mac() {
    let merchant = testing::merchant();
    let expected = attempt(&merchant);
    let key = MacKey::from_text(testing::MAC_KEY).unwrap();
    let mac = key
        .request(&RequestParts {
            trans_id: b"order-1",
            merchant_id: testing::MERCHANT_ID.as_str().as_bytes(),
            amount: b"1999",
            currency: b"EUR",
            ..RequestParts::default()
        })
        .unwrap();
    let text = String::from_utf8(Callback::paid(&expected).plaintext(&merchant).unwrap()).unwrap();
    let text = format!("{}&MAC={}", text.split_once("&MAC=").unwrap().0, mac.to_hex());
    let form = testing::seal_text(&merchant, text.as_bytes()).unwrap();
    assert_eq!(refused(&merchant, &form), VerifyError::Mac);
}

#[test]
fn another_merchant_with_the_same_trans_id_never_pays() {
    let merchant = testing::merchant();
    let other_id = MerchantId::new("other_merchant").unwrap();
    let other =
        Expected::new::<Trustly>(other_id, TransId::new("order-1").unwrap(), attempt(&merchant).money());
    // Under the same keys, as accounts of one company may have them.
    let form = Callback::paid(&other).form(&merchant).unwrap();
    assert!(matches!(refused(&merchant, &form), VerifyError::OtherMerchant(_)));
    // And where the shop has both merchants but looks up the wrong attempt.
    let keys = || {
        KeyRing::new(KeyPair::new(
            EncryptionKey::blowfish_from_text(testing::ENCRYPTION_KEY).unwrap(),
            MacKey::from_text(testing::MAC_KEY).unwrap(),
        ))
    };
    let callback = open(&Merchant::new(other_id, keys()), &form).unwrap();
    assert_eq!(callback.bind(&attempt(&merchant)).unwrap_err(), BindError::Mid);
    assert!(callback.bind(&other).is_ok());
}
