//! The simulator's pages, files and API over HTTP.

mod api;
mod bank;
mod console;
mod files;
mod form;
mod guard;
mod page;
pub(crate) mod server;
pub(crate) mod shown;
mod travel;
