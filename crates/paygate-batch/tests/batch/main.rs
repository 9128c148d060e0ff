//! Files as a shop sees them: written, read, damaged, answered.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

mod damage;
mod given;
mod golden;
mod guard;
mod identity;
mod misuse;
mod outbox;
mod reconcile;
mod rules;
mod shapes;
