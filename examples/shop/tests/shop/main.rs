//! The shop over HTTP, against the simulator in its process.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod browser;
mod checkout;
mod customers;
mod database;
mod faults;
mod hostile;
mod inquiries;
mod keeper;
mod killed;
mod money;
mod program;
mod refunds;
mod whose;
