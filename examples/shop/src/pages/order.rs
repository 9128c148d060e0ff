//! The page of an order: plainly what is known, and no more.

use super::foreign::foreign;
use super::money;
use crate::state::{Flags, State};
use crate::store::Order;
use maud::{Markup, html};

/// What the form for paying again repeats.
pub struct Form {
    /// That it comes from this page.
    pub csrf: String,
    /// That it is sent once.
    pub once: String,
}

/// How the order stands, in a few words.
#[must_use]
pub fn title(order: &Order) -> String {
    let id = order.id;
    match order.view().state {
        State::Paid => format!("Order {id} is paid"),
        State::Refunded => format!("Order {id} was given back"),
        State::Open => format!("Order {id} is being paid"),
        State::Failed => format!("Order {id} is not paid"),
        State::Created | State::Redirected => format!("Order {id} waits for your payment"),
    }
}

/// The page.
#[must_use]
pub fn page(order: &Order, form: &Form) -> Markup {
    let view = order.view();
    html! {
        (known(order))
        @if view.may_pay_again() { (pay_again(order, form)) }
        h2 { "What you ordered" }
        ul.plain {
            @for item in &order.items {
                li { (item.quantity) " × " (item.name) ", " (money::units(item.price, order.costs.currency())) " each" }
            }
        }
        p { "Together " strong.price { (money::shown(order.costs)) } }
        p.quiet { "For " (foreign(&order.customer.first_name)) " " (foreign(&order.customer.last_name)) ", " (foreign(&order.customer.email)) }
        @if order.demo { p.quiet { "This order is a demo: nothing is sent." } }
    }
}

fn known(order: &Order) -> Markup {
    let view = order.view();
    html! {
        div role="status" {
            @match view.state {
                State::Paid => p.good { "We have your payment of " (money::shown(order.costs)) ". Thank you!" },
                State::Refunded => p.good { "We have given " (money::shown(order.costs)) " back. Your bank may take some days." },
                State::Open if view.flags.has(Flags::OTHER_AMOUNT) => p.wait {
                    "We have a payment for this order, of another amount than it costs now. We will write to you; please do not pay again."
                },
                State::Open => p.wait {
                    "Your bank is still working on the payment. We ship as soon as it is through; please do not pay again."
                },
                State::Failed => p.bad { "The payment did not go through, and nothing was charged as far as we know." },
                State::Created | State::Redirected => p.wait {
                    "We have not heard from the bank yet. If you have just paid, this page will say so in a moment."
                },
            }
            @if view.flags.has(Flags::OVERPAID) {
                p.note { "It was paid more than once. We will give back what is too much." }
            } @else if view.flags.has(Flags::NEEDS_A_PERSON) && view.state != State::Paid {
                p.note { "Something about the payment is unusual. Somebody here looks at it and writes to you." }
            }
            @if view.is_waiting() { p.quiet { "This page looks again every few seconds." } }
        }
    }
}

fn pay_again(order: &Order, form: &Form) -> Markup {
    let at_the_bank = order.view().state == State::Redirected;
    html! {
        form method="post" action={ "/order/" (order.token) "/pay" } {
            input type="hidden" name="csrf" value=(form.csrf);
            input type="hidden" name="once" value=(form.once);
            @if at_the_bank {
                details {
                    summary { "I did not pay" }
                    p #again-warning { "If you have paid, wait: paying again would charge you twice." }
                    p { button.main #pay-again name="sure" value="yes" aria-describedby="again-warning" { "I did not pay: pay now" } }
                }
            } @else {
                p { button.main #pay-again { "Pay again" } }
            }
        }
    }
}
