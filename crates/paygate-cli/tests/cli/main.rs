//! The command as other programs see it: arguments, standard streams, exit codes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod batch;
mod code;
mod command;
mod doctor;
mod encrypt_decrypt;
mod env_file;
mod examples;
mod mac;
mod man_completions;
mod open;
mod open_keys;
mod output;
mod params;
mod profile;
mod seal;
mod template;
mod usage;
