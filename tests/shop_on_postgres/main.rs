//! The shop's own tests, on PostgreSQL: the same files but for one, which says where a shop stores. And what two shops do that
//! share a database.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod database;
mod server;
mod two_shops;

#[path = "../../examples/shop/tests/shop/browser.rs"]
mod browser;
#[path = "../../examples/shop/tests/shop/checkout.rs"]
mod checkout;
#[path = "../../examples/shop/tests/shop/customers.rs"]
mod customers;
#[path = "../../examples/shop/tests/shop/faults.rs"]
mod faults;
#[path = "../../examples/shop/tests/shop/hostile.rs"]
mod hostile;
#[path = "../../examples/shop/tests/shop/inquiries.rs"]
mod inquiries;
#[path = "../../examples/shop/tests/shop/keeper.rs"]
mod keeper;
#[path = "../../examples/shop/tests/shop/killed.rs"]
mod killed;
#[path = "../../examples/shop/tests/shop/money.rs"]
mod money;
#[path = "../../examples/shop/tests/shop/program.rs"]
mod program;
#[path = "../../examples/shop/tests/shop/refunds.rs"]
mod refunds;
#[path = "../../examples/shop/tests/shop/whose.rs"]
mod whose;
