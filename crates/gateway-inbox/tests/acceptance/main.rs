//! The inbox and the ledger as a shop uses them, with real databases: SQLite, or PostgreSQL where `GATEWAY_INBOX_TEST_POSTGRES` is
//! the URL of a server that may be filled with databases.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod database;
mod refunds;
