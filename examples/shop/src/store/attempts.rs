//! Attempts: what was asked of Paygate, once for each TransID.

use super::dialect::words;
use super::items::{Customer, Item, Want};
use super::payments::{self, PaymentRow};
use super::{Store, StoreError, Turn, inquiries, items};
use crate::state::{Event, State, Tried};
use paygate::{Attempt, Expected, MerchantId, ReqId, TransId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

/// An attempt that is to be registered.
#[derive(Clone, Debug)]
pub struct NewAttempt<'a> {
    /// The order that it is for.
    pub order: i64,
    /// The form that asked for it.
    pub once: &'a str,
    /// Method, merchant and TransID.
    pub attempt: Attempt,
    /// Sent again with the same request.
    pub req_id: ReqId,
    /// What for.
    pub want: &'a Want,
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
    /// Sent again with the same request. Paygate carries out a finished request once; one that is followed twice before it is
    /// finished makes two payments.
    pub req_id: ReqId,
    /// What for: the attempt's, whatever the customer wants by now.
    pub want: Want,
    /// How it stood before Paygate said anything.
    pub state: State,
    /// What Paygate made of it.
    pub payments: Vec<PaymentRow>,
    /// When it was made, in UTC.
    pub created_at: String,
    /// How long ago that is, in seconds.
    pub age: i64,
}

impl AttemptRow {
    /// What an answer must say: built from this row and nothing else.
    #[must_use]
    pub fn expected(&self) -> Expected {
        Expected::of(self.attempt, self.want.costs)
    }

    /// What it comes to, beside what the customer wants now.
    pub(super) fn tried(&self, wanted: &Want) -> Tried {
        let payments = self.payments.iter().map(|payment| (payment.state, payment.flags)).collect();
        Tried { is_current: self.want.is_worth(wanted), state: self.state, payments }
    }
}

/// The columns of an attempt, and its age.
macro_rules! select_attempts {
    ($condition:literal) => {
        concat!(
            "SELECT id, order_id, method, mid, trans_id, req_id, first_name, last_name, email, country, amount, currency,
                    state, datetime(created_at) AS created_at, unixepoch() - unixepoch(created_at) AS age
             FROM attempts ",
            $condition
        )
    };
}

async fn whole(connection: &mut AnyConnection, row: &AnyRow) -> Result<AttemptRow, StoreError> {
    let unreadable = |column| StoreError::Unreadable { table: "attempts", column };
    let text = |column| row.try_get::<&str, _>(column);
    let mid = MerchantId::new(text("mid")?).map_err(|_| unreadable("mid"))?;
    let trans_id = TransId::new(text("trans_id")?).map_err(|_| unreadable("trans_id"))?;
    let id = row.try_get("id")?;
    let want = Want {
        customer: Customer {
            first_name: row.try_get("first_name")?,
            last_name: row.try_get("last_name")?,
            email: row.try_get("email")?,
            country: row.try_get("country")?,
        },
        items: items::of_attempt(connection, id).await?,
        costs: items::money(row)?,
    };
    Ok(AttemptRow {
        id,
        order: row.try_get("order_id")?,
        attempt: Attempt::named(text("method")?, mid, trans_id).ok_or(unreadable("method"))?,
        req_id: ReqId::new(text("req_id")?).map_err(|_| unreadable("req_id"))?,
        want,
        state: State::named(text("state")?).ok_or(unreadable("state"))?,
        payments: payments::of_attempt(connection, id).await?,
        created_at: row.try_get("created_at")?,
        age: row.try_get("age")?,
    })
}

impl Store {
    /// Registers an attempt; a TransID that was used before is an error.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn register(
        &self,
        turn: &mut Turn<'_>,
        new: &NewAttempt<'_>,
    ) -> Result<AttemptRow, StoreError> {
        let sql = "INSERT INTO attempts (order_id, once, method, mid, trans_id, req_id, first_name, last_name, email,
                                         country, amount, currency, state)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id";
        let Want { customer, items, costs } = new.want;
        let id: i64 = sqlx::query_scalar(sql)
            .bind(new.order)
            .bind(new.once)
            .bind(new.attempt.method())
            .bind(new.attempt.mid().as_str())
            .bind(new.attempt.trans_id().as_str())
            .bind(new.req_id.as_str())
            .bind(words(&customer.first_name))
            .bind(words(&customer.last_name))
            .bind(&customer.email)
            .bind(&customer.country)
            .bind(items::stored_amount(costs.amount().units()))
            .bind(costs.currency().as_str())
            .bind(State::Created.name())
            .fetch_one(&mut **turn)
            .await?;
        for Item { product, name, quantity, price } in items {
            sqlx::query(
                "INSERT INTO items (attempt_id, product, name, quantity, price) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(id)
            .bind(product)
            .bind(name)
            .bind(i64::from(*quantity))
            .bind(items::stored_amount(*price))
            .execute(&mut **turn)
            .await?;
        }
        let row = sqlx::query(select_attempts!("WHERE id = $1")).bind(id).fetch_one(&mut **turn).await?;
        whole(turn, &row).await
    }

    /// The customer is sent to Paygate.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn redirected(&self, turn: &mut Turn<'_>, attempt: &AttemptRow) -> Result<(), StoreError> {
        let state = attempt.state.after(Event::Redirected).state;
        let sql = "UPDATE attempts SET state = $1 WHERE id = $2";
        sqlx::query(sql).bind(state.name()).bind(attempt.id).execute(&mut **turn).await?;
        inquiries::begin(turn, attempt, None).await
    }

    /// The attempt that this form made before, with its order.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn attempt_of_form(
        &self,
        turn: &mut Turn<'_>,
        once: &str,
    ) -> Result<Option<(AttemptRow, super::Order)>, StoreError> {
        let row = sqlx::query(select_attempts!("WHERE once = $1")).bind(once);
        let Some(row) = row.fetch_optional(&mut **turn).await? else { return Ok(None) };
        let attempt = whole(turn, &row).await?;
        let order = super::orders::by_id(turn, attempt.order).await?;
        Ok(order.map(|order| (attempt, order)))
    }

    /// The order's token for an attempt: where its customer's browser is led.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn token_of_attempt(&self, attempt: &Attempt) -> Result<Option<String>, StoreError> {
        let sql = "SELECT token FROM orders JOIN attempts ON orders.id = order_id
                   WHERE method = $1 AND lower(mid) = $2 AND trans_id = $3";
        let token = sqlx::query_scalar(sql)
            .bind(attempt.method())
            .bind(folded(attempt))
            .bind(attempt.trans_id().as_str());
        Ok(token.fetch_optional(&self.pool).await?)
    }
}

pub(super) async fn of_order(
    connection: &mut AnyConnection,
    order: i64,
) -> Result<Vec<AttemptRow>, StoreError> {
    let rows = sqlx::query(select_attempts!("WHERE order_id = $1 ORDER BY id")).bind(order);
    let rows = rows.fetch_all(&mut *connection).await?;
    let mut attempts = Vec::with_capacity(rows.len());
    for row in &rows {
        attempts.push(whole(connection, row).await?);
    }
    Ok(attempts)
}

/// The merchant's id as it is looked for. Paygate may fold its case; whoever can sign for one spelling can sign for the other.
pub(super) fn folded(attempt: &Attempt) -> String {
    attempt.mid().as_str().to_ascii_lowercase()
}

pub(super) async fn named(
    connection: &mut AnyConnection,
    attempt: &Attempt,
) -> Result<Option<AttemptRow>, StoreError> {
    let sql = select_attempts!("WHERE method = $1 AND lower(mid) = $2 AND trans_id = $3");
    let row = sqlx::query(sql)
        .bind(attempt.method())
        .bind(folded(attempt))
        .bind(attempt.trans_id().as_str())
        .fetch_optional(&mut *connection)
        .await?;
    match row {
        Some(row) => Ok(Some(whole(connection, &row).await?)),
        None => Ok(None),
    }
}
