//! Any answer to a call is read or refused without a panic; what names another payment, or is cut short, is never an answer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate::follow_ups::credit::CreditRequest;
use paygate::follow_ups::inquire::InquireRequest;
use paygate::{Call, Currency, HttpResponse, Money, PayId, TransId, testing};

fuzz_target!(|input: &[u8]| {
    let merchant = testing::merchant();
    let pay_id = PayId::from_static("7bbb448155234d8cbee323778952ce28");
    let trans_id = TransId::from_static("order-1");
    let inquiry = merchant.inquire(&InquireRequest::new(pay_id, trans_id)).expect("an inquiry");
    let money = Money::new(1999, Currency::EUR).expect("an amount");
    let credit = merchant.credit(&CreditRequest::builder(pay_id, trans_id, money).build()).expect("a credit");
    // In the clear, and sealed so that the text behind Data is reached.
    let sealed = testing::seal_text(&merchant, input).expect("Blowfish");
    for body in [input, sealed.as_bytes()] {
        let response = HttpResponse::new(200, body.to_vec());
        if let Ok(answer) = inquiry.read(&response) {
            assert!(answer.pay_id().is_none_or(|named| *named == pay_id), "another payment");
            assert!(answer.mid().is_none_or(|mid| mid.as_str().eq_ignore_ascii_case(merchant.id().as_str())));
            assert!(answer.trans_id().is_none_or(|named| *named == trans_id));
            let _ = (answer.issues(), answer.pairs().count());
            if let Ok(amounts) = answer.amounts() {
                let _ = (amounts.captured_of(money), amounts.credited_of(money));
            }
        }
        if let Ok(answer) = credit.read(&response) {
            assert!(answer.pay_id().is_none_or(|named| *named == pay_id), "another payment");
            let _ = answer.state();
        }
    }
});
