//! The extractors in a real server, over TCP, by raw requests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

mod anything;
mod body_order;
mod charsets;
mod client;
mod forms;
mod inapplicable;
mod limits;
mod merchants;
mod padding;
mod redirect;
mod refusals;
mod routes;
mod scopes;
mod shop;
mod unread;
