//! All that people and programs see of the simulator: the bank, the console, the API, the program.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod api;
mod bank;
mod batch;
mod browser;
mod console;
mod guard;
mod inspect;
mod program;
#[path = "../paygate/shop.rs"]
#[allow(dead_code, reason = "the tests of the engine use the rest")]
mod shop;
