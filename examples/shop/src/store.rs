//! The database: what is stored, in words of the shop. SQL stands below this module and nowhere else.

mod attempts;
mod callbacks;
mod cart;
mod customers;
mod dialect;
mod inquiries;
mod items;
mod keeper;
mod open;
mod orders;
mod payments;
mod people;
mod place;
mod refunds;
mod settling;
mod turn;

pub use attempts::{AttemptRow, NewAttempt};
pub use callbacks::CallbackRow;
pub use cart::CartLine;
pub use customers::{NoteRow, Unsettled};
pub use inquiries::{Answer, Asked, InquiryRow, Told};
pub use items::{Customer, Item, Want};
pub use keeper::Audited;
pub use open::OpenError;
pub use orders::Order;
pub use payments::PaymentRow;
pub use people::PersonRow;
pub use place::{BadDatabaseUrl, Place};
pub use refunds::{RefundOf, key_of, paid_payment};
pub use settling::NotWritten;
pub use turn::Turn;

pub(crate) use place::server;

use dialect::Dialect;
use gateway_inbox::Inbox;
use sqlx::{Any, AnyPool, Transaction};

/// The shop's tables. Clones share one pool.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
    inbox: Inbox<Any>,
    dialect: Dialect,
    demo: bool,
}

/// A change that happens as a whole or not at all.
pub type Change = Transaction<'static, Any>;

/// Something was not read or not written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database says so.
    #[error("the database: {0}")]
    Sql(#[from] sqlx::Error),
    /// The inbox, which is in the same database, says so.
    #[error(transparent)]
    Inbox(#[from] gateway_inbox::InboxError),
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
    /// Begins a change. What is read in it is still so when it writes only as far as it is a customer's [`Turn`].
    ///
    /// # Errors
    ///
    /// If there is no connection in time; on SQLite, if the lock is not to be had.
    pub async fn change(&self) -> Result<Change, StoreError> {
        Ok(gateway_inbox::begin(&self.pool, self.dialect.change()).await?)
    }

    /// Begins to read what belongs together: all of it is of one moment.
    async fn look(&self) -> Result<Change, StoreError> {
        Ok(gateway_inbox::begin(&self.pool, self.dialect.look()).await?)
    }

    /// Where callbacks are stored before they are acknowledged: in the same database.
    #[must_use]
    pub fn inbox(&self) -> &Inbox<Any> {
        &self.inbox
    }

    /// Whether orders are play.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.demo
    }
}
