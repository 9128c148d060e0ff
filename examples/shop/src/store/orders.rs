//! Orders: all attempts at one cart.

use super::attempts::{self, AttemptRow};
use super::items::Want;
use super::payments::PaymentRow;
use super::{Change, Store, StoreError, people};
use crate::state::{self, OrderView, State};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// An order, with its attempts.
#[derive(Clone, Debug)]
pub struct Order {
    /// The number that people say.
    pub id: i64,
    /// Names its page.
    pub token: String,
    /// Whether it is play.
    pub demo: bool,
    /// When it was made, in UTC.
    pub created_at: String,
    /// The tries to pay before the newest, oldest first.
    pub earlier: Vec<AttemptRow>,
    /// The newest try.
    pub newest: AttemptRow,
    /// Whether it waits for somebody who looks at it.
    pub needs_a_person: bool,
}

impl Order {
    /// What the customer wants now.
    #[must_use]
    pub fn want(&self) -> &Want {
        &self.newest.want
    }

    /// Every try to pay, oldest first.
    pub fn attempts(&self) -> impl Iterator<Item = &AttemptRow> {
        self.earlier.iter().chain([&self.newest])
    }

    /// All that Paygate made of it, each with its attempt.
    pub fn payments(&self) -> impl Iterator<Item = (&AttemptRow, &PaymentRow)> {
        self.attempts().flat_map(|attempt| attempt.payments.iter().map(move |payment| (attempt, payment)))
    }

    /// How it stands.
    #[must_use]
    pub fn view(&self) -> OrderView {
        let tried: Vec<_> = self.attempts().map(|attempt| attempt.tried(self.want())).collect();
        state::view(&tried, self.needs_a_person)
    }
}

impl Store {
    /// How many orders are listed at once.
    pub const PAGE: u32 = 100;

    /// The order whose page has this name.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn order_by_token(&self, token: &str) -> Result<Option<Order>, StoreError> {
        let mut change = self.pool.begin().await?;
        self.order_of_change(&mut change, token).await
    }

    /// The same, inside of a change.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn order_of_change(
        &self,
        change: &mut Change,
        token: &str,
    ) -> Result<Option<Order>, StoreError> {
        let row = sqlx::query("SELECT * FROM orders WHERE token = ?").bind(token);
        found(row.fetch_optional(&mut **change).await?, change).await
    }

    /// The order of this number.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn order(&self, id: i64) -> Result<Option<Order>, StoreError> {
        let mut change = self.pool.begin().await?;
        by_id(&mut change, id).await
    }

    /// The newest orders, of a browser or of all; up to [`Self::PAGE`], with numbers below `before`.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn orders(&self, session: Option<&str>, before: Option<i64>) -> Result<Vec<Order>, StoreError> {
        let mut change = self.pool.begin().await?;
        let sql = "SELECT * FROM orders WHERE (?1 IS NULL OR session = ?1) AND (?2 IS NULL OR id < ?2)
                   ORDER BY id DESC LIMIT ?3";
        let rows = sqlx::query(sql).bind(session).bind(before).bind(Self::PAGE);
        let rows = rows.fetch_all(&mut *change).await?;
        let mut orders = Vec::with_capacity(rows.len());
        for row in rows {
            orders.push(whole(&mut change, &row).await?);
        }
        Ok(orders)
    }

    /// The token of an order with which this browser may be at the bank since less than an hour.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn order_at_the_bank(
        &self,
        change: &mut Change,
        session: &str,
    ) -> Result<Option<String>, StoreError> {
        let sql = "SELECT token FROM orders JOIN attempts ON orders.id = order_id
                   WHERE session = ? AND state = ? AND unixepoch() - unixepoch(attempts.created_at) < 3600
                   AND NOT EXISTS (SELECT 1 FROM payments WHERE attempt_id = attempts.id)
                   ORDER BY attempts.id DESC LIMIT 1";
        let token = sqlx::query_scalar(sql).bind(session).bind(State::Redirected.name());
        Ok(token.fetch_optional(&mut **change).await?)
    }

    /// The order that a browser's cart became before, as long as its money is neither there nor on its way.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn order_of_cart(
        &self,
        change: &mut Change,
        session: &str,
    ) -> Result<Option<Order>, StoreError> {
        let sql =
            "SELECT orders.* FROM orders JOIN carts ON carts.order_id = orders.id WHERE carts.session = ?";
        let row = sqlx::query(sql).bind(session);
        found(row.fetch_optional(&mut **change).await?, change).await
    }

    /// Makes an order of a cart, to which an attempt has to be registered in the same change.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn place(&self, change: &mut Change, session: &str, token: &str) -> Result<i64, StoreError> {
        let sql = "INSERT INTO orders (session, token, demo) VALUES (?, ?, ?) RETURNING id";
        let order = sqlx::query_scalar(sql).bind(session).bind(token).bind(self.demo);
        let order = order.fetch_one(&mut **change).await?;
        super::cart::becomes(change, session, order).await?;
        Ok(order)
    }
}

pub(super) async fn by_id(change: &mut Change, id: i64) -> Result<Option<Order>, StoreError> {
    let row = sqlx::query("SELECT * FROM orders WHERE id = ?").bind(id);
    found(row.fetch_optional(&mut **change).await?, change).await
}

async fn found(row: Option<SqliteRow>, change: &mut Change) -> Result<Option<Order>, StoreError> {
    match row {
        Some(row) => Ok(Some(whole(change, &row).await?)),
        None => Ok(None),
    }
}

async fn whole(change: &mut Change, row: &SqliteRow) -> Result<Order, StoreError> {
    let id = row.try_get("id")?;
    let mut earlier = attempts::of_order(change, id).await?;
    let newest = earlier.pop().ok_or(StoreError::Unreadable { table: "orders", column: "id" })?;
    Ok(Order {
        id,
        token: row.try_get("token")?,
        demo: row.try_get("demo")?,
        created_at: row.try_get("created_at")?,
        earlier,
        newest,
        needs_a_person: people::wait_for(change, id).await?,
    })
}
