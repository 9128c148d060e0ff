//! What the inbox promises, on PostgreSQL: the same files as its own tests, but for one, which says where the database is.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod database;

#[path = "../../crates/gateway-inbox/tests/acceptance/claims.rs"]
mod claims;
#[path = "../../crates/gateway-inbox/tests/acceptance/deliveries.rs"]
mod deliveries;
#[path = "../../crates/gateway-inbox/tests/acceptance/once.rs"]
mod once;
#[path = "../../crates/gateway-inbox/tests/acceptance/paygate.rs"]
mod paygate;
#[path = "../../crates/gateway-inbox/tests/acceptance/purge.rs"]
mod purge;
#[path = "../../crates/gateway-inbox/tests/acceptance/refunds/mod.rs"]
mod refunds;
#[path = "../../crates/gateway-inbox/tests/acceptance/schema.rs"]
mod schema;
#[path = "../../crates/gateway-inbox/tests/acceptance/unsound.rs"]
mod unsound;
#[path = "../../crates/gateway-inbox/tests/acceptance/worker.rs"]
mod worker;
