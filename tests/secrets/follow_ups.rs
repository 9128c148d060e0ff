//! The types of `paygate` for calls from server to server, whose answers have amounts.

use crate::canary::{CENTS, NAME, PAY_ID, expected, merchant};
use crate::exhibit;
use crate::shown::Shown;
use paygate::follow_ups::credit::CreditRequest;
use paygate::follow_ups::inquire::InquireRequest;
use paygate::testing::Answer;
use paygate::{
    Call, Code, CreditState, Currency, HttpResponse, InquiryError, Money, PayId, ReqId, Share, StoredCredit,
    TransId,
};

pub(crate) fn show(shown: &mut Shown) {
    let (merchant, pay_id, money) =
        (merchant(), PayId::from_static(PAY_ID), Money::new(CENTS, Currency::EUR).unwrap());
    let trans_id = TransId::from_static("credit-1");
    let call = merchant.credit(&CreditRequest::builder(pay_id, trans_id, money).build()).unwrap();
    exhibit!(shown, call, *call.request());
    let answer = Answer::to(&call).with("Description", NAME).with("Amount", CENTS.to_string());
    let response = answer.response().unwrap();
    exhibit!(shown, answer, response);
    let read = call.read(&response).unwrap();
    exhibit!(shown, read, read.fields(), read.state(), CreditState::Refused(Code::from_static("21550053")));
    for refused in [
        call.read(&HttpResponse::new(500, format!("{NAME} {CENTS}"))).unwrap_err(),
        call.read(&HttpResponse::new(200, format!("<html>{NAME} {CENTS}"))).unwrap_err(),
        call.read(&HttpResponse::new(200, format!("Len=8&Data={NAME}"))).unwrap_err(),
        call.read(&HttpResponse::new(200, format!("mid=shop&Description={NAME}"))).unwrap_err(),
        call.read(&Answer::to(&call).with("mid", "another").response().unwrap()).unwrap_err(),
        call.read(&Answer::to(&call).with("Status", format!("{NAME}!")).response().unwrap()).unwrap_err(),
    ] {
        exhibit!(shown, refused);
    }
    let body = call.request().body();
    let stored = StoredCredit { pay_id, trans_id, req_id: ReqId::from_static("r1"), body };
    exhibit!(
        shown,
        stored,
        merchant.credit_again(&StoredCredit { body: NAME.as_bytes(), ..stored }).unwrap_err()
    );

    let inquire = merchant.inquire(&InquireRequest::new(pay_id, *expected().attempt().trans_id())).unwrap();
    exhibit!(shown, inquire);
    let amounts = |amount: &str| {
        let answer = Answer::to(&inquire)
            .with("AmountAuth", amount)
            .with("AmountCap", amount)
            .with("AmountCred", amount)
            .with("Currency", "EUR")
            .with("AccOwner", NAME);
        inquire.read(&answer.response().unwrap()).unwrap()
    };
    let told = amounts(&CENTS.to_string());
    exhibit!(shown, told, told.amounts().unwrap());
    let less = told.amounts().unwrap().captured_of(Money::new(CENTS + 1, Currency::EUR).unwrap());
    assert!(matches!(less, Share::Less(_)), "{less:?}");
    let refused: InquiryError = amounts(&format!("{CENTS}x")).amounts().unwrap_err();
    exhibit!(shown, less, refused);
}
