//! Requests from pairs of text.

use crate::measured::{Case, Work, case};
use paygate::{Trustly, testing};
use std::hint::black_box;

pub(crate) const CASES: &[Case] = &[
    case("request: names that nobody knows", |size| {
        refused((0..size / 16).map(|number| (format!("n{number}"), "v".repeat(10))).collect())
    }),
    case("request: one name without end", |size| {
        refused(vec![("UserData".to_owned(), "x".to_owned()); size / 9])
    }),
    case("request: all names again and again", |size| {
        let names =
            ["TransID", "Amount", "Currency", "OrderDesc", "URLSuccess", "FirstName", "Custom", "mac"];
        refused(
            (0..size / 10).map(|number| (names[number % names.len()].to_owned(), "x".to_owned())).collect(),
        )
    }),
    case("request: one value", |size| refused(vec![("UserData".to_owned(), "ü".repeat(size / 2))])),
    case("request: one name", |size| refused(vec![("n".repeat(size), "x".to_owned())])),
];

fn refused(pairs: Vec<(String, String)>) -> Work {
    let merchant = testing::merchant();
    Box::new(move || {
        let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let error = black_box(merchant.seal_pairs::<Trustly>(pairs)).expect_err("it breaks rules");
        black_box(error.to_string());
    })
}
