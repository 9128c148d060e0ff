//! One order: who, what, every try to pay, and all that Paygate said.

use super::lists::flags;
use crate::pages::foreign::foreign;
use crate::pages::money;
use crate::state::State;
use crate::store::{AttemptRow, CallbackRow, Order};
use maud::{Markup, html};

/// The whole order.
#[must_use]
pub fn order(order: &Order, callbacks: &[CallbackRow], csrf: &str) -> Markup {
    let view = order.view();
    let customer = &order.customer;
    html! {
        dl.facts {
            dt { "State" } dd { strong { (view.state.name()) } @if order.demo { " " small { "demo" } } }
            dt { "Odd" } dd { (flags(view.flags)) }
            dt { "Costs" } dd { (money::shown(order.costs)) }
            dt { "Customer" } dd { (foreign(&customer.first_name)) " " (foreign(&customer.last_name)) ", " (customer.country) }
            dt { "E-mail" } dd { (foreign(&customer.email)) }
            dt { "Made (UTC)" } dd { (order.created_at) }
        }
        h2 { "Items" }
        ul { @for item in &order.items { li { (item.quantity) " × " (item.name) ", " (money::units(item.price, order.costs.currency())) } } }
        h2 { "Tries to pay" }
        @for attempt in &order.attempts { (try_to_pay(attempt, csrf)) }
        h2 { "Callbacks" }
        @if callbacks.is_empty() { p { "None yet." } }
        @for callback in callbacks { (told(callback)) }
    }
}

fn try_to_pay(attempt: &AttemptRow, csrf: &str) -> Markup {
    html! {
        div.card data-attempt=(attempt.attempt.trans_id().as_str()) data-attempt-state=(attempt.state.name()) data-flags=(attempt.flags.names()) {
            dl.facts {
                dt { "State" } dd { (attempt.state.name()) }
                dt { "Odd" } dd { (flags(attempt.flags)) }
                dt { "Amount" } dd { (money::shown(attempt.money)) }
                dt { "TransID" } dd.mono { (foreign(attempt.attempt.trans_id().as_str())) }
                dt { "PayID" } dd.mono { (attempt.pay_id.as_ref().map_or("not known", |pay_id| pay_id.as_str())) }
                dt { "Made (UTC)" } dd { (attempt.created_at) }
            }
            @if attempt.state == State::Paid { (given_back(attempt, csrf)) }
        }
    }
}

fn given_back(attempt: &AttemptRow, csrf: &str) -> Markup {
    html! {
        details {
            summary { "Given back?" }
            form method="post" action={ "/keeper/orders/" (attempt.order) "/given-back" } {
                input type="hidden" name="csrf" value=(csrf);
                input type="hidden" name="attempt" value=(attempt.id);
                p id={ "given-back-help-" (attempt.id) } { "This moves no money. Refund it on Computop's own pages first, then write it down here." }
                p { button id={ "given-back-" (attempt.id) } aria-describedby={ "given-back-help-" (attempt.id) } { "It was given back" } }
            }
        }
    }
}

fn told(callback: &CallbackRow) -> Markup {
    html! {
        div.card data-callback=(callback.status) data-count=(callback.count) {
            dl.facts {
                dt { "Status, Code" } dd.mono { (foreign(&callback.status)) ", " (callback.code) }
                dt { "Made of it" } dd { (callback.applied.as_deref().unwrap_or("nothing")) }
                dt { "By" } dd { (if callback.is_told { "Paygate's server" } else { "a browser only" }) }
                dt { "PayID" } dd.mono { (callback.pay_id) }
                dt { "TransID" } dd.mono { (foreign(&callback.trans_id)) }
                dt { "Came" } dd { (callback.count) " times, last " (callback.last_at) " UTC" }
                @if !callback.description.is_empty() {
                    dt { "Description" } dd { (foreign(&callback.description)) " " small { "(not signed)" } }
                }
            }
        }
    }
}
