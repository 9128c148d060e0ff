//! The cart.

use super::money;
use crate::store::Item;
use maud::{Markup, html};
use paygate::Money;

/// The lines of the cart, or that it is empty.
#[must_use]
pub fn page(priced: Option<&(Vec<Item>, Money)>, csrf: &str) -> Markup {
    let Some((items, sum)) = priced else {
        return html! { p { "Your cart is empty." } p { a.button href="/" { "Choose some tea" } } };
    };
    html! {
        ul.plain {
            @for item in items {
                li.card {
                    h2 { (item.name) }
                    p.price { (money::units(item.price, sum.currency())) " each" }
                    form.buttons method="post" action="/cart/change" {
                        input type="hidden" name="csrf" value=(csrf);
                        input type="hidden" name="product" value=(item.product);
                        label for={ "quantity-" (item.product) } { "Quantity" span.hidden { " of " (item.name) } }
                        input id={ "quantity-" (item.product) } type="number" name="quantity" min="0" max="99" value=(item.quantity);
                        button id={ "change-" (item.product) } { "Change" span.hidden { " " (item.name) } }
                    }
                }
            }
        }
        p { "Together " strong.price { (money::shown(*sum)) } ". You may pay in another currency; its price is shown next." }
        p.buttons { a.button.main #checkout href="/checkout" { "To the checkout" } a.button href="/" { "More tea" } }
    }
}
