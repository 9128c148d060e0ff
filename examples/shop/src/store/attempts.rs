//! Attempts: what was asked of Paygate, once for each TransID, and how it stands.

use super::orders::{money, stored_amount};
use super::{Change, Store, StoreError};
use crate::state::{Event, Flags, State, Step};
use paygate::{Attempt, Expected, MerchantId, Money, PayId, ReqId, TransId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// An attempt that is to be registered.
#[derive(Clone, Debug)]
pub struct NewAttempt<'a> {
    /// The order that it is for.
    pub order: i64,
    /// The form that asked for it.
    pub once: &'a str,
    /// Method, merchant and TransID.
    pub attempt: Attempt,
    /// Sent again with the same request, so that it is one and the same to Paygate.
    pub req_id: ReqId,
    /// How much.
    pub money: Money,
}

/// An attempt as it stands.
#[derive(Clone, Debug)]
pub struct AttemptRow {
    /// Its number.
    pub id: i64,
    /// The order that it is for.
    pub order: i64,
    /// Method, merchant and TransID.
    pub attempt: Attempt,
    /// Sent again with the same request.
    pub req_id: ReqId,
    /// How much: the attempt's, whatever became of the order.
    pub money: Money,
    /// Paygate's name for the payment, once it was told.
    pub pay_id: Option<PayId>,
    /// How it stands.
    pub state: State,
    /// What is odd.
    pub flags: Flags,
    /// When it was made, in UTC.
    pub created_at: String,
}

impl AttemptRow {
    /// What an answer must say: built from this row and nothing else.
    #[must_use]
    pub fn expected(&self) -> Expected {
        let expected = Expected::of(self.attempt, self.money);
        self.pay_id.map_or(expected, |pay_id| expected.pinned(pay_id))
    }

    fn read(row: &SqliteRow) -> Result<Self, StoreError> {
        let unreadable = |column| StoreError::Unreadable { table: "attempts", column };
        let text = |column| row.try_get::<&str, _>(column);
        let mid = MerchantId::new(text("mid")?).map_err(|_| unreadable("mid"))?;
        let trans_id = TransId::new(text("trans_id")?).map_err(|_| unreadable("trans_id"))?;
        let pay_id = row.try_get::<Option<&str>, _>("pay_id")?.map(PayId::new).transpose();
        Ok(Self {
            id: row.try_get("id")?,
            order: row.try_get("order_id")?,
            attempt: Attempt::named(text("method")?, mid, trans_id).ok_or(unreadable("method"))?,
            req_id: ReqId::new(text("req_id")?).map_err(|_| unreadable("req_id"))?,
            money: money(row, "attempts")?,
            pay_id: pay_id.map_err(|_| unreadable("pay_id"))?,
            state: State::named(text("state")?).ok_or(unreadable("state"))?,
            flags: Flags::from_stored(row.try_get("flags")?),
            created_at: row.try_get("created_at")?,
        })
    }
}

impl Store {
    /// Registers an attempt; a TransID that was used before is an error.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn register(
        &self,
        change: &mut Change,
        new: &NewAttempt<'_>,
    ) -> Result<AttemptRow, StoreError> {
        let sql =
            "INSERT INTO attempts (order_id, once, method, mid, trans_id, req_id, amount, currency, state)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *";
        let row = sqlx::query(sql)
            .bind(new.order)
            .bind(new.once)
            .bind(new.attempt.method())
            .bind(new.attempt.mid().as_str())
            .bind(new.attempt.trans_id().as_str())
            .bind(new.req_id.as_str())
            .bind(stored_amount(new.money.amount().units()))
            .bind(new.money.currency().as_str())
            .bind(State::Created.name())
            .fetch_one(&mut **change)
            .await?;
        AttemptRow::read(&row)
    }

    /// The attempt that this form made before, with its order.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn attempt_of_form(
        &self,
        change: &mut Change,
        once: &str,
    ) -> Result<Option<(AttemptRow, super::Order)>, StoreError> {
        let row =
            sqlx::query("SELECT * FROM attempts WHERE once = ?").bind(once).fetch_optional(&mut **change);
        let Some(row) = row.await? else { return Ok(None) };
        let attempt = AttemptRow::read(&row)?;
        let order = super::orders::by_id(change, attempt.order).await?;
        Ok(order.map(|order| (attempt, order)))
    }

    /// The order's token for an attempt: where its customer's browser is led.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn token_of_attempt(&self, attempt: &Attempt) -> Result<Option<String>, StoreError> {
        let sql = "SELECT token FROM orders JOIN attempts ON orders.id = order_id
                   WHERE method = ? AND mid = ? COLLATE NOCASE AND trans_id = ?";
        let token = sqlx::query_scalar(sql)
            .bind(attempt.method())
            .bind(attempt.mid().as_str())
            .bind(attempt.trans_id().as_str());
        Ok(token.fetch_optional(&self.pool).await?)
    }

    /// Writes down that the shopkeeper gave the money of a paid attempt back; whether there was such an attempt.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn given_back(&self, order: i64, attempt: i64) -> Result<bool, StoreError> {
        let mut change = self.change().await?;
        let paid = of_order(&mut change, order).await?;
        let Some(paid) = paid.iter().find(|known| known.id == attempt && known.state == State::Paid) else {
            return Ok(false);
        };
        self.step(&mut change, paid, paid.state.after(Event::Refunded), None).await?;
        change.commit().await?;
        Ok(true)
    }

    /// Writes what an event made of an attempt.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn step(
        &self,
        change: &mut Change,
        attempt: &AttemptRow,
        step: Step,
        pay_id: Option<&PayId>,
    ) -> Result<(), StoreError> {
        let sql =
            "UPDATE attempts SET state = ?, flags = flags | ?, pay_id = coalesce(pay_id, ?) WHERE id = ?";
        sqlx::query(sql)
            .bind(step.state.name())
            .bind(step.flags.stored())
            .bind(pay_id.map(PayId::as_str))
            .bind(attempt.id)
            .execute(&mut **change)
            .await?;
        Ok(())
    }
}

pub(super) async fn of_order(change: &mut Change, order: i64) -> Result<Vec<AttemptRow>, StoreError> {
    let rows = sqlx::query("SELECT * FROM attempts WHERE order_id = ? ORDER BY id").bind(order);
    rows.fetch_all(&mut **change).await?.iter().map(AttemptRow::read).collect()
}

/// Paygate may fold the case of the merchant's id; whoever can sign for one spelling can sign for the other.
pub(super) async fn named(change: &mut Change, attempt: &Attempt) -> Result<Option<AttemptRow>, StoreError> {
    let sql = "SELECT * FROM attempts WHERE method = ? AND mid = ? COLLATE NOCASE AND trans_id = ?";
    let row = sqlx::query(sql)
        .bind(attempt.method())
        .bind(attempt.mid().as_str())
        .bind(attempt.trans_id().as_str())
        .fetch_optional(&mut **change)
        .await?;
    row.as_ref().map(AttemptRow::read).transpose()
}

/// Whether another attempt has this payment already.
pub(super) async fn is_taken(
    change: &mut Change,
    attempt: &AttemptRow,
    pay_id: &PayId,
) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM attempts WHERE mid = ? AND pay_id = ? AND id <> ?)";
    let taken =
        sqlx::query_scalar(sql).bind(attempt.attempt.mid().as_str()).bind(pay_id.as_str()).bind(attempt.id);
    Ok(taken.fetch_one(&mut **change).await?)
}
