//! No key, no name and no amount in any Debug, Display or error.
#![allow(clippy::unwrap_used, reason = "a test may stop where an input path may not")]

use paygate::crypto::RequestParts;
use paygate::testing::{self, Callback};
use paygate::{
    BaseUrl, EncryptionKey, FirstName, KeyPair, KeyRing, MacKey, Merchant, OrderDesc, RawCallback, Route,
    SealError, Settings, Trustly,
};
use std::fmt::{Debug, Display};

const ENCRYPTION: &str = "canary-enc-key-1";
const MAC: &str = "canary-mac-key";
const NAME: &str = "Canaryname";
const CENTS: u64 = 4_242_424;

fn merchant() -> Merchant {
    let encryption = EncryptionKey::blowfish_from_text(ENCRYPTION).unwrap();
    let keys = KeyRing::new(KeyPair::new(encryption, MacKey::from_text(MAC).unwrap()));
    Merchant::new(testing::MERCHANT_ID, keys)
}

#[derive(Default)]
struct Shown(Vec<String>);

impl Shown {
    fn debug(&mut self, value: &dyn Debug) {
        self.0.extend([format!("{value:?}"), format!("{value:#?}")]);
    }

    fn json(&mut self, value: &impl serde::Serialize) {
        self.0.push(serde_json::to_string(value).unwrap());
    }

    fn error<E: Debug + Display>(&mut self, error: &E) {
        self.0.push(error.to_string());
        self.debug(error);
    }
}

#[test]
fn no_canary_is_shown() {
    let mut shown = Shown::default();
    let merchant = merchant();
    shown.debug(&merchant);
    shown.debug(&EncryptionKey::blowfish_from_text(ENCRYPTION).unwrap());
    shown.debug(&MacKey::from_text(MAC).unwrap());
    shown.debug(&Settings::from_lookup(|name| {
        Some(if name.contains("MAC") { MAC } else { ENCRYPTION }.to_owned())
    }));

    let mut request = testing::request("order-1", CENTS);
    request.first_name = FirstName::new(NAME).unwrap();
    request.order_desc = OrderDesc::new(format!("tea for {NAME}")).unwrap();
    request.ip_addr = Some("203.0.113.77".parse().unwrap());
    request.customer_id = Some(NAME.parse().unwrap());
    request.mac = Some("AB".repeat(32).parse().unwrap());
    shown.debug(&request);
    // The amount is in a shop's own records; nothing else may be in there.
    let records = serde_json::to_string(&request).unwrap().replace("\"Amount\":4242424", "");
    shown.0.push(records);
    shown.json(&request.custom);
    shown.json(&(&request.first_name, &request.email, &request.url_success, &request.ip_addr));
    request.mac = None;
    shown.debug(&request);
    let sealed = merchant.seal(&request).unwrap();
    shown.debug(&sealed);
    shown.debug(&sealed.expected);
    request.url_notify = "http://127.0.0.1/canary-enc-key-1".parse().unwrap();
    shown.debug(&request);
    shown.error(&merchant.seal(&request).unwrap_err());
    let pairs = [
        ("Amount", "4242424x"),
        ("FirstName", "Canaryname&"),
        ("Email", "Canaryname"),
        ("URLNotify", "Canaryname"),
    ];
    let refused: SealError = merchant.seal_pairs::<Trustly>(pairs).unwrap_err();
    shown.error(&refused);
    for stored in
        [r#""Canaryname 4242424""#, "4242424", r#"{"amount":"4242424x"}"#, r#"{"method":"Canaryname"}"#]
    {
        shown.error(&serde_json::from_str::<paygate::Expected>(stored).unwrap_err());
        shown.error(&serde_json::from_str::<paygate::trustly::PaymentRequest>(stored).unwrap_err());
        shown.error(&serde_json::from_str::<paygate::Money>(stored).unwrap_err());
        shown.error(&serde_json::from_str::<paygate::Code>(stored).unwrap_err());
    }
    shown.error(&BaseUrl::new(ENCRYPTION).unwrap_err());

    let expected = sealed.expected;
    let full = Callback::paid(&expected)
        .with("AccOwner", NAME)
        .with("Description", NAME)
        .with("IBAN", NAME)
        .with("AccountId", format!("a&{NAME}{}=1", "x".repeat(65)));
    let form = full.form(&merchant).unwrap();
    let raw = RawCallback::post(Route::Notify, form.as_bytes());
    shown.debug(&raw);
    shown.debug(&paygate::Envelope::parse(&raw).unwrap());
    let callback = merchant.open::<Trustly>(&raw).unwrap();
    shown.debug(&callback);
    shown.debug(&callback.unsigned());
    shown.debug(&callback.issues());
    shown.json(callback.signed());
    if let Some(field) = callback.unsigned().account_id().map(|id| format!("{id:?}")) {
        shown.0.push(field);
    }
    let (amount, currency) = (CENTS.to_string(), "EUR");
    let mac = MacKey::from_text(MAC).unwrap();
    let parts =
        RequestParts { amount: amount.as_bytes(), currency: currency.as_bytes(), ..RequestParts::default() };
    shown.debug(&parts);
    shown.debug(&mac.request(&parts).unwrap());
    let bound = callback.bind(&expected).unwrap();
    shown.debug(&bound);
    shown.debug(&bound.outcome());
    for (status, code) in [("OK", "20000000"), ("Canaryname!", "00000000"), ("OK", "Canaryname")] {
        let form = Callback::new(&expected, status, code).form(&merchant).unwrap();
        let raw = RawCallback::post(Route::Notify, form.as_bytes());
        shown.error(&merchant.open::<Trustly>(&raw).unwrap_err());
    }
    let foreign = testing::merchant();
    shown.error(&foreign.open::<Trustly>(&raw).unwrap_err());
    shown.error(&callback.bind(&testing::expected(&merchant, "order-2", CENTS)).unwrap_err());

    assert!(shown.0.len() > 40);
    let text = String::from_utf8(full.plaintext(&merchant).unwrap()).unwrap();
    let right_mac = text.rsplit_once("MAC=").unwrap().1;
    assert_eq!(right_mac.len(), 64);
    let in_bytes = format!("{:?}", CENTS.to_string().as_bytes());
    for text in &shown.0 {
        for canary in [
            ENCRYPTION,
            MAC,
            NAME,
            "4242424",
            in_bytes.trim_matches(['[', ']']),
            right_mac,
            "ABABAB",
            "203.0.113",
        ] {
            assert!(!text.contains(canary), "{canary} in {text}");
        }
    }
}
