//! What a courier sends again, and what it does not; without a socket, and without waiting.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

mod credits;
mod inquiries;
mod pauses;
mod report;
mod shared;
mod twice;

mod stand_in;
