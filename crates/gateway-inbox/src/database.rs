//! The databases: how a statement is run, and where their dialects differ.

mod dialect;
mod engine;
mod lent;
mod value;

pub(crate) use dialect::Dialect;
pub(crate) use engine::Engine;
pub(crate) use lent::Lent;
pub use lent::begin;
pub(crate) use value::{Cells, Value};

/// A database that can hold an inbox: `sqlx::Sqlite`, `sqlx::Postgres`, or `sqlx::Any` of the two. Closed.
pub trait Database: Engine {}

#[cfg(feature = "sqlite")]
impl Database for sqlx::Sqlite {}

#[cfg(feature = "postgres")]
impl Database for sqlx::Postgres {}

#[cfg(feature = "any")]
impl Database for sqlx::Any {}
