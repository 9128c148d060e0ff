//! `paygate::testing`: what it tells of requests is what was sent, and what it answers is what Paygate would.
#![allow(clippy::unwrap_used, reason = "a test may stop where an input path may not")]

use paygate::follow_ups::inquire::InquireRequest;
use paygate::testing::{self, Answer, Callback};
use paygate::{
    Call, Custom, EncryptionKey, KeyPair, KeyRing, MacKey, Merchant, PayId, Profile, ReqId, TextEncoding,
    TransId,
};

#[test]
fn what_was_sent_is_told_in_order() {
    let merchant = testing::merchant();
    let request = testing::request("order-1", 1999);
    let sealed = merchant.seal(&request).unwrap();
    let sent = testing::sent(&merchant, &sealed.redirect).unwrap();
    let value = |wanted: &str| {
        let mut found = sent.iter().filter(|(name, _)| name == wanted);
        let value = found.next().map(|(_, value)| value.as_str());
        value.filter(|_| found.next().is_none())
    };
    assert_eq!(
        (value("TransID"), value("Amount"), value("Currency")),
        (Some("order-1"), Some("1999"), Some("EUR"))
    );
    assert_eq!(value("ReqId"), sealed.req_id.as_ref().map(ReqId::as_str));
    assert_eq!(value("FirstName"), Some(request.first_name.as_str()));
    assert_eq!(sent.first().map(|(name, _)| name.as_str()), Some("OrderDesc"));
}

/// Found by the fuzz target `request`: Þ and a no-break space are a letter of Thaana, if they are taken for UTF-8.
#[test]
fn what_was_sent_in_one_charset_is_not_told_in_another() {
    for encoding in [TextEncoding::Latin1, TextEncoding::Utf8LenInBytes, TextEncoding::Utf8LenInChars] {
        let merchant = testing::merchant().with_profile(Profile::default().with_text_encoding(encoding));
        let mut request = testing::request("order-1", 1999);
        request.custom = Some(Custom::new("a=Þ\u{a0}").unwrap());
        let sent = testing::sent(&merchant, &merchant.seal(&request).unwrap().redirect).unwrap();
        assert!(sent.contains(&("Custom".to_owned(), "a=Þ\u{a0}".to_owned())), "{encoding:?}");
    }
}

#[test]
fn a_request_from_server_to_server_is_answered_about_its_own_payment() {
    let merchant = testing::merchant();
    let pay_id = PayId::from_static("7bbb448155234d8cbee323778952ce28");
    let call = merchant.inquire(&InquireRequest::new(pay_id, TransId::from_static("order-1"))).unwrap();
    let answer = Answer::to_request(&merchant, call.request()).unwrap();
    let read = call.read(&answer.response().unwrap()).unwrap();
    assert_eq!(read.pay_id(), Some(&pay_id));
    assert_eq!(read.trans_id().map(TransId::as_str), Some("order-1"));
}

/// FNV-1a of 128 bits, whose figures anybody can look up.
#[test]
fn a_pay_id_depends_on_the_trans_id() {
    let merchant = testing::merchant();
    let pay_id = |trans_id| {
        let form =
            Callback::paid(&testing::expected(&merchant, trans_id, 1999)).plaintext(&merchant).unwrap();
        let text = String::from_utf8(form).unwrap();
        text.split('&').find_map(|pair| pair.strip_prefix("PayID=")).unwrap().to_owned()
    };
    assert_eq!(pay_id("a"), "d228cb696f1a8caf78912b704e4a8964");
    assert_eq!(pay_id("foobar"), "343e1662793c64bf6f0d3597ba446f18");
}

#[test]
fn texts_are_padded_with_blanks_under_blowfish_alone() {
    let blocks = |key| {
        let keys = KeyRing::new(KeyPair::new(key, MacKey::from_text("mac").unwrap()));
        let merchant = Merchant::new(testing::MERCHANT_ID, keys);
        let form = testing::seal_text(&merchant, b"a=1").unwrap();
        let (len, data) = form.split_once("&Data=").unwrap();
        assert_eq!(len, "Len=3");
        testing::keys(&merchant).current().encryption().decrypt(data.as_bytes()).unwrap().blocks().to_vec()
    };
    assert_eq!(blocks(EncryptionKey::blowfish_from_text("password").unwrap()), b"a=1     ");
    assert!(!blocks(EncryptionKey::aes_from_text("0123456789abcdef").unwrap()).contains(&b' '));
}
