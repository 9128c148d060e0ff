//! Orders, matters for a person, and the log.

use super::inquiry::inquiry;
use crate::pages::foreign::foreign;
use crate::pages::money;
use crate::state::OrderView;
use crate::store::{Audited, Order, PersonRow, Store};
use maud::{Markup, html};

/// What is odd, in words.
pub(super) fn odd(view: OrderView) -> Markup {
    let flags = view.flags.explained();
    html! {
        @if !flags.is_empty() { span.wait { (flags) } }
        @if view.needs_a_person { @if !flags.is_empty() { ", " } span.wait { "waits for a person" } }
        @if flags.is_empty() && !view.needs_a_person { "nothing" }
    }
}

/// The newest orders.
#[must_use]
pub fn orders(orders: &[Order]) -> Markup {
    html! {
        @if orders.is_empty() { p { "No orders yet." } } @else {
            div.scroll tabindex="0" role="region" aria-label="Orders" {
                table {
                    thead { tr { th scope="col" { "Order" } th scope="col" { "State" } th scope="col" { "Odd" } th.number scope="col" { "Costs" } th.number scope="col" { "Tries" } th scope="col" { "Customer" } th scope="col" { "Made (UTC)" } } }
                    tbody { @for order in orders { (line(order)) } }
                }
            }
            @if let Some(last) = orders.last().filter(|last| last.id > 1) {
                p { a #older href={ "/keeper/orders?before=" (last.id) } { "Older orders" } }
            }
        }
    }
}

fn line(order: &Order) -> Markup {
    let view = order.view();
    let customer = &order.want().customer;
    html! {
        tr data-order=(order.id) data-order-state=(view.state.name()) data-flags=(view.names()) {
            th scope="row" { a href={ "/keeper/orders/" (order.id) } { (order.id) } @if order.demo { " " small { "demo" } } }
            td { (view.state.name()) }
            td.odd { (odd(view)) }
            td.number { (money::shown(order.want().costs)) }
            td.number { (order.attempts().count()) }
            td { (foreign(&customer.first_name)) " " (foreign(&customer.last_name)) }
            td.time { (order.created_at) }
        }
    }
}

/// What only a person can decide.
#[must_use]
pub fn people(rows: &[PersonRow], csrf: &str) -> Markup {
    let is_full = i64::try_from(rows.len()).is_ok_and(|rows| rows >= Store::MATTERS);
    html! {
        p { "Genuine results that no program may judge. Paygate was asked about each payment (an inquiry); look at what it says, then write down what was done." }
        @if rows.is_empty() { p { "Nothing waits." } }
        ul.plain {
            @for row in rows {
                li.card data-person=(row.id) data-done=(row.note.is_some()) {
                    h2 { (foreign(&row.reason)) }
                    dl.facts {
                        dt { "Order" } dd { @match row.order { Some(id) => a href={ "/keeper/orders/" (id) } { (id) }, None => "none" } }
                        @if !row.pay_id.is_empty() { dt { "PayID" } dd.mono { (row.pay_id) } }
                        dt { "TransID" } dd.mono { (foreign(&row.trans_id)) }
                        @match &row.result {
                            Some((status, code)) => { dt { "Status, Code" } dd.mono { (foreign(status)) ", " (code) } },
                            None => { dt { "Status, Code" } dd { "no callback: an inquiry tells it" } },
                        }
                        dt { "Came (UTC)" } dd.time { (row.created_at) }
                    }
                    @if let Some(asked) = &row.inquiry { (inquiry(asked, csrf)) }
                    @match &row.note {
                        Some(note) => p.good { "Done: " (foreign(note)) },
                        None => form method="post" action={ "/keeper/people/" (row.id) } {
                            input type="hidden" name="csrf" value=(csrf);
                            div.field { label for={ "note-" (row.id) } { "What was done" } input id={ "note-" (row.id) } name="note" type="text" maxlength="500" required; }
                            p { button id={ "done-" (row.id) } { "Done" } }
                        },
                    }
                }
            }
        }
        @if let Some(last) = rows.last().filter(|_| is_full) {
            p { a #older href={ "/keeper/people?before=" (last.id) "&done=" (last.note.is_some()) } { "Older matters" } }
        }
    }
}

/// Who was here.
#[must_use]
pub fn audit(audited: &Audited) -> Markup {
    html! {
        @if let Some(at) = &audited.refused_at {
            p { "Wrong passwords: " (audited.refused) ", the last at " span.time { (at) } " UTC." }
        }
        ul.plain { @for (at, action) in &audited.actions { li { span.time { (at) } " " (foreign(action)) } } }
    }
}
