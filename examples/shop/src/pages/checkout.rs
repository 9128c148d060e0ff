//! The checkout: each mistake stands at its field, and all of them in a list that is read out first.

use super::money;

use crate::checkout::{COUNTRIES, Field, Filled, Mistake};
use maud::{Markup, html};
use paygate::Money;

/// What the form repeats.
pub struct Hidden {
    /// That it comes from a page of this session.
    pub csrf: String,
    /// What it shows of the cart.
    pub seen: String,
}

struct Form<'a> {
    filled: &'a Filled,
    mistakes: &'a [Mistake],
}

/// The form, as it was filled in.
#[must_use]
pub fn page(sums: &[Option<Money>], filled: &Filled, mistakes: &[Mistake], hidden: &Hidden) -> Markup {
    let form = Form { filled, mistakes };
    html! {
        (summary(mistakes))
        form id=(Field::Form.id()) method="post" action="/checkout" novalidate {
            input type="hidden" name="csrf" value=(hidden.csrf);
            input type="hidden" name="seen" value=(hidden.seen);
            input type="hidden" name="once" value=(filled.once);
            (form.text(Field::FirstName, "First name", &filled.first_name, ("text", "given-name")))
            (form.text(Field::LastName, "Last name", &filled.last_name, ("text", "family-name")))
            (form.text(Field::Email, "E-mail", &filled.email, ("email", "email")))
            (form.country())
            (form.currency(sums))
            (form.sure())
            p { "You are led to Trustly, where you choose your bank. The shop sees no bank data." }
            p.buttons { button.main #pay { "Pay now" } a.button href="/cart" { "Back to the cart" } }
        }
    }
}

/// With `autofocus`, the list takes the focus when the page is loaded: nobody has to look for what is wrong.
fn summary(mistakes: &[Mistake]) -> Markup {
    html! {
        @if !mistakes.is_empty() {
            div.problem #problems role="alert" tabindex="-1" autofocus aria-labelledby="problems-title" {
                h2 #problems-title { "Please look at this again" }
                ul { @for mistake in mistakes { li { a href={ "#" (mistake.field.id()) } { (mistake.text) } } } }
            }
        }
    }
}

impl Form<'_> {
    fn mistake(&self, field: Field) -> Option<&Mistake> {
        self.mistakes.iter().find(|mistake| mistake.field == field)
    }

    fn described_by(&self, field: Field) -> Option<String> {
        self.mistake(field).map(|_| format!("{}-error", field.id()))
    }

    fn error(&self, field: Field) -> Markup {
        html! { @if let Some(mistake) = self.mistake(field) { p.error id={ (field.id()) "-error" } { (mistake.text) } } }
    }

    fn invalid(&self, field: Field) -> Option<&'static str> {
        self.mistake(field).map(|_| "true")
    }

    fn text(&self, field: Field, label: &str, value: &str, (kind, fills): (&str, &str)) -> Markup {
        html! {
            div.field {
                label for=(field.id()) { (label) }
                (self.error(field))
                input id=(field.id()) name=(field.id()) type=(kind) value=(value) maxlength="200" required
                    autocomplete=(fills) aria-invalid=[self.invalid(field)] aria-describedby=[self.described_by(field)];
            }
        }
    }

    fn country(&self) -> Markup {
        let field = Field::Country;
        html! {
            div.field {
                label for=(field.id()) { "Country" }
                (self.error(field))
                select id=(field.id()) name=(field.id()) autocomplete="country" required
                    aria-invalid=[self.invalid(field)] aria-describedby=[self.described_by(field)] {
                    @for (code, name) in &COUNTRIES {
                        option value=(code.as_str()) selected[code.as_str() == self.filled.country] { (name) }
                    }
                }
            }
        }
    }

    /// Only where it is needed.
    fn sure(&self) -> Markup {
        let field = Field::Sure;
        html! {
            @let mistake = self.mistake(field);
            @let is_sure = self.filled.sure == "yes";
            @if mistake.is_some() || is_sure {
                div.field {
                    (self.error(field))
                    @if let Some(order) = mistake.and_then(|mistake| mistake.order.as_ref()) { p { a href={ "/order/" (order) } { "See how your order stands" } } }
                    label.check for=(field.id()) {
                        input id=(field.id()) name=(field.id()) type="checkbox" value="yes" required
                            checked[is_sure] aria-invalid=[self.invalid(field)] aria-describedby=[self.described_by(field)];
                        " I did not pay: take me to Trustly once more"
                    }
                }
            }
        }
    }

    fn currency(&self, sums: &[Option<Money>]) -> Markup {
        let field = Field::Currency;
        html! {
            div.field {
                label for=(field.id()) { "Pay in" }
                (self.error(field))
                select id=(field.id()) name=(field.id()) required
                    aria-invalid=[self.invalid(field)] aria-describedby=[self.described_by(field)] {
                    @for sum in sums.iter().flatten() {
                        @let code = sum.currency();
                        option value=(code.as_str()) selected[code.as_str() == self.filled.currency] { (money::shown(*sum)) }
                    }
                }
            }
        }
    }
}
