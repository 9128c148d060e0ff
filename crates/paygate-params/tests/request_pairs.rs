//! Reading and writing a request: all errors at once, any case of names, and what is written is read back.

use paygate_params::message::{PairSink, Request};
use paygate_params::methods::trustly::PaymentRequest;
use paygate_params::{FormatError, Message, ParamError};
use proptest::prelude::*;

struct Pairs(Vec<(&'static str, String)>);

impl PairSink for Pairs {
    fn pair(&mut self, name: &'static str, value: &str) {
        self.0.push((name, value.to_owned()));
    }
}

fn written(request: &PaymentRequest) -> Vec<(&'static str, String)> {
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
