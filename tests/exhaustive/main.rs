//! Every way in which a few callbacks, two workers, a refund and a few deaths can come together: all of them are walked, on the
//! shop's own code and a real database, and each step is held against the rules for money.
//!
//! The walks are graphs: a content of the database that was seen before is not walked again. `EXHAUSTIVE=long` walks more at
//! once. Each walk tells on standard error how many states and steps it had, also where it passes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod bites;
mod callbacks;
mod content;
mod deaths;
mod deeds;
mod event;
mod fencing;
mod gateway;
mod hands;
mod keeper;
mod machine;
mod money_back;
mod mutant;
mod perform;
mod refunds;
mod rules;
mod tables;
mod teller;
mod walk;
mod world;
