//! The database: what is stored, in words of the shop. SQL stands below this module and nowhere else.

mod attempts;
mod callbacks;
mod cart;
mod items;
mod keeper;
mod open;
mod orders;
mod payments;
mod people;

pub use attempts::{AttemptRow, NewAttempt};
pub use callbacks::CallbackRow;
pub use cart::CartLine;
pub use items::{Customer, Item, Want};
pub use keeper::Audited;
pub use open::OpenError;
pub use orders::Order;
pub use payments::PaymentRow;
pub use people::PersonRow;

use sqlx::{Sqlite, SqlitePool, Transaction};

/// The shop's tables. Clones share one pool.
#[derive(Clone, Debug)]
pub struct Store {
    pool: SqlitePool,
    demo: bool,
}

/// A change that happens as a whole or not at all.
pub type Change = Transaction<'static, Sqlite>;

/// Something was not read or not written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database says so.
    #[error("the database: {0}")]
    Sql(#[from] sqlx::Error),
    /// A row holds what this program never writes.
    #[error("the table {table} holds a {column} that cannot be read")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
}

impl Store {
    /// Begins a change. It holds the database's one lock for writing from its start, so that what it reads is still so when
    /// it writes.
    ///
    /// # Errors
    ///
    /// If the lock is not to be had in time.
    pub async fn change(&self) -> Result<Change, StoreError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Whether orders are play.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.demo
    }
}
