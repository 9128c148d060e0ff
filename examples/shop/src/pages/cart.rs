//! The cart.

use super::money;
use crate::store::Item;
use maud::{Markup, html};
use paygate::Money;

/// The lines of the cart, or that it is empty. `wrong` is the product whose quantity is none.
#[must_use]
pub fn page(priced: Option<&(Vec<Item>, Money)>, wrong: Option<&str>, csrf: &str) -> Markup {
    let Some((items, sum)) = priced else {
        return html! { p { "Your cart is empty." } p { a.button href="/" { "Choose some tea" } } };
    };
    html! {
        ul.plain {
            @for item in items {
                @let is_wrong = wrong == Some(item.product.as_str());
                li.card {
                    h2 { (item.name) }
                    p.price { (money::units(item.price, sum.currency())) " each" }
                    @if is_wrong { p.error id={ "error-" (item.product) } role="alert" { "Enter a number from 0 to 99" } }
                    form.buttons method="post" action="/cart/change" {
                        input type="hidden" name="csrf" value=(csrf);
                        input type="hidden" name="product" value=(item.product);
                        label for={ "quantity-" (item.product) } { "Quantity" span.hidden { " of " (item.name) } }
                        input id={ "quantity-" (item.product) } type="number" name="quantity" min="0" max="99" value=(item.quantity)
                            aria-invalid=[is_wrong.then_some("true")] aria-describedby=[is_wrong.then(|| format!("error-{}", item.product))];
                        button id={ "change-" (item.product) } { "Change" span.hidden { " " (item.name) } }
                    }
                }
            }
        }
        p { "Together " strong.price { (money::shown(*sum)) } ". You may pay in another currency; its price is shown next." }
        p.buttons { a.button.main #checkout href="/checkout" { "To the checkout" } a.button href="/" { "More tea" } }
    }
}
