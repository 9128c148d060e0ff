//! Customers: the orders of an e-mail address, and how who made them is forgotten.

use super::attempts::{AttemptRow, folded};
use super::items::Customer;
use super::refunds::key_of;
use super::{Order, Store, StoreError, Turn, keeper, orders};
use crate::reconciler::schedule;
use crate::state::State;
use gateway_inbox::paygate::attempt_key;
use gateway_inbox::{RefundRow, RefundState};
use sqlx::{AnyConnection, Row};
use std::fmt;

/// What stands in the place of a name and of an address. No checked address is like it.
const ERASED: &str = "-";

/// Why a customer cannot be forgotten yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsettled {
    /// Money may still come.
    Payment,
    /// Something that Paygate told is not handled.
    Callback,
    /// Somebody has to look at it.
    Person,
    /// Money may still go back.
    Refund,
}

impl fmt::Display for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Payment => "still waits for a payment, and money may still come",
            Self::Callback => "has a callback that is not handled yet",
            Self::Person => "needs a person, who may have to write to the customer",
            Self::Refund => "has a refund that is not settled",
        })
    }
}

/// What a shopkeeper wrote about a matter of an attempt.
#[derive(Clone, Debug)]
pub struct NoteRow {
    id: i64,
    /// Why a person was asked.
    pub reason: String,
    /// When, in UTC.
    pub created_at: String,
    /// What was written.
    pub note: String,
}

impl Customer {
    /// Whether nobody knows any more who it was.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.email == ERASED
    }

    /// Whether it is the one with this address, however its letters are written.
    #[must_use]
    pub fn is(&self, email: &str) -> bool {
        !self.is_erased() && self.email.eq_ignore_ascii_case(email)
    }

    fn is_named_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let words = [&self.first_name, &self.last_name, &self.email];
        words
            .iter()
            .map(|word| word.trim().to_lowercase())
            .any(|word| !word.is_empty() && text.contains(&word))
    }
}

impl Order {
    /// The tries to pay that were made under an address.
    pub fn attempts_of(&self, email: &str) -> impl Iterator<Item = &AttemptRow> {
        self.attempts().filter(move |attempt| attempt.want.customer.is(email))
    }

    /// Whether another attempt may be made. Nobody pays for an order of which nobody knows whose it is.
    #[must_use]
    pub fn may_pay_again(&self) -> bool {
        self.view().may_pay_again() && !self.want().customer.is_erased()
    }
}

impl Store {
    /// The orders with an attempt under this address, oldest first.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn orders_of(&self, email: &str) -> Result<Vec<Order>, StoreError> {
        let mut look = self.look().await?;
        let folded = self.dialect.folded_email();
        let sql = format!("SELECT DISTINCT order_id FROM attempts WHERE {folded} = $1 ORDER BY order_id");
        let ids = sqlx::query_scalar(&sql).bind(email.to_ascii_lowercase());
        let ids: Vec<i64> = ids.fetch_all(&mut *look).await?;
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            found.extend(orders::by_id(&mut look, id).await?);
        }
        Ok(found)
    }

    /// What shopkeepers wrote about an attempt.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn notes(&self, attempt: &AttemptRow) -> Result<Vec<NoteRow>, StoreError> {
        notes(&mut *self.pool.acquire().await?, attempt).await
    }

    /// Why an order cannot be forgotten yet, if there is a reason.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn unsettled(&self, order: &Order, email: &str) -> Result<Option<Unsettled>, StoreError> {
        for attempt in order.attempts_of(email) {
            let stored = self.inbox.export(&attempt_key(&attempt.attempt)).await?;
            if stored.iter().any(|callback| callback.done_at.is_none()) {
                return Ok(Some(Unsettled::Callback));
            }
        }
        self.unsettled_in(&mut *self.look().await?, order).await
    }

    async fn unsettled_in(
        &self,
        connection: &mut AnyConnection,
        order: &Order,
    ) -> Result<Option<Unsettled>, StoreError> {
        if order.needs_a_person {
            return Ok(Some(Unsettled::Person));
        }
        let waits = |attempt: &AttemptRow| {
            let untold = attempt.payments.is_empty() && attempt.state == State::Redirected;
            untold || attempt.payments.iter().any(|payment| payment.state == State::Open)
        };
        if order.attempts().any(|attempt| schedule::next(attempt.age).is_some() && waits(attempt)) {
            return Ok(Some(Unsettled::Payment));
        }
        for (attempt, payment) in order.payments() {
            let refunds = self.ledger().of_in(connection, &key_of(attempt, payment)).await?;
            let is_settled = |row: &RefundRow| matches!(row.state, RefundState::Done | RefundState::Refused);
            if !refunds.rows.iter().all(is_settled) {
                return Ok(Some(Unsettled::Refund));
            }
        }
        Ok(None)
    }

    /// Forgets who made an order, as far as it was made under this address, and leads the browser's cookie nowhere: `session` is
    /// the name of nobody's browser. What was bought and paid stays. `part` says how many of the customer's orders this makes.
    ///
    /// # Errors
    ///
    /// If it is not written; inside, why it must not be yet.
    pub async fn erase(
        &self,
        order: i64,
        email: &str,
        session: &str,
        (part, all): (usize, usize),
    ) -> Result<Result<(), Unsettled>, StoreError> {
        let mut change = self.change().await?;
        let Some(mut turn) = Turn::of_order(&mut change, order).await? else { return Ok(Ok(())) };
        // Read in the turn: a callback may have come since the keeper's page looked.
        let Some(known) = orders::by_id(&mut turn, order).await? else { return Ok(Ok(())) };
        if let Some(why) = self.unsettled_in(&mut turn, &known).await? {
            return Ok(Err(why));
        }
        for attempt in known.attempts_of(email) {
            erase_attempt(&mut turn, attempt).await?;
        }
        leave_the_browser(&mut turn, order, session).await?;
        keeper::audit(&mut turn, &format!("erased who made order {order}: {part} of {all}")).await?;
        change.commit().await?;
        // Sealed bytes that the keys of today can open. If this fails, the purge does it later.
        for attempt in known.attempts_of(email) {
            let erased = self.inbox.erase(&attempt_key(&attempt.attempt)).await?;
            if erased.unfinished > 0 {
                tracing::warn!(target: "shop", order, "a callback came while its customer was erased: it is purged later");
            }
            for payment in &attempt.payments {
                // All are settled, by what was read in the turn.
                let _ = self.ledger().erase(&key_of(attempt, payment)).await?;
            }
        }
        Ok(Ok(()))
    }
}

async fn erase_attempt(turn: &mut Turn<'_>, attempt: &AttemptRow) -> Result<(), StoreError> {
    let sql = "UPDATE attempts SET first_name = $1, last_name = $1, email = $1 WHERE id = $2";
    sqlx::query(sql).bind(ERASED).bind(attempt.id).execute(&mut **turn).await?;
    let sql = "UPDATE callbacks SET description = '' WHERE method = $1 AND lower(mid) = $2 AND trans_id = $3";
    sqlx::query(sql)
        .bind(attempt.attempt.method())
        .bind(folded(&attempt.attempt))
        .bind(attempt.attempt.trans_id().as_str())
        .execute(&mut **turn)
        .await?;
    // What was done with the money stays, unless it says whose.
    for note in notes(turn, attempt).await? {
        if attempt.want.customer.is_named_in(&note.note) {
            let sql = "UPDATE people SET note = $1 WHERE id = $2";
            sqlx::query(sql).bind(ERASED).bind(note.id).execute(&mut **turn).await?;
        }
    }
    Ok(())
}

async fn leave_the_browser(turn: &mut Turn<'_>, order: i64, session: &str) -> Result<(), StoreError> {
    let (connection, before) = turn.parts();
    for sql in ["DELETE FROM carts WHERE session = $1", "DELETE FROM cart_items WHERE session = $1"] {
        sqlx::query(sql).bind(before).execute(&mut *connection).await?;
    }
    let sql = "UPDATE orders SET session = $1 WHERE id = $2";
    sqlx::query(sql).bind(session).bind(order).execute(connection).await?;
    Ok(())
}

async fn notes(connection: &mut AnyConnection, attempt: &AttemptRow) -> Result<Vec<NoteRow>, StoreError> {
    let sql = "SELECT people.id, reason, datetime(people.created_at) AS created_at, note
               FROM people LEFT JOIN callbacks c ON c.id = callback_id LEFT JOIN inquiries i ON i.id = inquiry_id
               WHERE note IS NOT NULL AND coalesce(c.method, i.method) = $1
               AND lower(coalesce(c.mid, i.mid)) = $2 AND coalesce(c.trans_id, i.trans_id) = $3 ORDER BY people.id";
    let rows = sqlx::query(sql)
        .bind(attempt.attempt.method())
        .bind(folded(&attempt.attempt))
        .bind(attempt.attempt.trans_id().as_str());
    let mut notes = Vec::new();
    for row in rows.fetch_all(connection).await? {
        notes.push(NoteRow {
            id: row.try_get("id")?,
            reason: row.try_get("reason")?,
            created_at: row.try_get("created_at")?,
            note: row.try_get("note")?,
        });
    }
    Ok(notes)
}
