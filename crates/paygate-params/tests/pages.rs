//! The tables against the vendor's pages, row by row.
#![allow(clippy::indexing_slicing, reason = "a test may stop where an input path may not")]

use paygate_params::Message;
use paygate_params::follow_ups::credit::{CreditRequest, CreditResult};
use paygate_params::follow_ups::inquire::{InquireRequest, InquireResult};
use paygate_params::follow_ups::inquire24::Inquire24Request;
use paygate_params::message::{Coverage, Row};
use paygate_params::methods::{swish, trustly};

const TRUSTLY: &str = include_str!("data/trustly-page.tsv");
const OTHERS: &str = include_str!("data/other-pages.tsv");

fn page_rows(page: &'static str, message: &str) -> Vec<(&'static str, &'static str, &'static str)> {
    page.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|cells| cells[0] == message)
        .map(|cells| (cells[1], cells[2], cells[3]))
        .collect()
}

fn same<M: Message>(page: &'static str, message: &str, count: usize) {
    let (table, page): (&[Row], _) = (M::ROWS, page_rows(page, message));
    assert_eq!(page.len(), count, "rows of the page's table for the {message}");
    for (row, (name, format, condition)) in table.iter().zip(&page) {
        assert!(row.is_named(name.as_bytes()), "{} stands where the page has {name}", row.name);
        assert_eq!(row.format.to_string(), *format, "{message}: {name}");
        assert_eq!(row.presence.as_str(), *condition, "{message}: {name}");
        assert!(!row.doc.is_empty(), "{message}: {name}");
    }
    assert_eq!(table.len(), count);
}

fn covered<M: Message>(coverage: Coverage) -> Vec<&'static str> {
    M::ROWS.iter().filter(|row| row.coverage == coverage).map(|row| row.name).collect()
}

#[test]
fn the_trustly_request_has_the_25_rows_of_the_page() {
    same::<trustly::PaymentRequest>(TRUSTLY, "request", 25);
}

#[test]
fn the_trustly_result_has_the_22_rows_of_the_page() {
    same::<trustly::PaymentResult>(TRUSTLY, "result", 22);
}

#[test]
fn the_credit_has_seven_rows_each_way() {
    same::<CreditRequest>(TRUSTLY, "credit", 7);
    same::<CreditResult>(TRUSTLY, "credit result", 7);
}

#[test]
fn the_inquiries_have_the_rows_of_their_page() {
    same::<InquireRequest>(OTHERS, "inquire", 3);
    same::<Inquire24Request>(OTHERS, "inquire24", 2);
    same::<InquireResult>(OTHERS, "inquire result", 12);
}

#[test]
fn swish_has_the_rows_that_all_pages_share() {
    same::<swish::PaymentRequest>(OTHERS, "swish", 15);
    same::<swish::PaymentResult>(OTHERS, "swish result", 12);
}

#[test]
fn the_mac_covers_five_rows_of_a_payment_result() {
    let five = ["mid", "PayID", "TransID", "Status", "Code"];
    assert_eq!(covered::<trustly::PaymentResult>(Coverage::Signed), five);
    assert_eq!(covered::<swish::PaymentResult>(Coverage::Signed), five);
}

#[test]
fn no_mac_covers_an_answer_from_server_to_server() {
    for coverage in [Coverage::Signed, Coverage::Mac] {
        assert!(covered::<CreditResult>(coverage).is_empty());
        assert!(covered::<InquireResult>(coverage).is_empty());
    }
    assert_eq!(covered::<CreditResult>(Coverage::Strict), ["mid", "PayID", "TransID", "Status", "Code"]);
}
