//! A customer's turn: while it lasts, nobody else judges or changes that customer's cart and orders, from this process or
//! another one. What may only be done in a turn asks for one, so that the lock cannot be forgotten.

use super::StoreError;
use super::attempts::folded;
use super::dialect::{Dialect, words};
use paygate::Attempt;
use sqlx::{Any, AnyConnection, Transaction};
use std::ops::{Deref, DerefMut};

/// A change in which it is one customer's turn, until the change ends.
///
/// What is read before the turn was there may be old; only what never changes (which order an attempt is for) is
/// read so. Whose an order is changes when its customer is erased, and is read again once the lock is there. On PostgreSQL the
/// transaction has to be of the level READ COMMITTED, which is what [`Store::change`](super::Store::change) begins.
#[derive(Debug)]
pub struct Turn<'c> {
    change: &'c mut AnyConnection,
    session: String,
}

impl<'c> Turn<'c> {
    /// Waits for the turn of the customer with this browser session.
    ///
    /// # Errors
    ///
    /// If the lock is not to be had in time.
    pub async fn of_session(
        change: &'c mut Transaction<'_, Any>,
        session: impl Into<String>,
    ) -> Result<Self, StoreError> {
        let session = session.into();
        lock(change, &session).await?;
        Ok(Self { change, session })
    }

    /// The turn of the customer whose order's page has this name, where there is one.
    ///
    /// # Errors
    ///
    /// As [`Turn::of_session`].
    pub async fn of_token(
        change: &'c mut Transaction<'_, Any>,
        token: &str,
    ) -> Result<Option<Self>, StoreError> {
        let order = sqlx::query_scalar("SELECT id FROM orders WHERE token = $1").bind(words(token));
        match order.fetch_optional(&mut **change).await? {
            Some(order) => Self::of_order(change, order).await,
            None => Ok(None),
        }
    }

    /// The turn of the customer of an order, where there is one.
    ///
    /// # Errors
    ///
    /// As [`Turn::of_session`].
    pub async fn of_order(
        change: &'c mut Transaction<'_, Any>,
        order: i64,
    ) -> Result<Option<Self>, StoreError> {
        let Some(mut session) = session_of(change, order).await? else { return Ok(None) };
        loop {
            lock(change, &session).await?;
            // Its customer may have been erased while the lock was waited for.
            match session_of(change, order).await? {
                Some(now) if now != session => session = now,
                Some(session) => return Ok(Some(Self { change, session })),
                None => return Ok(None),
            }
        }
    }

    /// The turn of the customer of an attempt, where there is one.
    ///
    /// # Errors
    ///
    /// As [`Turn::of_session`].
    pub async fn of_attempt(
        change: &'c mut Transaction<'_, Any>,
        attempt: &Attempt,
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT order_id FROM attempts WHERE method = $1 AND lower(mid) = $2 AND trans_id = $3";
        let order = sqlx::query_scalar(sql)
            .bind(attempt.method())
            .bind(folded(attempt))
            .bind(attempt.trans_id().as_str());
        match order.fetch_optional(&mut **change).await? {
            Some(order) => Self::of_order(change, order).await,
            None => Ok(None),
        }
    }

    /// Whose turn it is.
    #[must_use]
    pub fn session(&self) -> &str {
        &self.session
    }

    /// The change, and whose turn it is: for a query that needs both.
    pub(super) fn parts(&mut self) -> (&mut AnyConnection, &str) {
        (self.change, &self.session)
    }
}

async fn lock(connection: &mut AnyConnection, session: &str) -> Result<(), StoreError> {
    let sql = Dialect::of(connection).lock();
    sqlx::query(sql).bind(session).execute(connection).await?;
    Ok(())
}

async fn session_of(connection: &mut AnyConnection, order: i64) -> Result<Option<String>, StoreError> {
    let session = sqlx::query_scalar("SELECT session FROM orders WHERE id = $1").bind(order);
    Ok(session.fetch_optional(connection).await?)
}

impl Deref for Turn<'_> {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        self.change
    }
}

impl DerefMut for Turn<'_> {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.change
    }
}
