//! What a shop stores with an attempt, and what it logs of an outcome.
#![allow(clippy::unwrap_used, reason = "a test may stop where an input path may not")]

use paygate::follow_ups::Credit;
use paygate::methods::swish::Swish;
use paygate::testing::{self, Callback};
use paygate::{
    Attempt, Authentic, Authorized, BindError, Bound, Currency, EncryptionKey, Expected, Failed, KeyPair,
    KeyRing, LeftOut, MacKey, Merchant, MerchantId, Method, Money, Open, Outcome, Paid, PayId, RawCallback,
    Redirect, Route, Sealed, ServerCall, TransId, Trustly, WithoutMac,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn stored() -> Value {
    json!({
        "method": "trustly", "mid": "test_merchant", "trans_id": "order-1", "amount": 1999, "currency": "EUR",
        "pay_id": "7bbb448155234d8cbee323778952ce28",
    })
}

fn expected<M: Method>(mid: &str, trans_id: &str, units: u64, pay_id: Option<&str>) -> Expected {
    let (mid, trans_id) = (MerchantId::new(mid).unwrap(), TransId::new(trans_id).unwrap());
    let expected = Expected::new::<M>(mid, trans_id, Money::new(units, Currency::EUR).unwrap());
    pay_id.map_or(expected, |pay_id| expected.pinned(PayId::new(pay_id).unwrap()))
}

proptest! {
    #[test]
    fn what_is_stored_is_read_as_it_was(
        mid in "[!-%'-)+-~]{1,30}",
        trans_id in "[!-%'-)+-~]{1,64}",
        units in 0_u64..=999_999_999_999,
        pay_id in proptest::option::of("[0-9A-Za-z]{32}"),
        swish in any::<bool>(),
    ) {
        let make = if swish { expected::<Swish> } else { expected::<Trustly> };
        let expected = make(&mid, &trans_id, units, pay_id.as_deref());
        let json = serde_json::to_string(&expected).unwrap();
        prop_assert_eq!(serde_json::from_str::<Expected>(&json).unwrap(), expected);
        prop_assert_eq!(json.contains("pay_id"), pay_id.is_some());
        let json = serde_json::to_string(expected.attempt()).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Attempt>(&json).unwrap(), expected.attempt());
    }
}

/// Which of two impls is meant stays open for a type that can be read, and then this test does not compile.
trait NotRead<Impl> {
    const HOLDS: bool = true;
}
impl<T> NotRead<()> for T {}
impl<T: serde::de::DeserializeOwned> NotRead<u8> for T {}

/// The same for a type that can be written.
trait NotWritten<Impl> {
    const HOLDS: bool = true;
}
impl<T> NotWritten<()> for T {}
impl<T: serde::Serialize> NotWritten<u8> for T {}

#[test]
fn nothing_that_says_paid_is_read_from_a_store_and_no_key_goes_there_or_comes_from_there() {
    macro_rules! not {
        ($Not:ident: $($Ty:ty,)+) => {
            $(const { assert!(<$Ty as $Not<_>>::HOLDS) };)+
        };
    }
    not! {
        NotRead: Outcome, Paid, Authorized, Open, Failed, Authentic<Trustly>, Bound<'static, Trustly>,
        WithoutMac<Credit>, ServerCall<Credit>, Sealed, Merchant, EncryptionKey, MacKey, KeyPair, KeyRing,
    }
    not! { NotWritten: Merchant, EncryptionKey, MacKey, KeyPair, KeyRing, Sealed, Redirect, }
}

#[test]
fn an_attempt_is_stored_by_method_merchant_and_trans_id() {
    let attempt = Attempt::new::<Swish>(testing::MERCHANT_ID, TransId::from_static("order-1"));
    let json = r#"{"method":"swish","mid":"test_merchant","trans_id":"order-1"}"#;
    assert_eq!(serde_json::to_string(&attempt).unwrap(), json);
    assert!(serde_json::from_str::<Attempt>(&json.replace('}', ",\"amount\":1}")).is_err());
}

#[test]
fn what_was_tampered_with_or_grew_is_refused_and_not_shown() {
    assert!(serde_json::from_value::<Expected>(stored()).is_ok());
    for (name, value, rule) in [
        ("method", json!("Trustly"), "Expected: method is none of those that are known"),
        ("method", json!("canary"), "Expected: method is none of those that are known"),
        ("method", json!(4242), "Expected: method is none of those that are known"),
        ("mid", json!("canary*"), "Expected: mid character 7 is not allowed"),
        ("trans_id", json!(4242), "Expected: trans_id is not given as text"),
        ("amount", json!(42.42), "Expected: amount is given neither as a whole number nor as text"),
        ("amount", json!("4242,00"), "Expected: amount character 5 is not allowed"),
        ("currency", json!("canary"), "Expected: currency character 1 is not allowed"),
        ("pay_id", json!("canary"), "Expected: pay_id has 6 characters"),
        ("pay_id", Value::Null, "Expected: pay_id is not given as text"),
        ("status", json!("canary"), "Expected: \"status\" is no field of it"),
    ] {
        let mut object = stored();
        object[name] = value;
        let error = serde_json::from_value::<Expected>(object).unwrap_err().to_string();
        assert!(error.starts_with(rule), "{error}");
        assert!(!error.contains("canary") && !error.contains("4242"), "{error}");
    }
    for name in ["method", "mid", "trans_id", "amount", "currency"] {
        let mut object = stored();
        object.as_object_mut().unwrap().remove(name);
        let error = serde_json::from_value::<Expected>(object).unwrap_err().to_string();
        assert_eq!(error, format!("Expected: {name} is missing"));
    }
    let twice = stored().to_string().replace("\"amount\":1999", "\"amount\":1,\"amount\":1999");
    let error = serde_json::from_str::<Expected>(&twice).unwrap_err().to_string();
    assert!(error.starts_with("Expected: amount stands twice"), "{error}");
    // Stored as a text inside of JSON, by mistake.
    let error = serde_json::from_value::<Expected>(json!(stored().to_string())).unwrap_err().to_string();
    assert_eq!(error, "Expected is no object of names and values");
}

#[test]
fn a_stored_attempt_binds_its_own_callback_and_no_other() {
    let merchant = testing::merchant();
    let sealed = merchant.seal(&testing::request("order-1", 1999)).unwrap();
    let read = |json: &str| serde_json::from_str::<Expected>(json).unwrap();
    let json = serde_json::to_string(&sealed.expected).unwrap();
    let form = Callback::paid(&sealed.expected).form(&merchant).unwrap();
    let callback: Authentic<Trustly> =
        merchant.open(&RawCallback::post(Route::Notify, form.as_bytes())).unwrap();
    let bound = callback.bind(&read(&json)).unwrap();
    let pinned = serde_json::to_string(&bound.expected()).unwrap();
    assert!(callback.bind(&read(&pinned)).is_ok());
    for (from, to, error) in [
        ("\"trustly\"", "\"swish\"", BindError::Method),
        ("\"test_merchant\"", "\"other\"", BindError::Mid),
        ("\"order-1\"", "\"order-2\"", BindError::TransId),
    ] {
        assert_eq!(callback.bind(&read(&json.replace(from, to))).map(drop), Err(error));
    }
    let other =
        expected::<Trustly>("test_merchant", "order-1", 1999, Some("00000000000000000000000000000000"));
    let other = read(&serde_json::to_string(&other).unwrap());
    assert_eq!(callback.bind(&other).map(drop), Err(BindError::PayId));
}

#[test]
fn an_outcome_is_written_for_the_log() {
    let merchant = testing::merchant();
    let expected = testing::expected(&merchant, "order-1", 1999);
    for (status, code, word) in [
        ("OK", "00000000", "paid"),
        ("AUTHORIZED", "00000000", "authorized"),
        ("PENDING", "60000000", "open"),
        ("FAILED", "21550053", "failed"),
    ] {
        let form = Callback::new(&expected, status, code).form(&merchant).unwrap();
        let callback: Authentic<Trustly> =
            merchant.open(&RawCallback::post(Route::Notify, form.as_bytes())).unwrap();
        let outcome = callback.bind(&expected).unwrap().outcome();
        let written = serde_json::to_value(outcome).unwrap();
        let pay_id = callback.pay_id().as_str();
        let due = json!({
            "outcome": word, "trans_id": "order-1", "pay_id": pay_id, "code": code, "amount": 1999, "currency": "EUR",
        });
        assert_eq!(written, due);
    }
    assert_eq!(serde_json::to_string(&[LeftOut::IpAddr, LeftOut::ReqId]).unwrap(), r#"["IPAddr","ReqId"]"#);
}
