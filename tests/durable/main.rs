//! Callbacks that are handled exactly once: over real sockets, by real processes, on real databases. Processes are killed, the
//! server crashes, the disk fills up, and whoever was not answered with 200 tells it again.
//!
//! `DURABLE=long` does as much as was promised; otherwise as much as fits a run of all tests. Each test writes to standard error
//! what it did, also where it passes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod arrivals;
mod crash;
mod database;
mod effects;
mod full_disk;
mod kills;
mod once;
mod orders;
mod paygate;
mod program;
mod replay;
mod scale;
mod upgrade;

#[cfg(feature = "nginx")]
mod behind_nginx;
