//! The transport over real sockets, and everything that goes wrong with them.
#![cfg(feature = "reqwest")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

mod body_limits;
mod courier;
mod destinations;
mod environment;
mod faults;
mod proxies;
mod redirects;
mod secrets;
mod timeouts;
mod tls;
mod what_is_sent;

mod certificates;
mod gateway;
