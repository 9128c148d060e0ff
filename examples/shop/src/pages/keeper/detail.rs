//! One order: who, what, every try to pay, and all that Paygate said.

use super::inquiry::inquiry;
use super::lists::odd;
use super::refunds::{Books, of_payment};
use crate::pages::foreign::foreign;
use crate::pages::money;
use crate::state::State;
use crate::store::{AttemptRow, CallbackRow, InquiryRow, Order, PaymentRow};
use maud::{Markup, html};

/// The whole order.
#[must_use]
pub fn order(
    order: &Order,
    callbacks: &[CallbackRow],
    inquiries: &[InquiryRow],
    books: &Books<'_>,
) -> Markup {
    let view = order.view();
    html! {
        dl.facts {
            dt { "State" } dd { strong { (view.state.name()) } @if order.demo { " " small { "demo" } } }
            dt { "Odd" } dd { (odd(view)) }
            dt { "Costs" } dd { (money::shown(order.want().costs)) }
            dt { "Made (UTC)" } dd { (order.created_at) }
        }
        h2 { "Tries to pay, the newest first" }
        (try_to_pay(&order.newest, books))
        @for attempt in order.earlier.iter().rev() { (try_to_pay(attempt, books)) }
        h2 { "Callbacks" }
        @if callbacks.is_empty() { p { "None yet." } }
        @for callback in callbacks { (told(callback)) }
        h2 { "Inquiries" }
        @if inquiries.is_empty() { p { "None yet." } }
        @for asked in inquiries { div.card { (inquiry(asked, books.csrf)) } }
    }
}

fn try_to_pay(attempt: &AttemptRow, books: &Books<'_>) -> Markup {
    let customer = &attempt.want.customer;
    let costs = attempt.want.costs;
    html! {
        div.card data-attempt=(attempt.attempt.trans_id().as_str()) {
            dl.facts {
                dt { "TransID" } dd.mono { (foreign(attempt.attempt.trans_id().as_str())) }
                dt { "For" } dd {
                    @for item in &attempt.want.items { (item.quantity) " × " (item.name) ", " (money::units(item.price, costs.currency())) br; }
                }
                dt { "Amount" } dd { (money::shown(costs)) }
                dt { "Customer" } dd { (foreign(&customer.first_name)) " " (foreign(&customer.last_name)) ", " (customer.country) }
                dt { "E-mail" } dd { (foreign(&customer.email)) }
                dt { "Made (UTC)" } dd { (attempt.created_at) }
                @if attempt.payments.is_empty() { dt { "State" } dd { (attempt.state.name()) } }
            }
            @for payment in &attempt.payments { (made_of_it(attempt, payment, books)) }
        }
    }
}

fn made_of_it(attempt: &AttemptRow, payment: &PaymentRow, books: &Books<'_>) -> Markup {
    html! {
        dl.facts data-payment=(payment.pay_id.as_str()) data-payment-state=(payment.state.name()) data-flags=(payment.flags.names()) {
            dt { "PayID" } dd.mono { (payment.pay_id.as_str()) }
            dt { "State" } dd { (payment.state.name()) @if !payment.flags.explained().is_empty() { ", " span.wait { (payment.flags.explained()) } } }
        }
        @if payment.state >= State::Paid { (of_payment(attempt, payment, books)) }
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
                dt { "Came" } dd { (callback.count) " times, handled " (callback.handled_at) " UTC" }
                @if !callback.description.is_empty() {
                    dt { "Description" } dd { (foreign(&callback.description)) " " small { "(not signed)" } }
                }
            }
        }
    }
}
