//! What Paygate said when it was asked.

use crate::pages::foreign::foreign;
use crate::pages::money;
use crate::store::InquiryRow;
use maud::{Markup, html};
use paygate::Currency;

/// When, what, and the button to ask once more.
pub(super) fn inquiry(inquiry: &InquiryRow, csrf: &str) -> Markup {
    html! {
        dl.facts data-inquiry=(inquiry.id) data-times=(inquiry.times) data-due=(inquiry.is_due) {
            dt { "Asked Paygate (UTC)" } dd {
                @match &inquiry.asked_at {
                    Some(at) => { span.time { (at) } ", by its " (if inquiry.by_pay_id { "PayID" } else { "TransID" }) ", " (inquiry.times) " times so far" },
                    None => "not yet",
                }
                @if inquiry.is_due { " " span.wait { "It is asked in a moment: load this page again." } }
            }
            @if inquiry.asked_at.is_some() {
                @match &inquiry.failure {
                    Some(failure) => { dt { "No answer" } dd { (foreign(failure)) } },
                    None => {
                        dt { "Captured" } dd { (amount(inquiry.captured, inquiry)) }
                        dt { "Given back" } dd { (amount(inquiry.credited, inquiry)) }
                    },
                }
            }
        }
        form method="post" action={ "/keeper/inquiries/" (inquiry.id) } {
            input type="hidden" name="csrf" value=(csrf);
            p { button id={ "ask-" (inquiry.id) } { "Ask Paygate now" } }
        }
    }
}

fn amount(units: Option<u64>, inquiry: &InquiryRow) -> String {
    let Some(units) = units else { return "not told".to_owned() };
    let Some(currency) = inquiry.currency.as_deref() else { return format!("{units}, in no currency") };
    match Currency::new(currency) {
        Ok(known) => money::units(units, known),
        Err(_) => format!("{units} {currency}"),
    }
}
