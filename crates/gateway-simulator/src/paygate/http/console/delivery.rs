//! One result on its way to the shop: each attempt, what was in it, and what the shop answered.

use super::pairs;
use crate::paygate::desk::Desk;
use crate::paygate::http::shown::{self, Written};
use crate::paygate::inspect::{Question, inspect};
use crate::paygate::ledger::delivery::{Answer, Attempt, Delivery, Way};
use maud::{Markup, html};
use paygate::Merchant;
use std::slice;

pub(super) fn show(desk: &Desk, delivery: &Delivery) -> Markup {
    let merchants = desk.merchant(&delivery.mid).map(slice::from_ref).unwrap_or_default();
    html! {
        div class="card" {
            h3 { (delivery.way.as_str()) ": " (delivery.said.status) }
            dl class="facts" {
                dt { "To" } dd class="mono" { (Written(&delivery.url)) }
                dt { "Code" } dd { (shown::code(delivery.said.code)) }
                @if let Some(next) = delivery.next { dt { "Next time" } dd { (shown::time(next)) } }
            }
            @for (number, attempt) in (1_usize..).zip(&delivery.attempts) {
                p {
                    @if delivery.way == Way::Notify { "Attempt " (number) " at " } @else { "At " }
                    span class="time" { (shown::time(attempt.at)) } ": " (answer(delivery, attempt))
                }
                (content(merchants, attempt))
            }
        }
    }
}

fn answer(delivery: &Delivery, attempt: &Attempt) -> Markup {
    html! {
        @match &attempt.answer {
            Some(answer @ Answer::Status(_)) => {
                "the shop answered "
                span class=(if answer.is_acknowledged() { "good" } else { "bad" }) { (answer.to_string()) }
            },
            Some(answer) => span class="bad" { (Written(&answer.to_string())) },
            None if delivery.way == Way::Notify => span class="wait" { "under way" },
            None => "the browser was sent back with it; what the shop answered, only the browser saw",
        }
        "."
    }
}

/// Our own form, opened again as the shop should.
fn content(merchants: &[Merchant], attempt: &Attempt) -> Markup {
    let question = Question { text: &attempt.form, ..Question::default() };
    html! {
        details {
            summary { "What was sent" }
            pre { (Written(&attempt.form)) }
            @match inspect(merchants, question) {
                Ok(findings) => (pairs::findings(&findings)),
                Err(error) => p { "The shop's keys do not open it: " (error.to_string()) "." },
            }
        }
    }
}
