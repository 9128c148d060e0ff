//! The neutral page that browsers come to whose callback says nothing that can be believed.

use crate::store::Order;
use maud::{Markup, html};

/// What is true in any case, and the orders that this browser has made.
#[must_use]
pub fn page(orders: &[Order]) -> Markup {
    html! {
        p { "Your bank tells us how your payment went. That takes a moment, at times some hours." }
        p { "If you have paid, do not pay again." }
        @if orders.is_empty() {
            p { "The page of your order says how it stands." }
        } @else {
            h2 { "Your orders" }
            ul { @for order in orders { li { a href={ "/order/" (order.token) } { "Order " (order.id) ", " (super::money::shown(order.want().costs)) } } } }
        }
        p { a href="/" { "To the shop" } }
    }
}
