//! The simulator's pages and files over HTTP.

mod bank;
mod files;
pub(crate) mod server;
