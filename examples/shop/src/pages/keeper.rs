//! The shopkeeper's pages.

mod customers;
mod detail;
mod inquiry;
mod lists;
mod refunds;

pub use customers::{Searched, customers};
pub use detail::order;
pub use lists::{audit, orders, people};
pub(crate) use refunds::words;
pub use refunds::{Books, Refused, doubtful};

use maud::{Markup, html};

/// Asks for the password.
#[must_use]
pub fn login(problem: Option<&str>, csrf: &str) -> Markup {
    let described = problem.map(|_| "password-error");
    html! {
        form method="post" action="/keeper" {
            input type="hidden" name="csrf" value=(csrf);
            // For programs that keep passwords: they ask for a name.
            input type="text" name="name" value="shopkeeper" autocomplete="username" hidden;
            div.field {
                label for="password" { "Password" }
                @if let Some(problem) = problem { p.error #password-error role="alert" { (problem) } }
                input #password name="password" type="password" autocomplete="current-password" required
                    aria-describedby=[described] aria-invalid=[problem.map(|_| "true")];
            }
            p { button.main #keeper-login { "Log in" } }
        }
    }
}
