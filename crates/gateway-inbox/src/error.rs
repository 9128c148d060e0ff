//! Why the inbox or the ledger cannot do a thing.

use std::sync::Arc;

/// Something was not read or not written.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InboxError {
    /// The database says so. One error may be the answer to several who wrote at once.
    #[error("the database: {0}")]
    Database(#[source] Arc<sqlx::Error>),
    /// The tables are those of a newer program, whose rules this one does not know.
    #[error("the tables gateway_… have version {found}, and this program knows them up to version {known}")]
    Newer {
        /// What was found.
        found: i64,
        /// What is known.
        known: i64,
    },
    /// A row holds what this program never writes.
    #[error("the table {table} holds a {column} that cannot be read")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A file of another gateway or account has this name: which of the two an answer is of, could not be told.
    #[error("a file of another gateway or account has this name")]
    OtherFile,
    /// The driver `Any` has connected to a database other than SQLite and PostgreSQL.
    #[error("the database is neither SQLite nor PostgreSQL")]
    Dialect,
}

impl From<sqlx::Error> for InboxError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Arc::new(error))
    }
}
