//! What of a payment went back, and the forms by which more does.

use crate::pages::foreign::foreign;
use crate::pages::money;
use crate::refund::{NoRefund, Way};
use crate::state::State;
use crate::store::{AttemptRow, PaymentRow, RefundOf};
use gateway_inbox::{RefundRow, RefundState, Refunds};
use maud::{Markup, html};
use paygate::{Currency, Money};
use std::collections::BTreeMap;

/// What the forms repeat, and what stands in the ledger.
pub struct Books<'a> {
    /// That they come from this page.
    pub csrf: &'a str,
    /// That they are sent once.
    pub once: &'a str,
    /// The refunds, by the payment's number.
    pub refunds: &'a BTreeMap<i64, Refunds>,
    /// What came of the form that was sent.
    pub refused: Option<&'a Refused<'a>>,
}

/// A form of which nothing came.
pub struct Refused<'a> {
    /// Of which payment.
    pub payment: i64,
    /// Which form.
    pub way: Way,
    /// What was typed.
    pub amount: &'a str,
    /// Why.
    pub why: NoRefund,
}

/// The word for programs, and those for people.
pub(crate) fn words(state: RefundState) -> (&'static str, &'static str) {
    match state {
        RefundState::Planned => ("planned", "is to be sent"),
        RefundState::Sent => ("sent", "is on its way"),
        RefundState::Unknown => ("unknown", "not known; Paygate is asked"),
        RefundState::NeedsAPerson => ("needs_a_person", "not known; needs a person"),
        RefundState::Done => ("done", "given back"),
        RefundState::Refused => ("refused", "refused; nothing went back"),
    }
}

/// All about the money of a payment that was paid.
pub(super) fn of_payment(attempt: &AttemptRow, payment: &PaymentRow, books: &Books<'_>) -> Markup {
    let paid = attempt.want.costs;
    let currency = paid.currency();
    let none = Refunds::default();
    let refunds = books.refunds.get(&payment.id).unwrap_or(&none);
    let sum = |counts: fn(RefundState) -> bool| {
        let amounts = refunds.rows.iter().filter(|row| counts(row.state)).map(|row| row.amount);
        amounts.fold(0, u64::saturating_add)
    };
    let under_way = sum(|state| matches!(state, RefundState::Planned | RefundState::Sent));
    let unknown = sum(|state| matches!(state, RefundState::Unknown | RefundState::NeedsAPerson));
    // What was given back before there was a ledger stands in no row.
    let is_over = payment.state == State::Refunded;
    let left = if is_over { 0 } else { paid.amount().units().saturating_sub(refunds.taken) };
    let is_of_the_ledger = refunds.paid.is_some() || !is_over;
    html! {
        dl.facts data-paid=(paid.amount().units()) data-done=(refunds.done) data-under-way=(under_way) data-unknown=(unknown) data-left=(left) {
            @if is_of_the_ledger {
                dt { "Given back" } dd { (money::units(refunds.done, currency)) " of " (money::shown(paid)) }
                @if under_way > 0 { dt { "Under way" } dd { (money::units(under_way, currency)) } }
                @if unknown > 0 { dt { "Not known" } dd { span.wait { (money::units(unknown, currency)) } } }
                dt { "Left" } dd { (money::units(left, currency)) }
            } @else {
                dt { "Given back" } dd { (money::shown(paid)) ", before refunds were kept one by one" }
            }
        }
        @if !refunds.rows.is_empty() {
            ul.plain { @for row in &refunds.rows { (line(row, currency)) } }
        }
        // Also where nothing is left any more, what was refused is told.
        @if left > 0 || books.refused.is_some_and(|refused| refused.payment == payment.id) {
            (form(Way::Paygate, attempt.order, payment, Money::new(left, currency).ok(), refunds.taken, books))
            details open[books.refused.is_some_and(|refused| refused.way == Way::Elsewhere)] {
                summary { "Given back elsewhere?" }
                (form(Way::Elsewhere, attempt.order, payment, Money::new(left, currency).ok(), refunds.taken, books))
            }
        }
    }
}

fn line(row: &RefundRow, currency: Currency) -> Markup {
    let (name, words) = words(row.state);
    html! {
        li data-refund=(row.id.get()) data-refund-state=(name) {
            (money::units(row.amount, currency)) ": " (words)
            @if let Some(note) = row.note.as_deref().filter(|note| !note.is_empty()) { " " small { "(" (foreign(note)) ")" } }
        }
    }
}

fn form(
    way: Way,
    order: i64,
    payment: &PaymentRow,
    left: Option<Money>,
    seen: u64,
    books: &Books<'_>,
) -> Markup {
    let (name, label, button, help) = match way {
        Way::Paygate => {
            ("refund", "Amount to give back", "Give back", "Paygate is asked to send it to the customer.")
        }
        Way::Elsewhere => (
            "given-back",
            "Amount that goes back elsewhere",
            "It was given back",
            "This moves no money: write it down here, and refund it on Computop's own pages.",
        ),
    };
    let refused = books.refused.filter(|refused| refused.payment == payment.id && refused.way == way);
    let id = |part: &str| format!("{name}-{part}-{}", payment.id);
    let amount = match refused {
        Some(refused) => refused.amount.to_owned(),
        None => left.and_then(Money::to_decimal).unwrap_or_default(),
    };
    let described = match refused {
        Some(_) => format!("{} {}", id("error"), id("help")),
        None => id("help"),
    };
    html! {
        form method="post" action={ "/keeper/orders/" (order) "/" (name) } {
            input type="hidden" name="csrf" value=(books.csrf);
            input type="hidden" name="once" value=(books.once);
            input type="hidden" name="payment" value=(payment.id);
            input type="hidden" name="seen" value=(seen);
            div.field {
                label for=(id("amount")) { (label) }
                @if let Some(refused) = refused { p.error id=(id("error")) role="alert" { (refused.why) } }
                input id=(id("amount")) name="amount" type="text" inputmode="decimal" autocomplete="off" required value=(amount)
                    aria-describedby=(described) aria-invalid=[refused.map(|_| "true")];
                p.quiet id=(id("help")) { (help) }
            }
            p { button id=(id("button")) { (button) } }
        }
    }
}

/// Refunds of which only a person can find out what became.
#[must_use]
pub fn doubtful(refunds: &[(RefundRow, RefundOf)], csrf: &str) -> Markup {
    html! {
        @if !refunds.is_empty() {
            h2 { "Refunds" }
            p { "Paygate does not tell what became of these. Look on Computop's own pages whether the money went back." }
            ul.plain {
                @for (row, of) in refunds {
                    li.card data-doubtful=(row.id.get()) {
                        dl.facts {
                            dt { "Order" } dd { a href={ "/keeper/orders/" (of.order) } { (of.order) } }
                            dt { "Amount" } dd { (money::units(row.amount, of.paid.currency())) " of " (money::shown(of.paid)) }
                            dt { "PayID" } dd.mono { (of.pay_id.as_str()) }
                            dt { "TransID" } dd.mono { (foreign(of.trans_id.as_str())) }
                            @if let Some(note) = &row.note { dt { "Why" } dd { (foreign(note)) } }
                        }
                        form method="post" action={ "/keeper/refunds/" (row.id.get()) } {
                            input type="hidden" name="csrf" value=(csrf);
                            p {
                                button id={ "refund-was-" (row.id.get()) } name="was" value="given-back" { "It was given back" } " "
                                button id={ "refund-was-not-" (row.id.get()) } name="was" value="kept" { "It was not" }
                            }
                        }
                    }
                }
            }
        }
    }
}
