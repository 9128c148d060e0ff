//! Refunds in files, from a payment at the simulator to the ledger's last word: over HTTP, SQLite and the disk.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod answers;
mod deaths;
mod mishaps;
mod round_trip;
mod shop;
mod together;
