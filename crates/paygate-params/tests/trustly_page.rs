//! The tables against the vendor's page, row by row.
#![allow(clippy::indexing_slicing, reason = "a test may stop where an input path may not")]

use paygate_params::Message;
use paygate_params::message::{Coverage, Row};
use paygate_params::methods::trustly::{PaymentRequest, PaymentResult};

const PAGE: &str = include_str!("data/trustly-page.tsv");

fn page_rows(message: &str) -> Vec<(&'static str, &'static str, &'static str)> {
    PAGE.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|cells| cells[0] == message)
        .map(|cells| (cells[1], cells[2], cells[3]))
        .collect()
}

fn same(table: &[Row], message: &str, count: usize) {
    let page = page_rows(message);
    assert_eq!(page.len(), count, "rows of the page's table for the {message}");
    for (row, (name, format, condition)) in table.iter().zip(&page) {
        assert!(row.is_named(name.as_bytes()), "{} stands where the page has {name}", row.name);
        assert_eq!(row.format.to_string(), *format, "{name}");
        assert_eq!(row.presence.as_str(), *condition, "{name}");
        assert!(!row.doc.is_empty(), "{name}");
    }
    assert_eq!(table.len(), count);
}

#[test]
fn the_request_has_the_25_rows_of_the_page() {
    same(PaymentRequest::ROWS, "request", 25);
}

#[test]
fn the_result_has_the_22_rows_of_the_page() {
    same(PaymentResult::ROWS, "result", 22);
}

#[test]
fn the_mac_covers_five_rows_of_the_result() {
    let signed: Vec<_> = PaymentResult::ROWS
        .iter()
        .filter(|row| row.coverage == Coverage::Signed)
        .map(|row| row.name)
        .collect();
    assert_eq!(signed, ["mid", "PayID", "TransID", "Status", "Code"]);
}
