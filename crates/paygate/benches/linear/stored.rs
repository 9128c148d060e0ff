//! What a shop keeps and reads again: JSON of attempts, results and requests, and the profile's TOML.

use crate::measured::{Case, Work, case, filled, numbered};
use paygate::trustly::PaymentRequest;
use paygate::{Expected, Profile, Signed};
use std::hint::black_box;

pub(crate) const CASES: &[Case] = &[
    case("Expected: fields that nobody knows", |size| {
        json::<Expected>(numbered("{\"a\":1", size, |number| format!(",\"k{number}\":1")) + "}")
    }),
    case("Expected: a field that stands again and again", |size| {
        json::<Expected>(filled("{\"mid\":\"x\"", ",\"mid\":\"x\"", size) + "}")
    }),
    case("Expected: arrays in arrays", |size| json::<Expected>(filled("{\"mid\":", "[", size))),
    case("Signed: a text", |size| json::<Signed>(filled("{\"mid\":\"", "\\u00e4", size) + "\"}")),
    case("Signed: blanks", |size| json::<Signed>(filled("{", " ", size) + "}")),
    case("PaymentRequest: fields that nobody knows", |size| {
        json::<PaymentRequest>(numbered("{\"a\":\"\"", size, |number| format!(",\"k{number}\":\"v\"")) + "}")
    }),
    case("PaymentRequest: digits", |size| json::<PaymentRequest>(filled("{\"Amount\":", "9", size) + "}")),
    case("profile: keys that nobody knows", |size| {
        profile(numbered("", size, |number| format!("k{number} = 1\n")))
    }),
    case("profile: a key that stands again and again", |size| profile(filled("", "minimum = 1\n", size))),
    case("profile: tables", |size| profile(numbered("", size, |number| format!("[t{number}]\n")))),
    case("profile: tables in tables", |size| profile(filled("[a", ".a", size - 1) + "]\n")),
    case("profile: a table of long names again and again", |size| {
        profile(numbered("", size, |number| format!("[{}.{number}]\n", "a.".repeat(60) + "b")))
    }),
    case("profile: dotted keys", |size| profile(filled("a", ".a", size - 4) + " = 1")),
    case("profile: dotted keys below one", |size| {
        profile(numbered("", size, |number| format!("a.k{number} = 1\n")))
    }),
    case("profile: arrays in arrays", |size| profile(filled("a = ", "[", size))),
    case("profile: inline tables", |size| profile(filled("a = ", "{a=", size))),
    case("profile: arrays of tables", |size| profile(filled("", "[[a]]\n", size))),
    case("profile: currencies", |size| profile(filled("currencies = [\"EUR\"", ",\"SEK\"", size - 1) + "]")),
    case("profile: currencies that are none", |size| {
        profile(filled("currencies = [\"EUR\"", ",\n\"?\"", size - 1) + "]")
    }),
    case("profile: countries that are none", |size| {
        profile(numbered("[countries]\n", size, |number| format!("k{number} = [\"EUR\"]\n")))
    }),
    case("profile: a text of escapes", |size| profile(filled("endpoint = \"", "\\u00e4", size - 1) + "\"")),
    case("profile: comments", |size| profile(filled("", "#\n", size))),
    case("profile: what is no TOML", |size| profile(filled("", "]\n", size))),
];

fn json<T: serde::de::DeserializeOwned>(text: String) -> Work {
    Box::new(move || {
        if let Err(error) = black_box(serde_json::from_str::<T>(&text)) {
            black_box(error.to_string());
        }
    })
}

fn profile(text: String) -> Work {
    Box::new(move || {
        if let Err(error) = black_box(Profile::from_toml(&text)) {
            black_box(error.to_string());
        }
    })
}
