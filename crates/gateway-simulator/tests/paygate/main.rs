//! The stand-in for Paygate, over HTTP, against a shop that records what it gets.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod batch;
mod faults;
mod follow_ups;
mod notify;
mod payment;
mod refusals;
mod shop;
mod wire;
