//! One payment: the request, what was sent about it, and what can be done.

use super::{actions, delivery, failed, pairs, refused};
use crate::paygate::desk::Desk;
use crate::paygate::http::page::Page;
use crate::paygate::http::shown::{self, Written};
use crate::paygate::ledger::refused::RefusedRequest;
use crate::paygate::ledger::transaction::{Credit, Transaction};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use maud::{Markup, html};
use paygate::{Amount, Money, PayId};

/// A payment that was refused has a PayID and deliveries too.
pub(super) async fn show(pay_id: Path<String>, desk: Data<Desk>) -> HttpResponse {
    let Ok(pay_id) = PayId::new(&pay_id) else { return unknown() };
    let (transaction, refused, deliveries) = {
        let ledger = desk.ledger();
        let refused = ledger.refused().iter().find(|request| request.pay_id == Some(pay_id));
        let deliveries: Vec<_> = ledger.deliveries_of(&pay_id).cloned().collect();
        (ledger.transaction(&pay_id).cloned(), refused.cloned(), deliveries)
    };
    let deliveries = html! {
        h2 { "What the shop was told" }
        @if deliveries.is_empty() { p { "Nothing yet." } }
        @for delivery in &deliveries { (delivery::show(&desk, delivery)) }
    };
    match (transaction, refused) {
        (Some(transaction), _) => accepted(&transaction, &deliveries),
        (None, Some(request)) => refusal(pay_id.as_str(), &request, &deliveries),
        (None, None) => unknown(),
    }
}

fn unknown() -> HttpResponse {
    failed(StatusCode::NOT_FOUND, "there is no payment of this PayID")
}

fn accepted(transaction: &Transaction, deliveries: &Markup) -> HttpResponse {
    let body = html! {
        (facts(transaction))
        (actions::buttons(transaction))
        (deliveries)
        (credits(transaction))
        h2 { "The request" }
        (pairs::of_request(&transaction.sent))
    };
    let title = format!("Payment {}", Written(transaction.trans_id.as_str()));
    Page::developer(title, body).respond(StatusCode::OK)
}

fn refusal(pay_id: &str, request: &RefusedRequest, deliveries: &Markup) -> HttpResponse {
    let body = html! {
        p { "At " (shown::time(request.at)) ", PayID " code { (pay_id) } "." }
        (refused::reasons(request))
        (deliveries)
        h2 { "The request" }
        (pairs::of_request(&request.sent))
    };
    Page::developer("Refused payment", body).respond(StatusCode::OK)
}

fn facts(transaction: &Transaction) -> Markup {
    html! {
        dl class="facts" {
            dt { "State" } dd { (shown::state(transaction.state)) }
            dt { "Amount" } dd { (shown::money(transaction.money)) }
            dt { "PayID" } dd class="mono" { (transaction.pay_id.as_str()) }
            dt { "XID" } dd class="mono" { (transaction.xid.as_str()) }
            dt { "Account" } dd { (Written(transaction.mid.as_str())) }
            dt { "Came at" } dd { (shown::time(transaction.at)) }
            dt { "Acknowledged" }
            dd {
                @if transaction.acknowledged { "yes: a notify was answered with 200 to 299" } @else {
                    "no: before a notify is answered with 200 to 299, nothing can be given back"
                }
            }
            dt { "Faults" }
            dd {
                @if transaction.faults.iter().next().is_none() { "none" }
                @for fault in transaction.faults.iter() {
                    div { code { (fault.name()) } " " small { (shown::sentence(fault.explanation())) } }
                }
            }
        }
    }
}

fn credits(transaction: &Transaction) -> Markup {
    let amount = |credit: &Credit| {
        let currency = transaction.money.currency();
        Amount::new(credit.units).map_or_else(
            |_| format!("{} of the smallest unit of {}", credit.units, currency.as_str()),
            |amount| shown::money(Money::of(amount, currency)),
        )
    };
    html! {
        @if !transaction.credits.is_empty() {
            h2 { "Given back" }
            ul class="plain" {
                @for credit in &transaction.credits {
                    li {
                        strong { (amount(credit)) } " "
                        span class=(if credit.code == paygate::Code::SUCCESS { "good" } else { "bad" }) {
                            (if credit.code == paygate::Code::SUCCESS { "carried out" } else { "refused" })
                        }
                        ": Code " (shown::code(credit.code)) ", TransID " (Written(credit.trans_id.as_str()))
                        ", XID " span class="mono" { (credit.xid.as_str()) }
                    }
                }
            }
        }
    }
}
