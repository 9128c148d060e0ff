//! Names and values of a message, each with what the vendor's tables say of it.

use crate::paygate::http::shown::{self, Written};
use crate::paygate::inspect::{self, Findings, MacVerdict};
use maud::{Markup, html};

/// Said of a name that no table has.
const UNKNOWN: &str = "In none of the vendor's tables.";
/// The same, beside Data.
const ECHO: &str = "In none of the vendor's tables; beside a result, from the request's Custom.";

pub(super) fn of_request(pairs: &[(String, String)]) -> Markup {
    list(pairs, false, UNKNOWN)
}

fn list(pairs: &[(String, String)], of_result: bool, unknown: &str) -> Markup {
    html! {
        dl class="pairs" {
            @for (name, value) in pairs {
                dt { (Written(name)) }
                dd class="mono" { (Written(value)) }
                dd class="quiet" {
                    @match inspect::row(name, of_result) {
                        Some(row) => (shown::sentence(row.doc)),
                        None => (unknown),
                    }
                }
            }
        }
    }
}

/// All that was found in a message.
pub(super) fn findings(findings: &Findings) -> Markup {
    let is_result = inspect::is_result(&findings.pairs);
    html! {
        dl class="facts" {
            @if let Some(key) = &findings.key {
                dt { "Decrypted with" }
                dd {
                    "the " (if key.is_current { "current" } else { "previous" }) " keys of " (Written(&key.account))
                }
            }
            // The other formula's verdict says something only where it holds against expectation.
            @if !is_result || findings.request_mac.holds() {
                dt { "MAC of a request" } dd { (verdict(&findings.request_mac, "PayID*TransID*MerchantID*Amount*Currency")) }
            }
            @if is_result || findings.response_mac.holds() {
                dt { "MAC of a result" } dd { (verdict(&findings.response_mac, "PayID*TransID*mid*Status*Code")) }
            }
            @if !findings.odd.is_empty() {
                dt { "Odd" } dd { @for odd in &findings.odd { p { (Written(odd)) } } }
            }
        }
        (list(&findings.pairs, is_result, UNKNOWN))
        @if !findings.outside.is_empty() {
            h3 { "In the clear beside Data" }
            (list(&findings.outside, is_result, ECHO))
        }
    }
}

fn verdict(verdict: &MacVerdict, formula: &str) -> Markup {
    html! {
        @match verdict {
            MacVerdict::Holds => span class="good" { "holds" },
            MacVerdict::Fails => span class="bad" { "does not hold" },
            MacVerdict::Missing => span class="bad" { "missing" },
            MacVerdict::Malformed(error) => span class="bad" { (error.to_string()) },
        }
        " " small { "(" code { (formula) } ")" }
    }
}
