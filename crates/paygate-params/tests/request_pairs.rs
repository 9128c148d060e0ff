//! Reading and writing a request: all errors at once, any case of names, and what is written is read back.
#![allow(clippy::unwrap_used, reason = "a test may stop where an input path may not")]

use paygate_params::follow_ups::inquire24::Inquire24Request;
use paygate_params::message::PairSink;
use paygate_params::methods::swish;
use paygate_params::methods::trustly::{Customer, Order, PaymentRequest, Urls};
use paygate_params::*;
use proptest::prelude::*;

struct Pairs(Vec<(&'static str, String)>);

impl PairSink for Pairs {
    fn pair(&mut self, name: &'static str, value: &str) {
        self.0.push((name, value.to_owned()));
    }
}

fn written(request: &impl Request) -> Vec<(&'static str, String)> {
    let mut pairs = Pairs(Vec::new());
    request.write(&mut pairs);
    pairs.0
}

fn parse(pairs: &[(&str, &str)]) -> Result<PaymentRequest, Vec<ParamError>> {
    PaymentRequest::parse(pairs.iter().copied())
}

const FULL: &[(&str, &str)] = &[
    ("OrderDesc", "2 × Earl Grey"),
    ("MerchantID", "YourMerchantId"),
    ("TransID", "TID-1"),
    ("RefNr", "R1"),
    ("Amount", "1999"),
    ("Currency", "EUR"),
    ("MAC", "38CED807E293FC634A6C36FFAEA7BD2687038D40615781918AEF2DE7BB9A9903"),
    ("URLSuccess", "https://shop.example/success"),
    ("URLFailure", "https://shop.example/failure"),
    ("Response", "encrypt"),
    ("URLNotify", "https://shop.example/notify"),
    ("UserData", "basket=42"),
    ("ReqId", "abc123"),
    ("IPAddr", "2001:db8::1"),
    ("FirstName", "Jürgen"),
    ("LastName", "Müller"),
    ("Email", "j.mueller@example.de"),
    ("MobileNo", "4915112345678"),
    ("CountryCode", "DE"),
    ("Language", "de_DE"),
    ("SocialSecurityNumber", "790131-1234"),
    ("CustomerId", "C-7"),
    ("URLTemplate", "https://shop.example/template.html"),
    ("Plain", "YourMerchantId"),
    ("Custom", "a=1|b=2"),
];

#[test]
fn a_request_with_every_parameter_is_written_as_it_was_read() {
    let request = parse(FULL).unwrap();
    let pairs = written(&request);
    assert_eq!(pairs.len(), 25);
    assert_eq!(pairs.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>(), FULL);
}

fn url(path: &str) -> CallbackUrl {
    CallbackUrl::new(format!("https://shop.example/{path}")).unwrap()
}

fn money(units: u64) -> Money {
    Money::new(units, Currency::EUR).unwrap()
}

fn owned<const N: usize>(pairs: [(&'static str, &str); N]) -> Vec<(&'static str, String)> {
    pairs.map(|(name, value)| (name, value.to_owned())).into()
}

#[test]
fn a_trustly_request_holds_what_its_builder_was_given() {
    let order = Order {
        trans_id: TransId::from_static("T1"),
        money: money(1999),
        description: OrderDesc::from_static("2 × Earl Grey"),
    };
    let customer = Customer {
        first_name: FirstName::from_static("Anna"),
        last_name: LastName::from_static("Müller"),
        email: Email::new("anna@example.com").unwrap(),
    };
    let urls = Urls { success: url("s"), failure: url("f"), notify: url("n") };
    let request = PaymentRequest::builder(order, customer, &urls)
        .ref_nr(RefNr::from_static("R1"))
        .country_code(CountryCode::DE)
        .build();
    let expected = owned([
        ("OrderDesc", "2 × Earl Grey"),
        ("TransID", "T1"),
        ("RefNr", "R1"),
        ("Amount", "1999"),
        ("Currency", "EUR"),
        ("URLSuccess", "https://shop.example/s"),
        ("URLFailure", "https://shop.example/f"),
        ("URLNotify", "https://shop.example/n"),
        ("FirstName", "Anna"),
        ("LastName", "Müller"),
        ("Email", "anna@example.com"),
        ("CountryCode", "DE"),
    ]);
    assert_eq!(written(&request), expected);
    assert_eq!(request.order(), (&TransId::from_static("T1"), money(1999)));
}

#[test]
fn a_swish_request_holds_what_its_builder_was_given() {
    let (id, description) = (TransId::from_static("T1"), OrderDesc::from_static("Tea"));
    let request =
        swish::PaymentRequest::builder(id, money(100), description, [url("s"), url("f"), url("n")]).build();
    let expected = owned([
        ("OrderDesc", "Tea"),
        ("TransID", "T1"),
        ("Amount", "100"),
        ("Currency", "EUR"),
        ("URLSuccess", "https://shop.example/s"),
        ("URLFailure", "https://shop.example/f"),
        ("URLNotify", "https://shop.example/n"),
    ]);
    assert_eq!(written(&request), expected);
    assert_eq!(request.order(), (&TransId::from_static("T1"), money(100)));
    let asked = Inquire24Request::new(TransId::from_static("T1"));
    assert_eq!(written(&asked), owned([("TransID", "T1")]));
}

#[test]
fn rules_over_several_fields_see_all_that_the_request_holds() {
    let request = parse(FULL).unwrap();
    let facts = request.facts();
    let ids = [
        facts.merchant_id.map(ToString::to_string),
        facts.trans_id.map(ToString::to_string),
        facts.ref_nr.map(ToString::to_string),
        facts.req_id.map(ToString::to_string),
        facts.currency.map(|currency| currency.to_string()),
        facts.country.map(|country| country.to_string()),
    ];
    assert_eq!(ids.map(Option::unwrap), ["YourMerchantId", "TID-1", "R1", "abc123", "EUR", "DE"]);
    assert_eq!(facts.amount.unwrap().units(), 1999);
    assert!(facts.order_desc.is_some() && facts.pay_id.is_none());
    let urls: Vec<_> = facts.urls.into_iter().flatten().map(|(name, _)| name).collect();
    assert_eq!(urls, ["URLSuccess", "URLFailure", "URLNotify"]);
    let filled: Vec<_> = facts.filled_by_seal.into_iter().flatten().collect();
    assert_eq!(filled, ["MAC", "Response"]);

    let facts = PaymentRequest::read([("TransID", "TID-1")]);
    let facts = PaymentRequest::draft_facts(&facts.0);
    assert!(facts.trans_id.is_some() && facts.merchant_id.is_none() && facts.amount.is_none());
}

#[test]
fn the_order_description_is_written_first() {
    assert_eq!(written(&parse(FULL).unwrap())[0].0, "OrderDesc");
}

#[test]
fn all_errors_are_told_at_once() {
    let errors = parse(&[
        ("TransID", "a*b"),
        ("Amount", "19.99"),
        ("CURRENCY", "eur"),
        ("OrderDesc", "Test:0000x"),
        ("URLSuccess", "http://shop.example/"),
        ("FirstName", "J&Amount=1"),
        ("Firstname", "Jane"),
        ("Colour", "blue"),
    ])
    .unwrap_err();
    let names: Vec<_> = errors.iter().map(ParamError::name).collect();
    assert_eq!(
        names,
        [
            "TransID",
            "Amount",
            "Currency",
            "OrderDesc",
            "URLSuccess",
            "FirstName",
            "FirstName",
            "Colour",
            "URLFailure",
            "URLNotify",
            "LastName",
            "Email"
        ]
    );
    assert!(errors.contains(&ParamError::Doubled { name: "FirstName" }));
    assert!(matches!(
        &errors[5],
        ParamError::Format { rule: FormatError::Character { position: 2, .. }, .. }
    ));
    assert_eq!(errors[8].to_string(), "URLFailure is missing; its format is ans..256");
    assert_eq!(
        errors[0].to_string(),
        "TransID (ans..64) character 2 is not allowed, only ASCII without &, * and control characters"
    );
}

#[test]
fn debug_of_a_full_request_shows_nothing_personal() {
    let shown = format!("{:?}", parse(FULL).unwrap());
    for canary in
        ["rgen", "ller", "example.de", "4915", "1999", "790131", "2 ×", "basket", "2001:db8", "C-7", "38CED8"]
    {
        assert!(!shown.contains(canary), "{canary} in {shown}");
    }
    assert!(shown.contains("TID-1"));
}

/// Spells a name with the case of each letter drawn.
fn any_case(name: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec(any::<bool>(), name.len()).prop_map(move |upper| {
        name.chars()
            .zip(upper)
            .map(|(c, upper)| if upper { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
            .collect()
    })
}

proptest! {
    #[test]
    fn names_are_read_in_any_case_and_order(
        names in PaymentRequest::ROWS.iter().map(|row| any_case(row.name)).collect::<Vec<_>>(),
        rotation in 0_usize..25,
    ) {
        let value = |row: &paygate_params::message::Row| FULL.iter().find(|(name, _)| *name == row.name).unwrap().1;
        let mut pairs: Vec<_> =
            names.iter().map(String::as_str).zip(PaymentRequest::ROWS.iter().map(value)).collect();
        pairs.rotate_left(rotation);
        prop_assert_eq!(parse(&pairs), parse(FULL));
    }

    #[test]
    fn no_text_makes_a_name_that_carries_a_pair(text in "[ -~\u{A0}-\u{FF}]{1,20}|[a-z&=\r\n]{1,8}") {
        if let Ok(request) = parse(&FULL.iter().map(|(n, v)| if *n == "LastName" { (*n, text.as_str()) } else { (*n, *v) }).collect::<Vec<_>>()) {
            prop_assert!(!request.last_name.as_str().contains(['&', '=', '\r', '\n', '\0']));
            prop_assert_eq!(request.last_name.as_str(), text.as_str());
        }
    }
}

#[test]
fn a_request_that_is_whole_is_refused_for_one_pair_too_many() {
    let with = |name, value| parse(&[FULL, &[(name, value)]].concat()).unwrap_err();
    assert_eq!(with("Colour", "red"), [ParamError::Unknown { name: "Colour".to_owned() }]);
    assert_eq!(with("amount", "1999"), [ParamError::Doubled { name: "Amount" }]);
}
