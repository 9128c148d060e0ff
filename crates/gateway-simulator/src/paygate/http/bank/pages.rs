//! What the customer sees: choose a bank, log in, confirm, and how it ended.

use super::{BANKS, Bank};
use crate::paygate::http::page::Page;
use crate::paygate::http::shown::{self, Written};
use crate::paygate::ledger::state::State;
use crate::paygate::ledger::transaction::Transaction;
use maud::{Markup, html};
use std::time::Duration;

pub(super) fn choose(transaction: &Transaction) -> Page {
    Page::customer(
        "Choose your bank",
        html! {
            p { "To pay " strong { (shown::money(transaction.money)) } " to "
                strong { (transaction.mid.as_str()) } ". The banks are made up; any will do." }
            form method="get" action=(path(transaction)) {
                @for bank in BANKS {
                    p { button name="bank" value=(bank.key) { (bank.name) } }
                }
            }
            (other_ways_out(transaction))
        },
    )
}

pub(super) fn log_in(transaction: &Transaction, bank: Bank) -> Page {
    Page::customer(
        format!("Log in to {}", bank.name),
        html! {
            p { "Any name will do. It is neither checked nor kept: do not type a real one." }
            form method="post" action={ (path(transaction)) "/log-in" } {
                input type="hidden" name="bank" value=(bank.key);
                div class="field" {
                    label for="user" { "User name" }
                    input type="text" id="user" name="user" autocomplete="off" autocapitalize="none"
                        spellcheck="false" maxlength="100";
                }
                button class="main" { "Log in" }
            }
            p { a href=(path(transaction)) { "Choose another bank" } }
        },
    )
}

pub(super) fn confirm(transaction: &Transaction, bank: Bank, settles: Option<Duration>) -> Page {
    let processing = match settles {
        Some(after) => format!(
            "The shop is told now that the payment is open (AUTHORIZE_REQUEST); the money comes {} seconds later by the \
             simulator's clock, or when you settle the payment in the console.",
            after.as_secs()
        ),
        None => "The shop is told now that the payment is open (AUTHORIZE_REQUEST); it stays so until you settle it \
                 in the console."
            .to_owned(),
    };
    let pay = [
        Button {
            choice: "approve",
            leave: false,
            label: "Pay",
            what: "The shop is told OK, by you and by a notify.",
        },
        Button {
            choice: "processing",
            leave: false,
            label: "Pay, and let the bank take its time",
            what: &processing,
        },
        Button {
            choice: "approve",
            leave: true,
            label: "Pay and close the window",
            what: "The shop is told OK by the notify alone; you never come back.",
        },
    ];
    let do_not = [
        Button {
            choice: "cancel",
            leave: false,
            label: "Cancel",
            what: "You turn back: the shop is told FAILED.",
        },
        Button {
            choice: "decline",
            leave: false,
            label: "Be declined",
            what: "The bank says no: the shop is told FAILED.",
        },
        Button {
            choice: "close",
            leave: false,
            label: "Close the window without paying",
            what: "The shop is told nothing at all.",
        },
    ];
    Page::customer(
        "Confirm the payment",
        html! {
            (summary(transaction))
            p class="quiet" { "From your account at " (bank.name) "." }
            (faults(transaction))
            h2 { "Pay" }
            @for (index, button) in pay.iter().enumerate() { (choice(transaction, button, index == 0)) }
            h2 { "Do not pay" }
            @for button in &do_not { (choice(transaction, button, false)) }
        },
    )
}

/// One way to decide.
struct Button<'a> {
    choice: &'static str,
    leave: bool,
    label: &'static str,
    what: &'a str,
}

fn choice(transaction: &Transaction, button: &Button<'_>, main: bool) -> Markup {
    html! {
        form class="choice" method="post" action=(path(transaction)) {
            @if button.leave { input type="hidden" name="leave" value="1"; }
            button class=[main.then_some("main")] name="choice" value=(button.choice) { (button.label) }
            p class="quiet" { (button.what) }
        }
    }
}

/// The page of a payment that was decided about.
pub(super) fn decided(transaction: &Transaction) -> Page {
    let (title, text) = match transaction.state {
        State::Paid => ("The payment is done", "Nothing is left to do here."),
        State::Failed => {
            ("The payment came to nothing", "Nothing was paid. To try again, go back to the shop.")
        }
        State::Open => ("The payment is being processed", "The bank takes its time. The shop will be told."),
        State::AtBank => ("The payment waits", "Nothing was decided yet."),
    };
    Page::customer(title, html! { p { (text) } (summary(transaction)) })
}

/// The page in place of a way back to the shop.
pub(super) fn closed(transaction: &Transaction) -> Page {
    Page::customer(
        "The window is closed",
        html! {
            p {
                @if transaction.state == State::AtBank {
                    "Nothing was decided, and the shop is told nothing. The payment still waits here: "
                    a href=(path(transaction)) { "open the window again" } "."
                } @else {
                    "The browser does not go back to the shop, which learns of the payment by the notify alone."
                }
            }
            p { "The payment is " (shown::state(transaction.state)) "." }
            (summary(transaction))
        },
    )
}

pub(super) fn no_choice(token: &str) -> Page {
    let here = ["/bank/", token].concat();
    Page::customer(
        "Nothing was chosen",
        html! { p { "The form named none of the choices. " a href=(here) { "Back to the bank" } "." } },
    )
}

pub(super) fn unknown() -> Page {
    Page::customer(
        "There is no such payment",
        html! { p { "The simulator keeps payments only while it runs. To pay, begin again at the shop." } },
    )
}

fn path(transaction: &Transaction) -> String {
    ["/bank/", &transaction.token].concat()
}

fn summary(transaction: &Transaction) -> Markup {
    html! {
        dl {
            dt { "Amount" } dd class="amount" { (shown::money(transaction.money)) }
            dt { "To" } dd { (transaction.mid.as_str()) }
            @if let Some(description) = transaction.sent_value("OrderDesc") {
                dt { "For" } dd { (Written(description)) }
            }
            dt { "The shop's name for it" } dd { (Written(transaction.trans_id.as_str())) }
        }
    }
}

fn other_ways_out(transaction: &Transaction) -> Markup {
    html! {
        form class="choice" method="post" action=(path(transaction)) {
            p { button name="choice" value="cancel" { "Cancel, and go back to the shop" } }
        }
    }
}

/// Whoever tests a shop should not wonder why a payment goes wrong.
fn faults(transaction: &Transaction) -> Markup {
    html! {
        @if transaction.faults.iter().next().is_some() {
            div class="note" {
                p { "What may go wrong with this payment, on purpose:" }
                ul { @for fault in transaction.faults.iter() { li { (shown::sentence(fault.explanation())) } } }
            }
        }
    }
}
