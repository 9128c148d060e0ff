//! Orders: all attempts at one cart.

use super::attempts::{self, AttemptRow};
use super::dialect::words;
use super::items::Want;
use super::payments::PaymentRow;
use super::{Store, StoreError, Turn, people};
use crate::state::{self, OrderView, State};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

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

/// The columns of an order.
macro_rules! select_orders {
    ($condition:literal) => {
        concat!("SELECT orders.id, token, demo, datetime(created_at) AS created_at FROM orders ", $condition)
    };
}

impl Store {
    /// How many orders are listed at once.
    pub const PAGE: i64 = 100;

    /// The order whose page has this name.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn order_by_token(&self, token: &str) -> Result<Option<Order>, StoreError> {
        by_token(&mut *self.look().await?, token).await
    }

    /// The same, in its customer's turn.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn order_in_turn(&self, turn: &mut Turn<'_>, token: &str) -> Result<Option<Order>, StoreError> {
        by_token(turn, token).await
    }

    /// The order of this number, in its customer's turn.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn order_of_turn(&self, turn: &mut Turn<'_>, id: i64) -> Result<Option<Order>, StoreError> {
        by_id(turn, id).await
    }

    /// The order of this number.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn order(&self, id: i64) -> Result<Option<Order>, StoreError> {
        by_id(&mut *self.look().await?, id).await
    }

    /// The newest orders, of a browser or of all; up to [`Self::PAGE`], with numbers below `before`.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn orders(&self, session: Option<&str>, before: Option<i64>) -> Result<Vec<Order>, StoreError> {
        let mut look = self.look().await?;
        let sql = select_orders!(
            "WHERE ($1 IS NULL OR session = $1) AND ($2 IS NULL OR id < $2) ORDER BY id DESC LIMIT $3"
        );
        let rows = sqlx::query(sql).bind(session).bind(before).bind(Self::PAGE);
        let rows = rows.fetch_all(&mut *look).await?;
        let mut orders = Vec::with_capacity(rows.len());
        for row in rows {
            orders.push(whole(&mut look, &row).await?);
        }
        Ok(orders)
    }

    /// The token of an order with which this browser may be at the bank since less than an hour.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn order_at_the_bank(&self, turn: &mut Turn<'_>) -> Result<Option<String>, StoreError> {
        let sql = "SELECT token FROM orders JOIN attempts ON orders.id = order_id
                   WHERE session = $1 AND state = $2 AND unixepoch() - unixepoch(attempts.created_at) < 3600
                   AND NOT EXISTS (SELECT 1 FROM payments WHERE attempt_id = attempts.id)
                   ORDER BY attempts.id DESC LIMIT 1";
        let (connection, session) = turn.parts();
        let token = sqlx::query_scalar(sql).bind(session).bind(State::Redirected.name());
        Ok(token.fetch_optional(connection).await?)
    }

    /// The order that a browser's cart became before, as long as its money is neither there nor on its way.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn order_of_cart(&self, turn: &mut Turn<'_>) -> Result<Option<Order>, StoreError> {
        let sql = select_orders!("JOIN carts ON carts.order_id = orders.id WHERE carts.session = $1");
        let (connection, session) = turn.parts();
        let row = sqlx::query(sql).bind(session).fetch_optional(&mut *connection).await?;
        found(row, connection).await
    }

    /// Makes an order of a cart, to which an attempt has to be registered in the same change.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn place(&self, turn: &mut Turn<'_>, token: &str) -> Result<i64, StoreError> {
        let sql = "INSERT INTO orders (session, token, demo) VALUES ($1, $2, $3) RETURNING id";
        let (connection, session) = turn.parts();
        let order = sqlx::query_scalar(sql).bind(session).bind(token).bind(i64::from(self.demo));
        let order = order.fetch_one(connection).await?;
        super::cart::becomes(turn, order).await?;
        Ok(order)
    }
}

pub(super) async fn by_id(connection: &mut AnyConnection, id: i64) -> Result<Option<Order>, StoreError> {
    let row = sqlx::query(select_orders!("WHERE id = $1")).bind(id).fetch_optional(&mut *connection).await?;
    found(row, connection).await
}

async fn by_token(connection: &mut AnyConnection, token: &str) -> Result<Option<Order>, StoreError> {
    let row = sqlx::query(select_orders!("WHERE token = $1")).bind(words(token));
    found(row.fetch_optional(&mut *connection).await?, connection).await
}

async fn found(row: Option<AnyRow>, connection: &mut AnyConnection) -> Result<Option<Order>, StoreError> {
    match row {
        Some(row) => Ok(Some(whole(connection, &row).await?)),
        None => Ok(None),
    }
}

async fn whole(connection: &mut AnyConnection, row: &AnyRow) -> Result<Order, StoreError> {
    let id = row.try_get("id")?;
    let mut earlier = attempts::of_order(connection, id).await?;
    let newest = earlier.pop().ok_or(StoreError::Unreadable { table: "orders", column: "id" })?;
    Ok(Order {
        id,
        token: row.try_get("token")?,
        demo: row.try_get::<i64, _>("demo")? != 0,
        created_at: row.try_get("created_at")?,
        earlier,
        newest,
        needs_a_person: people::wait_for(connection, id).await?,
    })
}
