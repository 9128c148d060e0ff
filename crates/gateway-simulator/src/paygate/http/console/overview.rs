//! The first page: payments, refused requests, faults, and the clock.

use super::{clock, faults, refused};
use crate::paygate::desk::Desk;
use crate::paygate::http::form::Form;
use crate::paygate::http::page::Page;
use crate::paygate::http::shown::{self, Written};
use crate::paygate::ledger::transaction::Transaction;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

/// How many payments stand on the page; the API has them all.
const SHOWN: usize = 200;
/// Seconds after which the page is loaded again, where that is asked for.
const REFRESH: u32 = 5;

pub(super) async fn show(request: HttpRequest, desk: Data<Desk>) -> HttpResponse {
    let refreshes = Form::parse(request.query_string().as_bytes()).value("refresh").is_some();
    let payments = {
        let ledger = desk.ledger();
        payments(ledger.transactions())
    };
    let body = html! {
        p {
            "The clock shows " span class="time" { (shown::time(desk.clock.now())) } " since the start. "
            @if refreshes { a href="/console" { "Stop refreshing" } } @else {
                a href="/console?refresh" { "Refresh every " (REFRESH) " seconds" }
            }
        }
        (payments)
        (refused::list(desk.ledger().refused()))
        (faults::form(&desk.faults()))
        (clock::form(desk.clock.now()))
    };
    let mut page = Page::developer("Payments", body);
    page.refresh = refreshes.then_some(REFRESH);
    page.respond(StatusCode::OK)
}

fn payments(transactions: &[Transaction]) -> Markup {
    if transactions.is_empty() {
        return html! { p { "No payment yet. Send a customer to " code { "trustly.aspx" } " of this simulator." } };
    }
    html! {
        div class="scroll" role="region" aria-label="Payments" tabindex="0" {
            table {
                thead {
                    tr {
                        th scope="col" { "Payment" }
                        th scope="col" class="number" { "Amount, time" }
                        th scope="col" { "State" }
                    }
                }
                tbody { @for transaction in transactions.iter().rev().take(SHOWN) { (row(transaction)) } }
            }
        }
        @if transactions.len() > SHOWN {
            p class="quiet" { "The newest " (SHOWN) " of " (transactions.len()) "; " code { "/api/payments" } " has all." }
        }
    }
}

fn row(transaction: &Transaction) -> Markup {
    html! {
        tr {
            th scope="row" {
                a href={ "/console/payment/" (transaction.pay_id.as_str()) } {
                    (Written(transaction.trans_id.as_str()))
                }
                br;
                small class="mono" { (transaction.pay_id.as_str()) }
            }
            td class="number" {
                (shown::money(transaction.money))
                br;
                small { (shown::time(transaction.at)) }
            }
            td {
                (shown::state(transaction.state))
                br;
                small { (if transaction.acknowledged { "acknowledged" } else { "not acknowledged" }) }
            }
        }
    }
}
