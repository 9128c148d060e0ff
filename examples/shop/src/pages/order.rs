//! The page of an order: plainly what is known, and no more.

use super::foreign::foreign;
use super::money;
use crate::state::{Flags, State};
use crate::store::{Order, Want};
use maud::{Markup, html};
use paygate::Money;

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
pub fn page(order: &Order, form: &Form, given_back: &[Money], looks_again: bool) -> Markup {
    html! {
        (known(order, looks_again))
        @for part in given_back {
            p.note data-given-back=(part.amount().units()) { "Of your payment, " (money::shown(*part)) " was given back. Your bank may take some days." }
        }
        @if order.may_pay_again() { (pay_again(order, form)) }
        (ordered(order))
    }
}

/// Whether the customer is sure that nothing was paid.
#[must_use]
pub fn again(order: &Order, form: &Form) -> Markup {
    html! {
        p.wait #again-warning { "If you have paid, do not pay again: we hear of it from your bank, at times after some hours." }
        (to_paygate(order, form, Some("I did not pay: pay now")))
        p { a href={ "/order/" (order.token) } { "Back to the order" } }
        (ordered(order))
    }
}

fn ordered(order: &Order) -> Markup {
    let Want { customer, items, costs } = order.want();
    html! {
        h2 { "What you ordered" }
        ul.plain {
            @for item in items {
                li { (item.quantity) " × " (item.name) ", " (money::units(item.price, costs.currency())) " each" }
            }
        }
        p { "Together " strong.price { (money::shown(*costs)) } }
        @if customer.is_erased() {
            p.quiet #erased { "Name and address were erased, as the customer wished. This order cannot be paid any more." }
        } @else {
            p.quiet { "For " (foreign(&customer.first_name)) " " (foreign(&customer.last_name)) ", " (foreign(&customer.email)) }
        }
        @if order.demo { p.quiet { "This order is a demo: nothing is sent." } }
    }
}

fn known(order: &Order, looks_again: bool) -> Markup {
    let view = order.view();
    let costs = money::shown(order.want().costs);
    html! {
        div role="status" {
            @match view.state {
                State::Paid => p.good { "We have your payment of " (costs) ". Thank you!" },
                State::Refunded => p.good { "We have given " (costs) " back. Your bank may take some days." },
                State::Open if view.flags.has(Flags::OTHER_BASKET) => p.wait {
                    "There is a payment for this order, but for another basket than the one below. We will write to you; please do not pay again."
                },
                State::Open => p.wait {
                    "Your bank is still working on the payment. We ship as soon as it is through; please do not pay again."
                },
                State::Failed if view.is_at_the_bank => p.bad { "This payment did not go through. You began another one, of which we have not heard yet." },
                State::Failed => p.bad { "The payment did not go through, and nothing was charged as far as we know." },
                State::Created | State::Redirected => p.wait {
                    "We have not heard from the bank yet. If you have just paid, this page will say so in a moment."
                },
            }
            @if view.flags.has(Flags::OVERPAID) {
                p.note { "It was paid more than once. We will give back what is too much." }
            } @else if view.needs_a_person && view.state != State::Paid {
                p.note { "Something about the payment is unusual. Somebody here looks at it and writes to you." }
            }
            @if looks_again { p.quiet { "This page looks again by itself." } }
            @else if view.is_waiting() { p.quiet { "Load this page again later: it says what we know by then." } }
        }
    }
}

fn pay_again(order: &Order, form: &Form) -> Markup {
    html! {
        @if order.view().is_at_the_bank {
            p { a #again href={ "/order/" (order.token) "?again" } { "I did not pay" } }
        } @else {
            (to_paygate(order, form, None))
        }
    }
}

/// `sure` says what the customer affirms, where he has to.
fn to_paygate(order: &Order, form: &Form, sure: Option<&str>) -> Markup {
    html! {
        form method="post" action={ "/order/" (order.token) "/pay" } {
            input type="hidden" name="csrf" value=(form.csrf);
            input type="hidden" name="once" value=(form.once);
            @match sure {
                Some(sure) => p { button.main #pay-again name="sure" value="yes" aria-describedby="again-warning" { (sure) } },
                None => p { button.main #pay-again { "Pay again" } },
            }
        }
    }
}
