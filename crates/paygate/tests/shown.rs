//! What `Debug` shows: whose and which payment, so that a log is of use; `no_canary.rs` has what it must not show.
#![allow(clippy::unwrap_used, reason = "a test may stop where an input path may not")]

use paygate::follow_ups::credit::CreditRequest;
use paygate::follow_ups::inquire::InquireRequest;
use paygate::testing::{self, Answer, Callback};
use paygate::{
    Call, Currency, Envelope, Merchant, Money, PayId, RawCallback, ReqId, Route, Settings, StoredCredit,
    TransId, Trustly, VerifyError,
};
use std::fmt::Debug;

const PAY_ID: PayId = PayId::from_static("7bbb448155234d8cbee323778952ce28");

#[track_caller]
fn assert_shows(value: &impl Debug, name: &str, parts: &[&str]) {
    let shown = format!("{value:?}");
    assert!(shown.starts_with(&format!("{name} {{ ")) && shown.ends_with(" }"), "{shown}");
    assert!(parts.iter().all(|part| shown.contains(part)), "{shown}");
}

fn merchant() -> Merchant {
    testing::merchant()
}

#[test]
fn a_callback_shows_its_route_and_its_length_before_it_is_opened() {
    let raw = RawCallback::post(Route::Notify, b"Len=3&Data=AB");
    assert_shows(&raw, "RawCallback", &["route: Notify", "bytes: 13"]);
    assert_shows(&Envelope::parse(&raw).unwrap(), "Envelope", &["bytes: 13", "encrypted: true"]);
}

#[test]
fn an_answer_shows_whose_it_is() {
    let expected = testing::expected(&merchant(), "order-1", 1999);
    let form = Callback::paid(&expected).form(&merchant()).unwrap();
    let callback = merchant().open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes())).unwrap();
    assert_shows(&callback, "Authentic", &["trustly", "order-1", "KeyIndex(0)"]);
    assert_shows(&callback.bind(&expected).unwrap(), "Bound", &["Authentic", "order-1"]);
}

#[test]
fn a_callback_for_tests_shows_the_names_that_it_has() {
    let callback = Callback::paid(&testing::expected(&merchant(), "order-1", 1999)).with_echo("Custom", "a");
    assert_shows(&callback, "Callback", &["\"Status\", ", "outside: [\"Custom\"]", "forged: false"]);
}

#[test]
fn a_result_that_was_kept_shows_nothing_by_itself() {
    let expected = testing::expected(&merchant(), "order-1", 1999);
    let form = Callback::paid(&expected).form(&merchant()).unwrap();
    let at_failure = merchant().open::<Trustly>(&RawCallback::post(Route::Failure, form.as_bytes()));
    let Err(VerifyError::WrongRoute(kept)) = at_failure else { unreachable!("paid, at the URL for failure") };
    assert_eq!(format!("{kept:?}"), "Kept { .. }");
    assert_eq!(kept.signed().trans_id().as_str(), "order-1");
}

#[test]
fn a_merchant_and_a_request_show_where_they_go() {
    assert_shows(&merchant(), "Merchant", &["test_merchant", "test: true"]);
    let sealed = merchant().seal(&testing::request("order-1", 1999)).unwrap();
    assert_shows(&sealed.redirect, "Redirect", &[sealed.redirect.action(), "len: "]);
    assert_eq!(format!("{:?}", Settings::from_lookup(|_| None)), "Settings { .. }");
}

#[test]
fn a_call_and_its_answer_show_their_ids() {
    let (trans_id, req_id) = (TransId::from_static("credit-1"), ReqId::from_static("r1"));
    let money = Money::new(999, Currency::EUR).unwrap();
    let request = CreditRequest::builder(PAY_ID, trans_id, money).req_id(req_id).build();
    let call = merchant().credit(&request).unwrap();
    assert_shows(&call, "ServerCall", &[PAY_ID.as_str(), "credit-1", "r1"]);
    let answer = call.read(&Answer::to(&call).response().unwrap()).unwrap();
    assert_shows(&answer, "WithoutMac", &[PAY_ID.as_str(), "credit-1", "OK", "00000000"]);
    let stored = StoredCredit { pay_id: PAY_ID, trans_id, req_id, body: call.request().body() };
    assert_shows(&stored, "StoredCredit", &[PAY_ID.as_str(), "credit-1", "r1"]);
    let inquiry = merchant().inquire(&InquireRequest::new(PAY_ID, TransId::from_static("order-1"))).unwrap();
    let told = Answer::to(&inquiry).with("AmountCap", "4711").with("Currency", "EUR").response().unwrap();
    let amounts = inquiry.read(&told).unwrap().amounts().unwrap();
    assert_shows(&amounts, "Amounts", &["EUR"]);
}
