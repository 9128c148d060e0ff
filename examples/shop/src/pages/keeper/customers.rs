//! Which customer, and what was done.

use crate::store::Order;
use maud::{Markup, html};

/// What came of the form that was sent.
#[derive(Default)]
pub struct Searched<'a> {
    /// The address that was typed.
    pub email: &'a str,
    /// Why nothing, or not all, was done.
    pub problem: Option<&'a str>,
    /// The orders as they were before they were erased, and the address that they were made under.
    pub erased: Option<(&'a [Order], &'a str)>,
}

/// The form.
#[must_use]
pub fn customers(searched: &Searched<'_>, csrf: &str) -> Markup {
    let problem = searched.problem;
    let described = match problem {
        Some(_) => "email-error email-help",
        None => "email-help",
    };
    html! {
        @if let Some((orders, email)) = searched.erased { (erased(orders, email)) }
        form method="post" action="/keeper/customers/export" {
            input type="hidden" name="csrf" value=(csrf);
            div.field {
                label for="email" { "E-mail address of a customer" }
                @if let Some(problem) = problem { p.error #email-error role="alert" { (problem) } }
                input #email name="email" type="email" autocomplete="off" required value=(searched.email)
                    aria-describedby=(described) aria-invalid=[problem.map(|_| "true")];
                p.quiet #email-help { "Erasing cannot be taken back. Names and address go; what was bought and paid stays, for the books." }
            }
            p.buttons {
                button.main #customer-export { "Export" }
                button #customer-erase formaction="/keeper/customers/erase" { "Erase" }
            }
        }
    }
}

fn erased(orders: &[Order], email: &str) -> Markup {
    html! {
        div role="status" {
            p.good data-erased=(orders.len()) { "Nobody can tell any more who made these orders." }
            ul.plain {
                @for order in orders {
                    li {
                        a href={ "/keeper/orders/" (order.id) } { "Order " (order.id) }
                        @if order.attempts().any(|attempt| !attempt.want.customer.is(email) && !attempt.want.customer.is_erased()) {
                            ": " span.wait { "it also has tries to pay under another address, which stay. Look whether it is the same customer." }
                        }
                    }
                }
            }
        }
    }
}
