//! Calls from server to server: what they send, and what of an answer is taken.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

use paygate::crypto::Zeroizing;
use paygate::follow_ups::credit::CreditRequest;
use paygate::follow_ups::inquire::InquireRequest;
use paygate::follow_ups::inquire24::Inquire24Request;
use paygate::follow_ups::{Credit, Inquire};
use paygate::params::message::SignedError;
use paygate::testing::{self, Answer};
use paygate::{
    AnswerError, Call, Code, CreditState, Currency, EncryptionKey, FormatError, HttpMethod, HttpResponse,
    InquiryError, KeyPair, KeyRing, MacKey, Merchant, MerchantId, Money, OpenError, PayId, Profile, Repeat,
    ReqId, SealError, ServerCall, Share, Status, TransId, Violation,
};
use proptest::prelude::*;

const PAY_ID: PayId = PayId::from_static("7bbb448155234d8cbee323778952ce28");
const OTHER_PAY_ID: &str = "00000000000000000000000000000000";

fn money(units: u64) -> Money {
    Money::new(units, Currency::EUR).unwrap()
}

fn credit_request(units: u64) -> CreditRequest {
    CreditRequest::builder(PAY_ID, TransId::from_static("credit-1"), money(units)).build()
}

fn credit() -> ServerCall<Credit> {
    testing::merchant().credit(&credit_request(999)).unwrap()
}

fn inquire() -> ServerCall<Inquire> {
    let request = InquireRequest::new(PAY_ID, TransId::from_static("order-1"));
    testing::merchant().inquire(&request).unwrap()
}

fn refused<F>(call: &ServerCall<F>, response: &HttpResponse) -> AnswerError
where
    ServerCall<F>: Call<Error = AnswerError>,
{
    match call.read(response) {
        Ok(_) => panic!("taken"),
        Err(error) => error,
    }
}

#[test]
fn a_credit_is_posted_with_its_mac_and_a_random_req_id() {
    let call = credit();
    assert_eq!(call.request().method(), HttpMethod::Post);
    assert_eq!(call.request().url(), "https://paygate.invalid/credit.aspx");
    assert_eq!(call.request().headers().next(), Some(("Content-Type", "application/x-www-form-urlencoded")));
    let mac = MacKey::from_text(testing::MAC_KEY).unwrap().request(&paygate::crypto::RequestParts {
        pay_id: PAY_ID.as_str().as_bytes(),
        trans_id: b"credit-1",
        merchant_id: b"test_merchant",
        amount: b"999",
        currency: b"EUR",
    });
    let own = |text: &str| text.to_owned();
    assert_eq!(
        testing::sent_in(&testing::merchant(), call.request()).unwrap(),
        [
            (own("PayID"), own(PAY_ID.as_str())),
            (own("TransID"), own("credit-1")),
            (own("Amount"), own("999")),
            (own("Currency"), own("EUR")),
            (own("MerchantID"), own("test_merchant")),
            (own("MAC"), own(mac.unwrap().to_hex().as_str())),
            (own("ReqId"), own(call.req_id().unwrap().as_str())),
        ]
    );
    assert_ne!(call.req_id(), credit().req_id());
}

#[test]
fn an_inquiry_sends_neither_mac_nor_req_id_nor_response() {
    let names = |pairs: Vec<(String, String)>| pairs.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(
        names(testing::sent_in(&testing::merchant(), inquire().request()).unwrap()),
        ["PayID", "TransID", "MerchantID"]
    );
    let call =
        testing::merchant().inquire24(&Inquire24Request::new(TransId::from_static("order-1"))).unwrap();
    assert_eq!(
        names(testing::sent_in(&testing::merchant(), call.request()).unwrap()),
        ["TransID", "MerchantID"]
    );
    assert_eq!(call.request().url(), "https://paygate.invalid/inquire24.aspx");
}

/// §11.5, and the page's row ReqId: "Submissions with identical ReqID for an open status will be processed regularly".
#[test]
fn a_credit_is_never_harmless_to_repeat() {
    assert_eq!((credit().repeat(), inquire().repeat()), (Repeat::KnownWhenFinished, Repeat::Harmless));
    let merchant = testing::merchant().with_profile(Profile::default().without_random_req_id());
    assert_eq!(merchant.credit(&credit_request(999)).unwrap().repeat(), Repeat::Twice);
    let mut given = credit_request(999);
    given.req_id = Some(ReqId::from_static("r1"));
    let call = merchant.credit(&given).unwrap();
    assert_eq!(call.repeat(), Repeat::KnownWhenFinished);
    assert_eq!(call.req_id().map(ReqId::as_str), Some("r1"));
}

#[test]
fn a_credit_of_nothing_or_of_too_many_digits_is_not_sealed() {
    let rules = |units| match testing::merchant().credit(&credit_request(units)) {
        Err(SealError::Rules(rules)) => rules,
        other => panic!("{other:?}"),
    };
    assert_eq!(rules(0), [Violation::NoAmount]);
    assert_eq!(rules(10_000_000_000), [Violation::AmountDigits { max: 10 }]);
    // What was paid can be given back in parts, and in a currency that the profile no longer lists.
    let merchant = testing::merchant().with_profile(Profile::default().with_currencies([Currency::SEK]));
    assert!(merchant.credit(&credit_request(1)).is_ok());
}

#[test]
fn the_state_of_a_credit_is_told_by_status_and_code_together() {
    let call = credit();
    let state = |status, code| {
        let answer = Answer::to(&call).with("Status", status).with("Code", code);
        call.read(&answer.response().unwrap()).unwrap().state()
    };
    assert_eq!(state("OK", "00000000"), CreditState::Done);
    assert_eq!(state("PENDING", "60000985"), CreditState::Open);
    assert_eq!(state("FAILED", "20600070"), CreditState::Refused(Code::from_static("20600070")));
    for (status, code) in [
        ("OK", "20600070"),
        ("FAILED", "00000000"),
        ("AUTHORIZED", "00000000"),
        ("done", "00000000"),
        // Trustly did not answer in time: the money may be on its way.
        ("FAILED", "21550051"),
    ] {
        assert_eq!(state(status, code), CreditState::Unclear(Code::new(code).unwrap()), "{status} {code}");
    }
}

/// §11.6: Status, Code and LastStatus tell nothing about the payment.
#[test]
fn the_amounts_of_an_inquiry_speak_and_nothing_else_does() {
    let call = inquire();
    let captured = |pairs: &[(&str, &str)]| {
        let answer = pairs.iter().fold(Answer::to(&call), |answer, (name, value)| answer.with(name, value));
        let amounts = call.read(&answer.response().unwrap()).unwrap().amounts().unwrap();
        amounts.captured_of(money(1999))
    };
    let euro = ("Currency", "EUR");
    assert_eq!(captured(&[("AmountCap", "1999"), euro, ("LastStatus", "FAILED")]), Share::Whole);
    assert_eq!(
        captured(&[("AmountCap", "0"), ("AmountAuth", "1999"), euro, ("LastStatus", "OK")]),
        Share::Nothing
    );
    assert_eq!(captured(&[("AmountCap", "1998"), euro]), Share::Less(money(1998)));
    assert_eq!(captured(&[("AmountCap", "2000"), euro]), Share::More(money(2000)));
    let kronor = Money::new(1999, Currency::SEK).unwrap();
    assert_eq!(captured(&[("AmountCap", "1999"), ("Currency", "SEK")]), Share::OtherCurrency(kronor));
    assert_eq!(captured(&[("AmountCap", "1999")]), Share::Untold);
    assert_eq!(captured(&[("AmountCap", ""), euro]), Share::Untold);
    assert_eq!(captured(&[("LastStatus", "OK")]), Share::Untold);
}

#[test]
fn a_refused_inquiry_tells_no_amounts() {
    let call = inquire();
    for (status, code) in [("FAILED", "20600321"), ("OK", "60000985"), ("FAILED", "00000000")] {
        let answer = Answer::to(&call).with("Status", status).with("Code", code).with("AmountCap", "1999");
        let error = call.read(&answer.response().unwrap()).unwrap().amounts().unwrap_err();
        let (status, code) = (Status::from_static(status), Code::from_static(code));
        assert_eq!(error, InquiryError::Refused { status, code }, "{status} {code}");
    }
}

#[test]
fn an_amount_that_breaks_its_format_or_stands_twice_is_not_guessed() {
    let call = inquire();
    let broken = Answer::to(&call).with("AmountCap", "19.99").response().unwrap();
    let rule = FormatError::Character { position: 3, allowed: "digits" };
    assert_eq!(
        call.read(&broken).unwrap().amounts(),
        Err(InquiryError::Field(SignedError::Format { name: "AmountCap", rule }))
    );
    let doubled =
        Answer::to(&call).with("AmountCap", "1").with("Currency", "EUR&AmountCap=1999").response().unwrap();
    assert!(
        matches!(refused(&call, &doubled), AnswerError::Open(OpenError::Doubled(doubled)) if doubled.name == "AmountCap")
    );
}

#[test]
fn an_answer_of_another_merchant_payment_or_transaction_is_told_apart() {
    let call = credit();
    let other = |name, value| refused(&call, &Answer::to(&call).with(name, value).response().unwrap());
    let code = Code::SUCCESS;
    assert_eq!(other("mid", "somebody_else"), AnswerError::OtherMerchant { code });
    assert_eq!(other("PayID", OTHER_PAY_ID), AnswerError::OtherPayId { code });
    assert_eq!(other("TransID", "credit-2"), AnswerError::OtherTransId { code });
    let refusal =
        Answer::to(&call).with("PayID", OTHER_PAY_ID).with("Status", "FAILED").with("Code", "20600001");
    assert_eq!(refused(&call, &refusal.response().unwrap()).code(), Some(Code::from_static("20600001")));
}

#[test]
fn an_answer_that_says_yes_has_all_ids_and_one_that_says_no_may_lack_them() {
    let call = credit();
    for name in ["mid", "PayID", "TransID"] {
        let answer = Answer::to(&call).without(name);
        let missing = AnswerError::Field { error: SignedError::Missing { name }, code: Some(Code::SUCCESS) };
        assert_eq!(refused(&call, &answer.response().unwrap()), missing, "{name}");
        let no = answer.with("Status", "FAILED").with("Code", "20110044").response().unwrap();
        assert_eq!(call.read(&no).unwrap().state(), CreditState::Refused(Code::from_static("20110044")));
    }
    for (name, code) in [("Status", Some(Code::SUCCESS)), ("Code", None)] {
        let answer = Answer::to(&call).without(name).response().unwrap();
        let missing = AnswerError::Field { error: SignedError::Missing { name }, code };
        assert_eq!(refused(&call, &answer), missing);
    }
}

#[test]
fn what_is_no_answer_is_told_apart() {
    let call = credit();
    let page = "<html><body><h1>Unexpected exception</h1></body></html>";
    for status in [200, 500] {
        assert_eq!(refused(&call, &HttpResponse::new(status, page)), AnswerError::UnexpectedException);
        assert_eq!(refused(&call, &HttpResponse::new(status, " \r\n")), AnswerError::Empty { status });
        let html = HttpResponse::new(status, "\u{FEFF}<!DOCTYPE html><p>Down for maintenance");
        assert_eq!(refused(&call, &html), AnswerError::Html { status });
    }
    assert_eq!(
        refused(&call, &HttpResponse::new(200, "Unexpected exception")),
        AnswerError::UnexpectedException
    );
    for page in [" \u{FEFF}<html>Unexpected exception a=b</html>", "Server error: Unexpected exception, id=5"]
    {
        assert_eq!(refused(&call, &HttpResponse::new(200, page)), AnswerError::UnexpectedException, "{page}");
    }
    let no = Answer::to(&call).with("Status", "FAILED").with("Code", "20600001").response().unwrap();
    let with_code = AnswerError::Status { status: 502, code: Some(Code::from_static("20600001")) };
    assert_eq!(refused(&call, &HttpResponse::new(502, no.body())), with_code);
    assert_eq!(
        refused(&call, &HttpResponse::new(502, "a=b")),
        AnswerError::Status { status: 502, code: None }
    );
    assert_eq!(refused(&call, &HttpResponse::new(200, vec![b'a'; 65_537])), AnswerError::TooLarge);
    assert_eq!(refused(&call, &HttpResponse::new(200, "nothing of use")), AnswerError::Unreadable);
    let missing = OpenError::Missing { name: "Len" };
    assert_eq!(refused(&call, &HttpResponse::new(200, "Data=00")), AnswerError::Open(missing));
    // A description may quote the page's words.
    let quoting = Answer::to(&call).with("Description", "Unexpected exception").response().unwrap();
    assert_eq!(call.read(&quoting).unwrap().state(), CreditState::Done);
}

#[test]
fn a_plain_answer_is_refused_unless_the_merchant_opted_in() {
    let call = credit();
    let plain = String::from_utf8(Answer::to(&call).plaintext()).unwrap();
    let response = HttpResponse::new(200, plain.clone());
    assert_eq!(refused(&call, &response), AnswerError::Plain { code: Some(Code::SUCCESS) });
    let half = HttpResponse::new(200, "Status=FAILED&Code=9");
    assert_eq!(refused(&call, &half), AnswerError::Plain { code: None });
    let failed = HttpResponse::new(200, "Code=20600001");
    assert_eq!(
        refused(&call, &failed).code(),
        Some(Code::from_static("20600001")),
        "kept, also of half an answer"
    );
    let opted_in = testing::merchant().with_plain_answers().credit(&credit_request(999)).unwrap();
    assert_eq!(opted_in.read(&response).unwrap().state(), CreditState::Done);
    assert_eq!(refused(&opted_in, &HttpResponse::new(200, "nothing of use")), AnswerError::Unreadable);
}

#[test]
fn an_answer_in_any_order_and_case_with_unknown_pairs_is_read() {
    let call = inquire();
    let text = format!(
        "CODE=00000000&New=1&status=OK&TRANSID=order-1&payid={PAY_ID}&MerchantID=TEST_MERCHANT&amountcap=1999&currency=EUR"
    );
    let response = HttpResponse::new(200, testing::seal_text(&testing::merchant(), text.as_bytes()).unwrap());
    let answer = call.read(&response).unwrap();
    assert_eq!(answer.amounts().unwrap().captured_of(money(1999)), Share::Whole);
    assert_eq!(answer.pairs().count(), 8);
    assert_eq!(answer.issues().len(), 2, "XID and Description are missing, and that is all");
}

#[test]
fn a_call_and_its_answer_tell_whose_they_are_and_what_they_say() {
    let call = inquire();
    let order = TransId::from_static("order-1");
    assert_eq!((call.pay_id(), call.trans_id(), call.req_id()), (Some(&PAY_ID), Some(&order), None));
    let response = Answer::to(&call)
        .with("AmountAuth", "2000")
        .with("AmountCap", "1999")
        .with("AmountCred", "999")
        .with("Currency", "EUR")
        .with("Description", "fine")
        .response()
        .unwrap();
    let answer = call.read(&response).unwrap();
    assert_eq!(answer.mid(), Some(&testing::MERCHANT_ID));
    assert_eq!((answer.pay_id(), answer.trans_id()), (Some(&PAY_ID), Some(&order)));
    assert_eq!(answer.fields().text("Description").unwrap(), "fine");
    let amounts = answer.amounts().unwrap();
    let told = [amounts.authorized(), amounts.captured(), amounts.credited()];
    assert_eq!(told.map(|amount| amount.unwrap().units()), [2000, 1999, 999]);
    assert_eq!(amounts.currency(), Some(Currency::EUR));
}

#[test]
fn an_error_keeps_the_code_that_the_answer_held() {
    let call = credit();
    let code = |changed: Answer| refused(&call, &changed.response().unwrap()).code();
    for name in ["mid", "PayID", "TransID"] {
        let other = if name == "PayID" { OTHER_PAY_ID } else { "other" };
        assert_eq!(code(Answer::to(&call).with(name, other)), Some(Code::SUCCESS), "{name}");
        assert_eq!(code(Answer::to(&call).without(name)), Some(Code::SUCCESS), "{name}");
    }
    assert_eq!(code(Answer::to(&call).without("Code")), None);
}

#[test]
fn the_largest_body_that_is_read_has_64_kib() {
    let call = credit();
    let body = |length: usize| HttpResponse::new(200, vec![b'a'; length]);
    assert_eq!(refused(&call, &body(HttpResponse::MAX_BODY)), AnswerError::Unreadable);
    assert_eq!(refused(&call, &body(HttpResponse::MAX_BODY + 1)), AnswerError::TooLarge);
}

#[test]
fn an_answer_sealed_with_the_key_of_before_is_read() {
    let old = testing::merchant();
    let new_key = EncryptionKey::blowfish_from_text("a-newer-key-of16").unwrap();
    let mac = || MacKey::from_text(testing::MAC_KEY).unwrap();
    let old_pair = KeyPair::new(EncryptionKey::blowfish_from_text(testing::ENCRYPTION_KEY).unwrap(), mac());
    let ring = KeyRing::new(KeyPair::new(new_key, mac())).with_previous(old_pair);
    let rotated = Merchant::new(testing::MERCHANT_ID, ring);
    let old_call = old.credit(&credit_request(999)).unwrap();
    let response = Answer::to(&old_call).response().unwrap();
    assert_eq!(
        rotated.credit(&credit_request(999)).unwrap().read(&response).unwrap().state(),
        CreditState::Done
    );
    // With a wrong key alone every field is noise.
    let stranger = EncryptionKey::blowfish_from_text("not-the-key-at-al").unwrap();
    let merchant =
        Merchant::new(MerchantId::from_static("test_merchant"), KeyRing::new(KeyPair::new(stranger, mac())));
    let call = merchant.credit(&credit_request(999)).unwrap();
    assert!(matches!(
        refused(&call, &response),
        AnswerError::Field { code: None, .. } | AnswerError::Open(_)
    ));
    // With two keys, the error is that of the right one.
    let doubled = Answer::to(&old_call).with("XID", "0&Code=00000000").response().unwrap();
    let call = rotated.credit(&credit_request(999)).unwrap();
    assert!(matches!(refused(&call, &doubled), AnswerError::Open(OpenError::Doubled(_))));
    let no_mid = Answer::to(&old_call).without("mid").response().unwrap();
    let missing = SignedError::Missing { name: "mid" };
    assert_eq!(refused(&call, &no_mid), AnswerError::Field { error: missing, code: Some(Code::SUCCESS) });
}

/// An answer of this text whose Data is padded with `padding` and whose Len says `len`.
fn sealed(text: &[u8], len: usize, padding: &[u8]) -> HttpResponse {
    let key = EncryptionKey::blowfish_from_text(testing::ENCRYPTION_KEY).unwrap();
    let mut blocks = text.to_vec();
    blocks.extend(padding);
    assert_eq!(blocks.len() % 8, 0, "whole blocks");
    HttpResponse::new(200, format!("Len={len}&Data={}", key.encrypt(&blocks).unwrap().data()))
}

/// The text of an answer to `inquire()` that ends with its amount, so that it needs so many bytes to whole blocks.
fn ending_with_its_amount(description: &str, missing: usize) -> String {
    let text = |filler: &str| {
        format!(
            "mid=test_merchant&PayID={PAY_ID}&TransID=order-1&Status=OK&Description={description}{filler}&Code=00000000\
             &Currency=EUR&AmountCap=1999"
        )
    };
    (0..8).map(|n| text(&".".repeat(n))).find(|text| (text.len() + missing).is_multiple_of(8)).unwrap()
}

/// No MAC tells where the text ends: cut too early, `AmountCap=1999` would be 199.
#[test]
fn no_answer_is_cut_in_the_middle_of_an_amount() {
    let call = inquire();
    let captured = |response: &HttpResponse| {
        call.read(response).map(|answer| answer.amounts().unwrap().captured_of(money(1999)))
    };
    for padding in [&b"   "[..], b"\0\0\0", b"\x03\x03\x03", b"xxx"] {
        let text = ending_with_its_amount("success", 3);
        assert_eq!(captured(&sealed(text.as_bytes(), text.len(), padding)), Ok(Share::Whole), "{padding:?}");
        for short in 1..5 {
            let cut = captured(&sealed(text.as_bytes(), text.len() - short, padding));
            assert!(
                matches!(cut, Err(AnswerError::Open(OpenError::Cut(_)))),
                "{padding:?}, {short} too short: {cut:?}"
            );
        }
        // Len in characters of a UTF-8 text, and in bytes.
        let text = ending_with_its_amount("Zurück", 3);
        for len in [text.len(), text.chars().count()] {
            assert_eq!(
                captured(&sealed(text.as_bytes(), len, padding)),
                Ok(Share::Whole),
                "{padding:?}, Len {len}"
            );
        }
        // The same with a letter of ISO-8859-1 beside it, so that it is no UTF-8.
        let latin1: Vec<u8> = [text.replace('ü', "u").as_bytes(), b"&N=\xFC"].concat();
        let blanks = [padding, &vec![b' '; (8 - (latin1.len() + 3) % 8) % 8]].concat();
        let cut = captured(&sealed(&latin1, latin1.len() - 6, &blanks));
        assert!(matches!(cut, Err(AnswerError::Open(OpenError::Cut(_)))), "{cut:?}");
    }
    // Zeros that Len counts in.
    let text = ending_with_its_amount("success", 2);
    assert_eq!(captured(&sealed(text.as_bytes(), text.len() + 2, b"\0\0")), Ok(Share::Whole));
    // One byte of padding and an umlaut: a Len in characters would run to the end of the block.
    let text = ending_with_its_amount("Zurück", 1);
    assert_eq!(captured(&sealed(text.as_bytes(), text.len(), b"x")), Ok(Share::Whole));
}

#[test]
fn neither_a_call_nor_its_answer_shows_data_or_amounts() {
    let mut request = credit_request(999);
    request.req_id = Some(ReqId::from_static("r1")); // a random one may hold any digits
    let call = testing::merchant().credit(&request).unwrap();
    let answer = call.read(&Answer::to(&call).with("Description", "canary").response().unwrap()).unwrap();
    let body = Zeroizing::new(String::from_utf8(call.request().body().to_vec()).unwrap());
    let data = body.rsplit('=').next().unwrap();
    let inquiry = inquire();
    let told = Answer::to(&inquiry).with("AmountCap", "4711").with("Currency", "EUR").response().unwrap();
    let amounts = inquiry.read(&told).unwrap().amounts().unwrap();
    for shown in [
        format!("{call:?}"),
        format!("{:?}", call.request()),
        format!("{answer:?}"),
        format!("{amounts:?} {:?}", amounts.captured_of(money(1))),
        format!("{told:?}"),
    ] {
        assert!(!shown.contains(data) && !shown.contains("canary"), "{shown}");
        assert!(!shown.contains("4711") && !shown.contains("999"), "{shown}");
    }
}

proptest! {
    #[test]
    fn no_answer_makes_reading_panic(body in proptest::collection::vec(any::<u8>(), 0..400), status in 0_u16..700) {
        let _ = credit().read(&HttpResponse::new(status, body));
    }

    #[test]
    fn no_pairs_outside_make_reading_panic(len in "[0-9a]{0,5}", data in "[0-9A-F]{0,64}", more in "[a-zA-Z=&%+]{0,40}") {
        let _ = credit().read(&HttpResponse::new(200, format!("Len={len}&Data={data}&{more}")));
    }

    #[test]
    fn no_text_inside_data_makes_reading_panic(text in "[A-Za-z0-9=&%+ ÄÖ-]{0,300}", cut in 0_usize..40) {
        let merchant = testing::merchant();
        let form = testing::seal_text(&merchant, text.as_bytes()).unwrap();
        let end = form.len().saturating_sub(cut);
        let _ = inquire().read(&HttpResponse::new(200, &form.as_bytes()[..end]));
    }
}

mod stored_credits {
    use super::*;
    use paygate::{StoredCredit, StoredCreditError};

    fn stored(body: &[u8]) -> StoredCredit<'_> {
        StoredCredit {
            pay_id: PAY_ID,
            trans_id: TransId::new("back-1").unwrap(),
            req_id: ReqId::new("1f2e").unwrap(),
            body,
        }
    }

    fn sealed(merchant: &Merchant) -> Vec<u8> {
        let StoredCredit { pay_id, trans_id, req_id, .. } = stored(b"");
        let money = Money::new(999, Currency::EUR).unwrap();
        let request = CreditRequest::builder(pay_id, trans_id, money).req_id(req_id).build();
        merchant.credit(&request).unwrap().request().body().to_vec()
    }

    #[test]
    fn what_was_stored_is_sent_as_it_was_and_its_answer_held_against_the_same_ids() {
        let merchant = testing::merchant();
        let body = sealed(&merchant);
        let call = merchant.credit_again(&stored(&body)).unwrap();
        assert_eq!((call.request().body(), call.repeat()), (&body[..], Repeat::KnownWhenFinished));
        assert_eq!(call.request().url(), "https://paygate.invalid/credit.aspx");
        let answer = testing::Answer::to(&call);
        let read = call.read(&answer.clone().response().unwrap()).unwrap();
        assert_eq!(read.state(), CreditState::Done);
        let other = |name, value| call.read(&answer.clone().with(name, value).response().unwrap());
        let pay_id = other("PayID", "0bbb448155234d8cbee323778952ce28");
        assert!(matches!(pay_id, Err(AnswerError::OtherPayId { .. })));
        assert!(matches!(other("TransID", "back-2"), Err(AnswerError::OtherTransId { .. })));
        assert!(matches!(other("mid", "somebody"), Err(AnswerError::OtherMerchant { .. })));
    }

    #[test]
    fn what_another_merchant_has_sealed_or_nobody_is_refused() {
        let merchant = testing::merchant();
        let encryption = EncryptionKey::blowfish_from_text("secret-blowfish-").unwrap();
        let keys = KeyRing::new(KeyPair::new(encryption, MacKey::from_text("secret-hmac-key").unwrap()));
        let other = Merchant::new(MerchantId::new("somebody").unwrap(), keys);
        let body = sealed(&merchant);
        let refused = |merchant: &Merchant, body: &[u8]| merchant.credit_again(&stored(body)).unwrap_err();
        assert_eq!(refused(&other, &body), StoredCreditError::OtherMerchant);
        for body in [
            "",
            "MerchantID=x",
            "Len=1&Data=AB",
            "MerchantID=x&Len=&Data=AB",
            "MerchantID=x&Len=1&Data=",
            "MerchantID=x&Len=1&Data=AB&Data=CD",
        ] {
            assert_eq!(refused(&merchant, body.as_bytes()), StoredCreditError::Unreadable, "{body}");
        }
        assert!(!format!("{:?}", stored(&body)).contains("Data="));
    }
}
