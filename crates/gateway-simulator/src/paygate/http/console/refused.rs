//! Requests that were refused, and why.

use super::pairs;
use crate::paygate::http::shown::{self, Written};
use crate::paygate::ledger::refused::RefusedRequest;
use maud::{Markup, html};

/// How many stand on the page.
const SHOWN: usize = 50;

/// The newest of them.
pub(super) fn list(refused: &[RefusedRequest]) -> Markup {
    html! {
        section id="refused" {
            h2 { "Refused requests" }
            @if refused.is_empty() { p { "None." } }
            @for request in refused.iter().rev().take(SHOWN) {
                div class="card" {
                    h3 { (shown::time(request.at)) " " code { (Written(&request.file)) } }
                    (reasons(request))
                    @if let Some(pay_id) = request.pay_id {
                        p { a href={ "/console/payment/" (pay_id.as_str()) } { "What the shop was told" } }
                    } @else if !request.sent.is_empty() {
                        details { summary { "The request, decrypted" } (pairs::of_request(&request.sent)) }
                    }
                }
            }
        }
    }
}

/// The code and every reason of one.
pub(super) fn reasons(request: &RefusedRequest) -> Markup {
    html! {
        p {
            @match request.code {
                Some(code) => { "Code " (shown::code(code)) },
                None => "It could not be read; the answer was the page “Unexpected exception”.",
            }
        }
        ul { @for reason in &request.reasons { li { (Written(reason)) } } }
    }
}
