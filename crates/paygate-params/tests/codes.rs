//! The tables of codes: against the source that they were made from, and what they cost.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop where an input path may not"
)]

use paygate_params::{Code, Message};
use proptest::prelude::*;
use serde_json::Value;

const SOURCE: &str = include_str!("data/codes.json");

const STATES: &str = include_str!("../src/codes/states.tsv");
const MODULES: &str = include_str!("../src/codes/modules.tsv");
const DETAILS: &str = include_str!("../src/codes/details.tsv");

/// What the vendor's page "A4 Error codes" has and the source does not.
const MODULES_OF_THE_PAGE: &[(&str, &str)] = &[("019", "Parameter not allowed for current message version")];

fn lines(table: &'static str) -> Vec<(&'static str, &'static str)> {
    table.lines().map(|line| line.split_once('\t').unwrap()).collect()
}

fn source(part: &str, of_the_page: &[(&str, &str)]) -> Vec<(String, String)> {
    let source: Value = serde_json::from_str(SOURCE).unwrap();
    let labels = source[part].as_object().unwrap();
    let mut rows: Vec<_> =
        labels.iter().map(|(key, label)| (key.clone(), label.as_str().unwrap().to_owned())).collect();
    rows.extend(of_the_page.iter().map(|(key, label)| ((*key).to_owned(), (*label).to_owned())));
    rows.sort();
    rows
}

fn same(table: &'static str, part: &str, of_the_page: &[(&str, &str)], count: usize) {
    let table = lines(table);
    let source = source(part, of_the_page);
    for ((key, label), (source_key, source_label)) in table.iter().zip(&source) {
        assert_eq!((*key, *label), (source_key.as_str(), source_label.as_str()));
    }
    assert_eq!(table.len(), source.len());
    assert_eq!(table.len(), count);
}

#[test]
fn the_tables_are_those_of_the_source_and_what_the_page_adds() {
    same(STATES, "states", &[], 7);
    same(MODULES, "modules", MODULES_OF_THE_PAGE, 190);
    same(DETAILS, "details", &[], 1023);
}

#[test]
fn the_tables_are_sorted_without_doubles_and_their_keys_are_capitals() {
    for (table, length) in [(STATES, 1), (MODULES, 3), (DETAILS, 4)] {
        assert!(table.ends_with('\n'));
        let rows = lines(table);
        assert!(rows.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (key, label) in rows {
            assert_eq!(key.len(), length, "{key}");
            assert!(key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'Z')), "{key}");
            assert!(label == label.trim() && !label.contains(char::is_control), "{key}");
        }
    }
}

#[test]
fn every_label_of_the_source_is_found_through_a_code() {
    for (key, label) in source("states", &[]) {
        assert_eq!(explained(&format!("{key}0000000")).state(), Some(label.as_str()), "{key}");
    }
    for (key, label) in source("modules", MODULES_OF_THE_PAGE) {
        assert_eq!(explained(&format!("2{key}0000")).module(), Some(label.as_str()), "{key}");
    }
    for (key, label) in source("details", &[]) {
        assert_eq!(explained(&format!("2000{key}")).detail(), Some(label.as_str()), "{key}");
    }
}

fn explained(code: &str) -> paygate_params::Explanation {
    Code::new(code).unwrap().explain()
}

#[test]
fn every_detail_but_0000_names_a_parameter_in_a_parameter_error() {
    use paygate_params::methods::trustly::PaymentRequest;

    for (key, label) in lines(DETAILS) {
        let named = explained(&format!("2010{key}")).parameter();
        assert_eq!(named.is_none(), key == "0000", "{key}");
        // The label itself, or a name of the tables in the tables' spelling.
        if let Some(name) = named.filter(|name| *name != label) {
            assert!(label.to_ascii_lowercase().contains(&name.to_ascii_lowercase()), "{key}: {name}");
        }
    }
    // What a shop can get wrong in the first place can be named.
    for name in ["MerchantID", "TransID", "Amount", "Currency", "MAC", "OrderDesc", "URLSuccess", "Email"] {
        assert!(PaymentRequest::row(name.as_bytes()).is_some(), "{name}");
        let found =
            lines(DETAILS).iter().any(|(key, _)| explained(&format!("2010{key}")).parameter() == Some(name));
        assert!(found, "{name}");
    }
}

#[test]
fn the_tables_take_less_than_48_kib() {
    let bytes = STATES.len() + MODULES.len() + DETAILS.len();
    println!("tables of codes: {bytes} bytes");
    assert!(bytes < 48 * 1024, "{bytes}");
}

proptest! {
    #[test]
    fn every_code_is_explained_by_one_line(
        code in "[0-9A-Za-z]{8}|[0-9](000|01[0-9A-F]|155|[0-9]{3})[0-9]{3}[0-9A-Fa-f]",
    ) {
        let explained = explained(&code);
        let words = explained.to_string();
        prop_assert!(!words.is_empty());
        prop_assert!(!words.contains(char::is_control));
        prop_assert_eq!(words == "success", code == "00000000");
        // A separator with nothing beside it would show that an empty label was written.
        prop_assert!(words.split(": ").all(|part| !part.is_empty()), "{}", words);
    }

    #[test]
    fn the_case_of_a_code_does_not_matter(code in "[0-9A-Za-z]{8}|2103(003|012|014|139)[A-Fa-f]") {
        let (small, capital) = (explained(&code.to_ascii_lowercase()), explained(&code.to_ascii_uppercase()));
        prop_assert_eq!(small.state(), capital.state());
        prop_assert_eq!(small.module(), capital.module());
        prop_assert_eq!(small.detail(), capital.detail());
        prop_assert_eq!(small.parameter(), capital.parameter());
    }
}
