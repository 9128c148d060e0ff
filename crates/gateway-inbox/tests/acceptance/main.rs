//! What the inbox promises, on SQLite. The crate `paygate-tests` runs the same files on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod claims;
mod database;
mod deliveries;
mod once;
mod paygate;
mod purge;
mod refunds;
mod schema;
mod unsound;
mod worker;
