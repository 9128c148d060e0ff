//! What the crate tells a subscriber, and what it never does.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop where an input path may not"
)]

use paygate::follow_ups::credit::CreditRequest;
use paygate::follow_ups::inquire24::Inquire24Request;
use paygate::testing::{self, Answer, Callback};
use paygate::{
    Call, Currency, EncryptionKey, Expected, FirstName, HttpResponse, KeyPair, KeyRing, MacKey, Merchant,
    Merchants, Money, OrderDesc, PayId, RawCallback, Route, SealError, TransId, Trustly,
};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// An event as a subscriber gets it: its level and its fields, the message among them.
#[derive(Clone, Debug)]
struct Told {
    level: Level,
    fields: BTreeMap<&'static str, String>,
}

impl Told {
    fn has(&self, fields: &[(&str, &str)]) {
        for (name, value) in fields {
            assert_eq!(self.fields.get(name).map(String::as_str), Some(*value), "{name} of {self:?}");
        }
    }

    fn names(&self) -> Vec<&'static str> {
        self.fields.keys().copied().collect()
    }
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }
}

#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<Told>>>);

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        assert_eq!(event.metadata().target(), "paygate");
        let mut told = Told { level: *event.metadata().level(), fields: BTreeMap::new() };
        event.record(&mut told);
        self.0.lock().unwrap().push(told);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn told(work: impl FnOnce()) -> Vec<Told> {
    let recorder = Recorder::default();
    tracing::subscriber::with_default(recorder.clone(), work);
    let told = recorder.0.lock().unwrap();
    told.clone()
}

fn only(work: impl FnOnce()) -> Told {
    let told = told(work);
    assert_eq!(told.len(), 1, "{told:?}");
    told[0].clone()
}

fn notify(merchant: &Merchant, callback: &Callback, route: Route) {
    let form = callback.form(merchant).unwrap();
    let _ = merchant.open::<Trustly>(&RawCallback::post(route, form.as_bytes()));
}

#[test]
fn a_sealed_request_is_told_by_its_ids() {
    let merchant = testing::merchant();
    let mut request = testing::request("order-1", 1999);
    request.req_id = Some("abc123".parse().unwrap());
    let event = only(|| assert!(merchant.seal(&request).is_ok()));
    assert_eq!(event.level, Level::DEBUG);
    event.has(&[
        ("message", "request sealed"),
        ("mid", "test_merchant"),
        ("method", "trustly"),
        ("trans_id", "order-1"),
        ("req_id", "abc123"),
    ]);
    assert_eq!(event.fields.len(), 5);
}

#[test]
fn a_refused_request_is_told_once_with_its_parameters_and_kinds_of_rules() {
    let merchant = testing::merchant();
    let event = only(|| assert!(merchant.seal(&testing::request("order-1", 99)).is_err()));
    assert_eq!(event.level, Level::WARN);
    event.has(&[("message", "request refused"), ("kind", "rules"), ("rules", "Amount:minimum")]);

    let pairs =
        [("Amount", "4242,42"), ("CURRENCY", "SEK"), ("Anna Canary", "x"), ("amount", "1"), ("MAC", "x")];
    let event = only(|| assert!(merchant.seal_pairs::<Trustly>(pairs).is_err()));
    let rules = &event.fields["rules"];
    for rule in [
        "TransID:missing",
        "Amount:format",
        "Amount:doubled",
        "Currency:currency",
        "MAC:filled-by-seal",
        "?:unknown",
    ] {
        assert!(rules.split(", ").any(|known| known == rule), "{rule} not in {rules}");
    }
    assert!(!rules.contains("Canary") && !rules.contains("4242"), "{rules}");
}

#[test]
fn a_list_of_nonsense_is_cut() {
    let merchant = testing::merchant();
    let event = only(|| assert!(merchant.seal_pairs::<Trustly>(vec![("x", "y"); 1000]).is_err()));
    assert!(event.fields["rules"].ends_with("?:unknown, …") && event.fields["rules"].len() < 1000);
    let mut whole = Vec::new();
    for pairs in 1..=64 {
        let mut count = 0;
        let event = only(|| {
            if let Err(SealError::Rules(rules)) = merchant.seal_pairs::<Trustly>(vec![("x", "y"); pairs]) {
                count = rules.len();
            }
        });
        let is_cut = event.fields["rules"].ends_with('…');
        assert_eq!(event.fields["rules"].split(", ").count(), if is_cut { 65 } else { count });
        whole.extend((!is_cut).then_some(count));
    }
    assert_eq!(whole.last(), Some(&64));
}

#[test]
fn an_opened_callback_is_told_by_its_signed_ids_and_the_class_of_its_code() {
    let merchant = testing::merchant();
    let expected = testing::expected(&merchant, "order-1", 1999);
    let callback = Callback::failed(&expected, "21550053");
    let event = only(|| notify(&merchant, &callback, Route::Failure));
    assert_eq!(event.level, Level::DEBUG);
    event.has(&[
        ("message", "callback opened"),
        ("method", "trustly"),
        ("route", "failure"),
        ("mid", "test_merchant"),
        ("trans_id", "order-1"),
        ("status", "FAILED"),
        ("code_state", "2"),
        ("code_module", "155"),
    ]);
    assert_eq!(event.fields["pay_id"].len(), 32);
    assert_eq!(event.fields.len(), 9);
    let form = callback.form(&merchant).unwrap();
    let raw = RawCallback::get(Route::Failure, form.as_bytes());
    let mut buffer = [0; 2048];
    only(|| assert!(merchant.open_in::<Trustly, _>(&raw, &mut buffer[..]).is_ok()))
        .has(&[("message", "callback opened")]);
}

#[test]
fn of_a_refused_callback_ids_are_told_only_where_the_mac_held() {
    let merchant = testing::merchant();
    let expected = testing::expected(&merchant, "order-1", 1999);
    let contradictory = Callback::new(&expected, "OK", "60000985");
    let event = only(|| notify(&merchant, &contradictory, Route::Notify));
    assert_eq!(event.level, Level::WARN);
    event.has(&[
        ("message", "callback refused"),
        ("kind", "contradictory"),
        ("mid", "test_merchant"),
        ("trans_id", "order-1"),
        ("status", "OK"),
        ("code_state", "6"),
        ("code_module", "000"),
    ]);
    let event = only(|| notify(&merchant, &Callback::paid(&expected), Route::Failure));
    event.has(&[("kind", "wrong-route"), ("trans_id", "order-1")]);

    let keys = KeyPair::new(
        EncryptionKey::blowfish_from_text(testing::ENCRYPTION_KEY).unwrap(),
        MacKey::from_text("another").unwrap(),
    );
    let forger = Merchant::new(testing::MERCHANT_ID, KeyRing::new(keys));
    let form = Callback::paid(&expected).form(&forger).unwrap();
    let raw = RawCallback::post(Route::Notify, form.as_bytes());
    let event = only(|| assert!(merchant.open::<Trustly>(&raw).is_err()));
    event.has(&[("kind", "mac"), ("method", "trustly"), ("route", "notify")]);
    assert_eq!(event.names(), ["kind", "message", "method", "route"]);

    let raw = RawCallback::get(Route::Success, b"Len=1&LEN=1&Data=00");
    only(|| assert!(merchant.open::<Trustly>(&raw).is_err()))
        .has(&[("kind", "doubled"), ("route", "success")]);
}

#[test]
fn of_several_merchants_one_event_tells() {
    let (merchant, other) = (testing::merchant(), canary_merchant());
    let merchants = Merchants::new(other).with(merchant.clone());
    let expected = testing::expected(&merchant, "order-1", 1999);
    for (callback, message) in [
        (Callback::paid(&expected), "callback opened"),
        (Callback::paid(&expected).with_forged_mac(), "callback refused"),
    ] {
        let form = callback.form(&merchant).unwrap();
        let raw = RawCallback::post(Route::Notify, form.as_bytes());
        only(|| drop(merchants.open::<Trustly>(&raw))).has(&[("message", message), ("route", "notify")]);
    }
}

#[test]
fn binding_is_told_whichever_way_it_goes() {
    let merchant = testing::merchant();
    let expected = testing::expected(&merchant, "order-1", 1999);
    let form = Callback::paid(&expected).form(&merchant).unwrap();
    let callback = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes())).unwrap();
    let event = only(|| assert!(callback.bind(&expected).is_ok()));
    assert_eq!(event.level, Level::DEBUG);
    event.has(&[("message", "callback bound"), ("trans_id", "order-1")]);
    let pinned = expected.pinned(PayId::from_static("00000000000000000000000000000000"));
    let event = only(|| assert!(callback.bind(&pinned).is_err()));
    assert_eq!(event.level, Level::WARN);
    event.has(&[
        ("message", "callback not bound"),
        ("kind", "pay-id"),
        ("pay_id", callback.pay_id().as_str()),
    ]);
}

#[test]
fn a_call_and_its_answer_are_told_by_the_ids_of_the_call() {
    let merchant = testing::merchant();
    let request = Inquire24Request::new(TransId::from_static("order-1"));
    let mut call = None;
    only(|| call = Some(merchant.inquire24(&request).unwrap())).has(&[
        ("message", "call made"),
        ("mid", "test_merchant"),
        ("follow_up", "inquire24"),
        ("trans_id", "order-1"),
    ]);
    let call = call.unwrap();
    let answer = Answer::to(&call).with("AmountCap", "4242").response().unwrap();
    let event = only(|| assert!(call.read(&answer).is_ok()));
    assert_eq!(event.level, Level::DEBUG);
    event.has(&[("message", "answer read"), ("trans_id", "order-1"), ("status", "OK"), ("code_state", "0")]);
    let other = Answer::to(&call).with("TransID", "other").with("Code", "20600001").response().unwrap();
    let event = only(|| assert!(call.read(&other).is_err()));
    assert_eq!(event.level, Level::WARN);
    event.has(&[("message", "answer refused"), ("kind", "other-trans-id"), ("trans_id", "order-1")]);
    event.has(&[("code_state", "2"), ("code_module", "060")]);
    only(|| assert!(call.read(&HttpResponse::new(503, "<html>")).is_err())).has(&[("kind", "html")]);
}

#[test]
fn a_call_that_is_refused_is_told() {
    let merchant = testing::merchant();
    let pay_id = PayId::from_static("7bbb448155234d8cbee323778952ce28");
    let money = Money::new(4242, Currency::EUR).unwrap();
    let mut request = CreditRequest::builder(pay_id, TransId::from_static("credit-1"), money).build();
    request.merchant_id = Some("other".parse().unwrap());
    let event = only(|| assert!(merchant.credit(&request).is_err()));
    event.has(&[("message", "call refused"), ("follow_up", "credit"), ("rules", "MerchantID:merchant-id")]);
}

const ENCRYPTION: &str = "canary-enc-key-1";
const MAC: &str = "canary-mac-key";
const NAME: &str = "Canaryname";
const CENTS: u64 = 4_242_424;

fn canary_merchant() -> Merchant {
    let encryption = EncryptionKey::blowfish_from_text(ENCRYPTION).unwrap();
    let keys = KeyRing::new(KeyPair::new(encryption, MacKey::from_text(MAC).unwrap()));
    Merchant::new(testing::MERCHANT_ID, keys).marked_as_test()
}

/// Seals with a canary in every field that is personal or secret.
fn seal(merchant: &Merchant, canaries: &mut Vec<String>) -> Expected {
    let url = || format!("https://shop.example/{NAME}").parse().unwrap();
    let mut request = testing::request("order-1", CENTS);
    request.first_name = FirstName::new(NAME).unwrap();
    request.last_name = NAME.parse().unwrap();
    request.email = format!("{NAME}@example.se").parse().unwrap();
    request.order_desc = OrderDesc::new(format!("tea for {NAME}")).unwrap();
    (request.url_success, request.url_failure, request.url_notify) = (url(), url(), url());
    request.url_template = Some(format!("https://shop.example/{NAME}.html").parse().unwrap());
    request.ip_addr = Some("203.0.113.77".parse().unwrap());
    request.mobile_no = Some("4915112345678".parse().unwrap());
    request.social_security_number = Some(NAME.parse().unwrap());
    request.customer_id = Some(NAME.parse().unwrap());
    request.user_data = Some(NAME.parse().unwrap());
    request.plain = Some(NAME.parse().unwrap());
    request.custom = Some(format!("a={NAME}").parse().unwrap());
    let sealed = merchant.seal(&request).unwrap();
    let [_, _, (_, data)] = sealed.redirect.params();
    canaries.push(data);
    request.mac = Some("AB".repeat(32).parse().unwrap());
    request.url_notify = format!("http://127.0.0.1/{NAME}").parse().unwrap();
    assert!(merchant.seal(&request).is_err());
    let pairs = [
        ("Amount", "4242424x"),
        ("FirstName", "Canaryname&"),
        ("Email", NAME),
        ("URLNotify", NAME),
        (NAME, NAME),
    ];
    assert!(merchant.seal_pairs::<Trustly>(pairs).is_err());
    sealed.expected
}

/// Opens callbacks with a canary in every field that no MAC covers, and refuses others.
fn open(merchant: &Merchant, expected: &Expected, canaries: &mut Vec<String>) {
    let mut full = Callback::paid(expected).with_echo("Plain", NAME).with_echo(NAME, NAME);
    for name in [
        "Description",
        "UserData",
        "Plain",
        "Custom",
        "AccountId",
        "AccClearingHouse",
        "AccOwner",
        "AccBank",
        "AccDescriptor",
        "IBAN",
        "UserId",
        "AddrStreet",
        "AddrZip",
        "AddrCity",
        "Amount",
        "X-Canary",
    ] {
        full = full.with(name, format!("{NAME} 4242424"));
    }
    let text = String::from_utf8(full.plaintext(merchant).unwrap()).unwrap();
    canaries.push(text.rsplit_once("MAC=").unwrap().1.to_owned());
    let form = full.form(merchant).unwrap();
    let raw = RawCallback::post(Route::Notify, form.as_bytes());
    let callback = merchant.open::<Trustly>(&raw).unwrap();
    assert!(callback.bind(expected).is_ok());
    assert!(callback.bind(&testing::expected(merchant, "order-2", CENTS)).is_err());
    for (status, code) in [("OK", "20000000"), ("Canaryname!", "00000000"), ("OK", NAME)] {
        notify(merchant, &Callback::new(expected, status, code), Route::Notify);
    }
    notify(merchant, &full, Route::Failure);
    assert!(testing::merchant().open::<Trustly>(&raw).is_err());
}

/// Gives money back, and reads answers with canaries.
fn credit(merchant: &Merchant, expected: &Expected) {
    let pay_id = PayId::from_static("7bbb448155234d8cbee323778952ce28");
    let request = CreditRequest::builder(pay_id, *expected.attempt().trans_id(), expected.money()).build();
    let call = merchant.credit(&request).unwrap();
    let answer = Answer::to(&call).with("Description", NAME).with("Amount", "4242424");
    assert!(call.read(&answer.response().unwrap()).is_ok());
    let text = String::from_utf8(answer.plaintext()).unwrap();
    let with_status = answer.clone().with("Status", "Canaryname!").response().unwrap();
    for refused in [HttpResponse::new(200, text), HttpResponse::new(500, NAME), with_status] {
        assert!(call.read(&refused).is_err());
    }
    let mut broken = request;
    broken.mac = Some("AB".repeat(32).parse().unwrap());
    assert!(merchant.credit(&broken).is_err());
}

#[test]
fn no_canary_is_told() {
    let merchant = canary_merchant();
    let mut canaries: Vec<String> =
        [ENCRYPTION, MAC, NAME, "4242424", "ABABAB", "203.0.113", "4915112", "shop.example", "127.0.0.1"]
            .map(str::to_owned)
            .to_vec();
    let events = told(|| {
        let expected = seal(&merchant, &mut canaries);
        open(&merchant, &expected, &mut canaries);
        credit(&merchant, &expected);
    });
    let messages: Vec<_> = events.iter().map(|event| event.fields["message"].as_str()).collect();
    for message in [
        "request sealed",
        "request refused",
        "callback opened",
        "callback refused",
        "callback bound",
        "callback not bound",
        "call made",
        "call refused",
        "answer read",
        "answer refused",
    ] {
        assert!(messages.contains(&message), "{message} not in {messages:?}");
    }
    for event in &events {
        for canary in &canaries {
            assert!(!format!("{event:?}").contains(canary.as_str()), "{canary} in {event:?}");
        }
    }
}
