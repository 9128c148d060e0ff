//! What holds of the sources themselves: lints and the exceptions from them, no build scripts, and that the table of rules in
//! SECURITY.md names tests that are there.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

mod allowances;
mod clocks;
mod code;
mod members;
mod programs;
mod rules;
mod tree;
