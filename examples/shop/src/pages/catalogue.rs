//! What is sold.

use super::money;
use crate::catalogue::{CURRENCIES, PRODUCTS};
use maud::{Markup, html};

/// All products, each with a button.
#[must_use]
pub fn page(csrf: &str) -> Markup {
    html! {
        p { "Loose leaves and what goes with them. Pay straight from your bank account, with Trustly." }
        ul.products {
            @for product in &PRODUCTS {
                li.card {
                    h2 { (product.name) }
                    p { (product.about) }
                    p.price {
                        @for (index, price) in CURRENCIES.iter().filter_map(|currency| product.price(*currency)).enumerate() {
                            @if index > 0 { " · " }
                            (money::shown(price))
                        }
                    }
                    form method="post" action="/cart" {
                        input type="hidden" name="csrf" value=(csrf);
                        input type="hidden" name="product" value=(product.id);
                        button id={ "add-" (product.id) } { "Add to cart" span.hidden { ": " (product.name) } }
                    }
                }
            }
        }
    }
}
