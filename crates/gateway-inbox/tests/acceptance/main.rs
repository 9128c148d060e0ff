//! What the inbox promises, on SQLite. The crate `paygate-tests` runs the same files on PostgreSQL.

mod claims;
mod database;
mod deliveries;
mod once;
mod paygate;
mod purge;
mod schema;
mod worker;
