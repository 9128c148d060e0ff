//! Several merchants behind one URL: each callback finds its own, and no other's attempt is paid by it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where an input path may not")]

use paygate::testing::{self, Callback};
use paygate::{
    Authentic, BindError, EncryptionKey, Expected, KeyPair, KeyRing, MacKey, Merchant, MerchantId, Merchants,
    OpenError, Outcome, RawCallback, Route, Trustly, VerifyError,
};
use std::time::{Duration, SystemTime};

const A: MerchantId = MerchantId::from_static("shop_a");
const B: MerchantId = MerchantId::from_static("shop_b");

fn pair(password: &str) -> KeyPair {
    let encryption = EncryptionKey::blowfish_from_text(password).unwrap();
    KeyPair::new(encryption, MacKey::from_text(&format!("mac of {password}")).unwrap())
}

fn merchant(id: MerchantId, password: &str) -> Merchant {
    Merchant::new(id, KeyRing::new(pair(password)))
}

/// Two merchants with keys of their own.
fn two() -> (Merchant, Merchant) {
    (merchant(A, "password-of-a"), merchant(B, "password-of-b"))
}

fn attempt(merchant: &Merchant) -> Expected {
    testing::expected(merchant, "order-1", 1999)
}

fn at(route: Route, merchants: &Merchants, form: &str) -> Result<Authentic<Trustly>, VerifyError> {
    merchants.open(&RawCallback::post(route, form.as_bytes()))
}

fn notify(merchants: &Merchants, form: &str) -> Result<Authentic<Trustly>, VerifyError> {
    at(Route::Notify, merchants, form)
}

fn refused(merchants: &Merchants, form: &str) -> VerifyError {
    notify(merchants, form).unwrap_err()
}

#[test]
fn a_callback_finds_its_merchant_whether_the_keys_differ_or_not() {
    for password_of_b in ["password-of-b", "password-of-a"] {
        let (a, b) = (merchant(A, "password-of-a"), merchant(B, password_of_b));
        for merchants in
            [Merchants::new(a.clone()).with(b.clone()), Merchants::new(b.clone()).with(a.clone())]
        {
            for sender in [&a, &b] {
                let expected = attempt(sender);
                let form = Callback::paid(&expected).form(sender).unwrap();
                let callback = notify(&merchants, &form).unwrap();
                assert_eq!(callback.signed().mid(), sender.id());
                assert!(callback.bind(&expected).unwrap().paid().is_some());
            }
        }
    }
}

#[test]
fn a_callback_for_one_mid_never_pays_the_equal_trans_id_of_another() {
    let (a, b) = (merchant(A, "the same for both"), merchant(B, "the same for both"));
    let merchants = Merchants::new(a.clone()).with(b.clone());
    let form = Callback::paid(&attempt(&b)).form(&b).unwrap();
    let callback = notify(&merchants, &form).unwrap();
    assert_eq!(callback.trans_id(), attempt(&a).attempt().trans_id());
    assert_eq!(callback.bind(&attempt(&a)).unwrap_err(), BindError::Mid);
    assert_eq!(callback.belongs_to(attempt(&a).attempt()), Err(BindError::Mid));
    assert_eq!(callback.belongs_to(attempt(&b).attempt()), Ok(()));
}

#[test]
fn what_the_right_merchant_says_wins_over_the_others() {
    let (a, b) = (merchant(A, "the same for both"), merchant(B, "the same for both"));
    let contradiction = Callback::new(&attempt(&b), "OK", "60000985").form(&b).unwrap();
    let failed = Callback::failed(&attempt(&b), "21550053").form(&b).unwrap();
    let stranger = merchant(MerchantId::from_static("stranger"), "the same for both");
    let strangers = Callback::paid(&attempt(&stranger)).form(&stranger).unwrap();
    for merchants in [Merchants::new(a.clone()).with(b.clone()), Merchants::new(b.clone()).with(a.clone())] {
        assert!(matches!(refused(&merchants, &contradiction), VerifyError::Contradictory(..)));
        let copied = at(Route::Success, &merchants, &failed).unwrap_err();
        assert!(matches!(copied, VerifyError::WrongRoute(_)));
        let kept = refused(&merchants, &strangers);
        assert!(matches!(kept, VerifyError::OtherMerchant(_)));
        assert_eq!(kept.kept().unwrap().mid(), stranger.id());
    }
}

#[test]
fn of_errors_that_keep_nothing_the_one_that_got_furthest_is_told() {
    let (a, b) = two();
    let forged = Callback::paid(&attempt(&b)).with_forged_mac().form(&b).unwrap();
    for merchants in [Merchants::new(a.clone()).with(b.clone()), Merchants::new(b.clone()).with(a.clone())] {
        assert_eq!(refused(&merchants, &forged), VerifyError::Mac);
        assert_eq!(refused(&merchants, "hello"), OpenError::NoAnswer.into());
        let large = "a".repeat(RawCallback::MAX_BYTES + 1);
        assert_eq!(refused(&merchants, &large), OpenError::TooLarge.into());
    }
}

#[test]
fn plain_answers_are_taken_for_the_merchant_alone_that_opted_in() {
    let (a, b) = two();
    let merchants = Merchants::new(a.clone()).with(b.clone().with_plain_answers());
    let plain = |merchant: &Merchant| {
        String::from_utf8(Callback::paid(&attempt(merchant)).plaintext(merchant).unwrap()).unwrap()
    };
    let callback = notify(&merchants, &plain(&b)).unwrap();
    assert!(matches!(callback.bind(&attempt(&b)).unwrap().outcome(), Outcome::Paid(_)));
    assert_eq!(refused(&merchants, &plain(&a)), VerifyError::Mac);
}

#[test]
fn an_ended_key_opens_nothing_for_its_merchant() {
    let (a, b) = two();
    let rotated =
        Merchant::new(B, KeyRing::new(pair("new")).with_previous(pair("password-of-b").until(1000)));
    let merchants = Merchants::new(a).with(rotated);
    let form = Callback::paid(&attempt(&b)).form(&b).unwrap();
    let raw = RawCallback::post(Route::Notify, form.as_bytes());
    let open_at = |seconds| {
        merchants.open_at::<Trustly>(&raw, SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).is_ok()
    };
    assert!(open_at(1000));
    assert!(!open_at(1001));
    assert!(merchants.open::<Trustly>(&raw).is_err());
}

#[test]
fn a_merchant_is_found_by_its_id_in_any_case() {
    let (a, b) = two();
    let merchants = Merchants::from(a).with(b);
    assert_eq!(merchants.get(&MerchantId::from_static("SHOP_B")).map(Merchant::id), Some(&B));
    assert!(merchants.get(&testing::MERCHANT_ID).is_none());
    assert_eq!(merchants.iter().map(Merchant::id).collect::<Vec<_>>(), [&A, &B]);
}

#[test]
fn a_merchant_takes_the_place_of_an_earlier_one_with_its_id() {
    let (a, b) = two();
    let again = merchant(MerchantId::from_static("SHOP_A"), "new-password-of-a");
    let merchants = Merchants::new(a.clone()).with(b.clone()).with(again.clone());
    assert_eq!(merchants.iter().map(Merchant::id).collect::<Vec<_>>(), [again.id(), &B]);
    let form = |merchant: &Merchant| Callback::paid(&attempt(merchant)).form(merchant).unwrap();
    assert!(notify(&merchants, &form(&again)).is_ok());
    assert!(notify(&merchants, &form(&b)).is_ok());
    assert!(notify(&merchants, &form(&a)).is_err());
    let of_b = Merchants::new(a).with(b.clone()).with(merchant(B, "new-password-of-b"));
    assert!(notify(&of_b, &form(&b)).is_err());
}

#[test]
fn where_keys_are_swapped_the_other_merchant_may_be_one_of_the_set() {
    let merchants = Merchants::new(merchant(A, "password-of-b")).with(merchant(B, "password-of-a"));
    let (a, _) = two();
    let kept = refused(&merchants, &Callback::paid(&attempt(&a)).form(&a).unwrap());
    assert!(matches!(kept, VerifyError::OtherMerchant(_)));
    assert!(merchants.get(kept.kept().unwrap().mid()).is_some());
}

#[test]
fn paid_exists_for_ok_with_eight_zeros_alone() {
    let merchant = testing::merchant();
    let expected = attempt(&merchant);
    for (status, code, is_paid) in [
        ("OK", "00000000", true),
        ("AUTHORIZED", "00000000", false),
        ("AUTHORIZE_REQUEST", "00000000", false),
        ("PENDING", "00000000", false),
        ("FAILED", "21550053", false),
    ] {
        let form = Callback::new(&expected, status, code).form(&merchant).unwrap();
        let callback = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes())).unwrap();
        let bound = callback.bind(&expected).unwrap();
        assert_eq!(bound.paid().is_some(), is_paid, "{status} {code}");
        assert_eq!(bound.outcome().paid(), bound.paid().as_ref());
    }
}
