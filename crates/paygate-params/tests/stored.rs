//! Values as JSON: what is written, what is read again, and what no error shows.
#![allow(clippy::unwrap_used, reason = "a test may stop where an input path may not")]

use paygate_params::follow_ups::credit::CreditRequest;
use paygate_params::follow_ups::inquire::InquireRequest;
use paygate_params::message::Field;
use paygate_params::methods::{swish, trustly};
use paygate_params::stored::{Object, Shown, StoredField};
use paygate_params::*;
use proptest::prelude::*;
use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::{Deserialize as _, forward_to_deserialize_any};
use serde_json::{Value, json};
use std::fmt::Debug;

fn refused<T: DeserializeOwned>(value: Value) -> String {
    serde_json::from_value::<T>(value).map(drop).unwrap_err().to_string()
}

/// Writes and reads one value of a type, and hands it things of other kinds with a canary inside.
fn stored<T: StoredField + Debug + PartialEq>(text: &str) {
    let value = T::parse(text).unwrap();
    let written = serde_json::to_value(&value).unwrap();
    match T::SHOWN {
        Shown::Text => assert_eq!(written, json!(text)),
        Shown::Number => assert_eq!(written, json!(text.parse::<u64>().unwrap())),
        Shown::Redacted => {
            assert_eq!(written, json!("[redacted]"));
            let error = refused::<T>(written.clone());
            assert_eq!(error, format!("{} is a redaction, whose value was never written", T::NAME));
        }
    }
    if T::SHOWN != Shown::Redacted {
        assert_eq!(serde_json::from_value::<T>(written).unwrap(), value);
    }
    // Money is the one exception: what somebody paid is in no Debug, but in a shop's records.
    assert_eq!(format!("{value:?}").contains("[redacted]"), T::SHOWN != Shown::Text, "{value:?}");
    assert_eq!(serde_json::from_value::<T>(json!(text)).unwrap(), value);
    for other in [
        json!(-4_242_424),
        json!(42_424.24),
        json!(4_242_424_242_424_242_u64),
        json!(["4242424"]),
        json!({"4242424": "Canary"}),
        json!(true),
        json!(null),
        json!("Canary*&=\u{141}\n4242424"),
    ] {
        let error = refused::<T>(other);
        assert!(!error.contains("4242") && !error.contains("Canary"), "{error}");
        assert!(error.starts_with(T::NAME), "{error}");
    }
    let error = serde_json::from_str::<T>("\"Canary").map(drop).unwrap_err().to_string();
    assert!(!error.contains("Canary"), "{error}");
}

macro_rules! every_type {
    ($($Ty:ident: $text:expr;)+) => {
        #[test]
        fn every_type_is_read_by_its_own_rules_and_shows_no_person() {
            $(stored::<$Ty>($text);)+
        }

        /// The texts that [`no_value_exists_that_breaks_its_format`] tries on every type.
        fn agrees(text: &str) -> Result<(), TestCaseError> {
            $(
                let (json, own) = (serde_json::from_value::<$Ty>(json!(text)), <$Ty as Field>::parse(text));
                prop_assert_eq!(json.ok(), own.ok().filter(|_| text != "[redacted]" || $Ty::SHOWN != Shown::Redacted));
            )+
            Ok(())
        }
    };
}

const ID_32: &str = "7bbb448155234d8cbee323778952ce28";

every_type! {
    MerchantId: "YourMerchantId";
    TransId: "order-4711-1";
    PayId: ID_32;
    Xid: ID_32;
    RefNr: "2026-11";
    ReqId: "abc123";
    Status: "AUTHORIZE_REQUEST";
    Code: "2155014H";
    Amount: "1999";
    Currency: "EUR";
    CountryCode: "SE";
    Language: "sv_SE";
    DateTime: "2024-02-29T23:59:59";
    Match: "1";
    Response: "encrypt";
    CustomerId: "C-7";
    UserId: "U-7";
    AccountId: "A-7";
    MacText: "38CED807E293FC634A6C36FFAEA7BD2687038D40615781918AEF2DE7BB9A9903";
    MobileNo: "4915112345678";
    Iban: "4711";
    FirstName: "Jürgen";
    LastName: "Müller";
    SocialSecurityNumber: "790131-1234";
    UserData: "basket=42";
    Plain: "till=3";
    Description: "cancelled";
    AccClearingHouse: "SE";
    AccOwner: "Anna";
    AccBank: "Bank";
    AccDescriptor: "x";
    AddrStreet: "Gata 1";
    AddrZip: "12345";
    AddrCity: "Köln";
    OrderDesc: "Test:0305 tea";
    Custom: "a=1|b=2";
    Email: "anna@example.se";
    IpAddr: "203.0.113.77";
    CallbackUrl: "https://shop.example/success";
    TemplateUrl: "https://shop.example/template?x";
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_value_exists_that_breaks_its_format(
        text in ".{0,40}|[ -~]{0,80}|[0-9]{0,14}|[A-Za-z0-9]{32}|\\[redacted\\]|https://[a-z]{1,5}\\.se/[!-~]{0,4}",
    ) {
        agrees(&text)?;
    }

    #[test]
    fn money_is_read_as_it_was_written(units in 0_u64..=999_999_999_999, currency in "[A-Z]{3}") {
        let money = Money::new(units, Currency::new(&currency).unwrap()).unwrap();
        let json = serde_json::to_string(&money).unwrap();
        prop_assert_eq!(&json, &format!(r#"{{"amount":{units},"currency":"{currency}"}}"#));
        prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
    }

    #[test]
    fn a_credit_is_read_as_it_was_written(
        trans_id in "[!-%'-)+-~]{1,64}",
        units in 0_u64..=999_999_999_999,
        req_id in proptest::option::of("[0-9A-Za-z]{1,32}"),
    ) {
        let money = Money::new(units, Currency::SEK).unwrap();
        let mut request =
            CreditRequest::builder(PayId::from_static(ID_32), TransId::new(&trans_id).unwrap(), money).build();
        request.req_id = req_id.map(|id| ReqId::new(&id).unwrap());
        let json = serde_json::to_string(&request).unwrap();
        prop_assert_eq!(serde_json::from_str::<CreditRequest>(&json).unwrap(), request);
    }
}

#[test]
fn an_amount_is_a_whole_number_as_number_or_text() {
    for value in [json!(1999), json!("1999"), json!({"$serde_json::private::Number": "1999"})] {
        assert_eq!(serde_json::from_value::<Amount>(value).unwrap().units(), 1999);
    }
    for value in
        [json!(19.99), json!(-1), json!(1e3), json!("19.99"), json!("01"), json!(1_000_000_000_000_u64)]
    {
        assert!(serde_json::from_value::<Amount>(value.clone()).is_err(), "{value}");
    }
}

#[test]
fn money_takes_both_fields_once_and_no_other() {
    for (text, rule) in [
        (r#"{"amount":1,"amount":1,"currency":"EUR"}"#, "Money: amount stands twice"),
        (r#"{"amount":1}"#, "Money: currency is missing"),
        (r#"{"amount":1,"currency":"EUR","tip":4242}"#, r#"Money: "tip" is no field of it"#),
        (r#"{"amount":1,"Currency":"EUR"}"#, "Money: currency is missing"),
        (
            r#"{"amount":null,"currency":"EUR"}"#,
            "Money: amount is given neither as a whole number nor as text",
        ),
        (r#""4242 EUR""#, "Money is no object of names and values"),
        ("4242", "Money is no object of names and values"),
        ("[4242]", "invalid type: sequence, expected Money as an object of names and values"),
    ] {
        let error = serde_json::from_str::<Money>(text).unwrap_err().to_string();
        assert!(error.starts_with(rule) && !error.contains("4242"), "{error}");
    }
    // What is no JSON at all is told as that.
    assert!(serde_json::from_str::<Money>(r#"{"amount":1"#).unwrap_err().is_eof());
}

#[test]
fn an_object_has_no_more_entries_than_any_message_could() {
    let object = |n: usize| (0..n).map(|n| (format!("x{n}"), json!(1))).collect::<Value>();
    assert_eq!(refused::<Money>(object(257)), "Money has more than 256 entries");
    assert_eq!(refused::<InquireRequest>(object(257)), "InquireRequest has more than 256 entries");
    assert!(refused::<InquireRequest>(object(256)).starts_with("InquireRequest breaks 258 rule(s)"));
}

const SIGNED: &str = r#"{"mid":"m","PayID":"7bbb448155234d8cbee323778952ce28","TransID":"T1","Status":"OK","Code":"00000000"}"#;

#[test]
fn the_signed_fields_are_read_as_they_were_written() {
    let signed: Signed = serde_json::from_str(SIGNED).unwrap();
    assert_eq!(signed.trans_id().as_str(), "T1");
    assert_eq!(serde_json::to_string(&signed).unwrap(), SIGNED);
    for broken in [
        SIGNED.replace("00000000", "0000000"),
        SIGNED.replace("\"m\"", "\"m*\""),
        SIGNED.replace('}', ",\"Amount\":1}"),
        SIGNED.replace("\"mid\":\"m\",", ""),
        SIGNED.replace("\"mid\":\"m\",", "\"mid\":\"m\",\"mid\":\"m\","),
    ] {
        let error = serde_json::from_str::<Signed>(&broken).unwrap_err().to_string();
        assert!(error.starts_with("Signed: "), "{error}");
    }
}

const FULL: &str = r#"{"MerchantID":"YourMerchantId","TransID":"TID-1","RefNr":"R1","Amount":1999,"Currency":"EUR",
    "MAC":"38CED807E293FC634A6C36FFAEA7BD2687038D40615781918AEF2DE7BB9A9903","OrderDesc":"canary 2 × Earl Grey",
    "URLSuccess":"https://shop.example/canary","URLFailure":"https://shop.example/canary","Response":"encrypt",
    "URLNotify":"https://shop.example/canary","UserData":"canary=42","ReqId":"abc123","IPAddr":"2001:db8::ca",
    "FirstName":"Canary","LastName":"Cänary","Email":"canary@example.de","MobileNo":"4915112345678",
    "CountryCode":"DE","Language":"de_DE","SocialSecurityNumber":"790131-1234","CustomerId":"canary",
    "URLTemplate":"https://shop.example/canary.html","Plain":"canary","Custom":"canary=1"}"#;

#[test]
fn a_request_is_written_in_the_order_of_the_table_and_shows_nobody() {
    let request: trustly::PaymentRequest = serde_json::from_str(FULL).unwrap();
    assert_eq!(request.last_name.as_str(), "Cänary");
    let json = serde_json::to_string(&request).unwrap();
    let names: Vec<_> = trustly::PaymentRequest::ROWS.iter().map(|row| row.name).collect();
    let object: serde_json::Map<String, Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(object.keys().collect::<Vec<_>>(), names);
    for canary in ["nary", "38CED8", "Earl", "2001:db8", "4915", "790131", "shop.example"] {
        assert!(!json.contains(canary), "{canary} in {json}");
    }
    for shown in
        ["\"TransID\":\"TID-1\"", "\"Amount\":1999", "\"Language\":\"de_DE\"", "\"MAC\":\"[redacted]\""]
    {
        assert!(json.contains(shown), "{shown} not in {json}");
    }
}

#[test]
fn what_is_not_there_is_left_out() {
    let request = InquireRequest::new(PayId::from_static(ID_32), TransId::from_static("T1"));
    let json = format!(r#"{{"PayID":"{ID_32}","TransID":"T1"}}"#);
    assert_eq!(serde_json::to_string(&request).unwrap(), json);
    assert_eq!(serde_json::from_str::<InquireRequest>(&json).unwrap(), request);
}

#[test]
fn a_redacted_request_is_refused_for_each_field_that_was_not_written() {
    let request: trustly::PaymentRequest = serde_json::from_str(FULL).unwrap();
    let error = refused::<trustly::PaymentRequest>(serde_json::to_value(&request).unwrap());
    assert!(error.starts_with("PaymentRequest breaks 16 rule(s): MAC is a redaction"), "{error}");
    assert!(!error.contains("missing") && error.contains("; FirstName is a redaction"), "{error}");
}

#[test]
fn a_request_is_refused_for_all_that_is_wrong_with_it() {
    let error = serde_json::from_str::<swish::PaymentRequest>(
        r#"{"transid":"4242*", "AMOUNT":42.42, "Currency":"SEK", "currency":"SEK", "OrderDesc":4242,
            "URLSuccess":null, "urlfailure":"https://shop.example/4242?x", "Colour":{"a":["4242"]}}"#,
    );
    let error = error.unwrap_err().to_string();
    for rule in [
        "PaymentRequest breaks 8 rule(s)",
        "TransID (ans..64) character 5",
        "Amount is given neither as a whole number nor as text",
        "Currency stands twice",
        "OrderDesc is not given as text",
        "URLSuccess is not given as text",
        "URLFailure (ans..256) is no usable URL",
        "\"Colour\" is no parameter of this message",
        "URLNotify is missing",
    ] {
        assert!(error.contains(rule), "{rule} not in {error}");
    }
    assert!(!error.contains("4242") && !error.contains("Amount is missing"), "{error}");
}

#[test]
fn a_number_is_an_amount_and_no_other_parameter() {
    let error = refused::<InquireRequest>(json!({"PayID": ID_32, "TransID": 4242}));
    assert_eq!(error, "InquireRequest breaks 1 rule(s): TransID is not given as text");
    let error = refused::<InquireRequest>(json!("{\"TransID\":\"4242\"}"));
    assert_eq!(error, "InquireRequest is no object of names and values");
}

/// A format that must be asked for the right type, as compact ones do: it has no other knowledge of what comes.
struct Compact(Option<u64>);

impl<'de> Deserializer<'de> for Compact {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("what comes next is not known: 4242"))
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(self.0.ok_or_else(|| Error::custom("no number: 4242"))?)
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn a_compact_format_is_asked_for_a_number_where_one_was_written() {
    assert_eq!(Amount::deserialize(Compact(Some(1999))).unwrap().units(), 1999);
    let told = |error: Error| error.to_string();
    assert_eq!(
        told(TransId::deserialize(Compact(Some(4242))).unwrap_err()),
        "TransId cannot be read as text"
    );
    assert_eq!(
        told(Amount::deserialize(Compact(None)).unwrap_err()),
        "Amount cannot be read as a whole number"
    );
}

#[test]
fn a_word_is_one_of_a_list() {
    let word = |value: Value| {
        let mut object = Object::read("Attempt", value).unwrap();
        assert_eq!(format!("{object:?}"), "Object { what: \"Attempt\", .. }");
        object.one_of("method", &["trustly", "swish"]).map_err(|error| error.to_string())
    };
    assert_eq!(word(json!({"method": "swish"})), Ok("swish"));
    assert_eq!(word(json!({})), Err("Attempt: method is missing".to_owned()));
    for other in [json!("Swish"), json!(""), json!(1), json!(null)] {
        let refused = Err("Attempt: method is none of those that are known".to_owned());
        assert_eq!(word(json!({"method": other})), refused);
    }
}

#[test]
fn a_request_that_would_do_without_a_value_is_refused_where_the_value_is_wrong() {
    let with_number = FULL.replace("\"R1\"", "4242");
    let error = serde_json::from_str::<trustly::PaymentRequest>(&with_number).unwrap_err().to_string();
    assert_eq!(error, "PaymentRequest breaks 1 rule(s): RefNr is not given as text");
}
