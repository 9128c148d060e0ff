//! A connection that goes back to its pool only when what was done with it came to its end.

use super::Database;
use crate::InboxError;
use sqlx::pool::PoolConnection;
use sqlx::{Pool, Transaction};
use tokio::task::JoinError;

/// A connection of the pool. Unless it is [given back](Lent::give_back), it is closed, and the database rolls back what was begun.
///
/// sqlx leaves a transaction open on a pooled connection where a future of its `begin_with` is dropped half way, and after a
/// commit that failed it takes SQLite to be in one still. Whoever got such a connection next would write into a transaction that
/// nobody commits, and say that it is stored.
pub(crate) struct Lent<DB: Database> {
    connection: PoolConnection<DB>,
    is_sound: bool,
}

impl<DB: Database> Lent<DB> {
    pub(crate) async fn of(pool: &Pool<DB>) -> Result<Self, InboxError> {
        Ok(Self { connection: pool.acquire().await?, is_sound: false })
    }

    pub(crate) fn connection(&mut self) -> &mut DB::Connection {
        &mut self.connection
    }

    pub(crate) fn give_back(mut self) {
        self.is_sound = true;
    }
}

impl<DB: Database> Drop for Lent<DB> {
    fn drop(&mut self) {
        if !self.is_sound {
            self.connection.close_on_drop();
        }
    }
}

/// Begins a transaction by this statement, in a task of its own: where the caller is dropped meanwhile, the task goes on, and rolls
/// back. For the shop's own transactions in requests that a client may break off.
///
/// `Pool::begin_with` of sqlx 0.8, dropped half way, gives its connection back to the pool with the transaction open. Whoever gets
/// it next writes into a transaction that nobody commits.
///
/// # Errors
///
/// If the database cannot be reached.
pub async fn begin<DB: Database>(
    pool: &Pool<DB>,
    statement: &'static str,
) -> Result<Transaction<'static, DB>, InboxError> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await }).await;
    Ok(begun.map_err(|error: JoinError| sqlx::Error::Io(std::io::Error::other(error)))??)
}
