//! Orders: who buys what for how much.

use super::attempts::{self, AttemptRow};
use super::{Change, Store, StoreError, cart};
use crate::state::{self, Flags, OrderView, State};
use paygate::{Currency, Money};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// Who buys. No bank data, no address on the net.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// As it was typed.
    pub first_name: String,
    /// As it was typed.
    pub last_name: String,
    /// A checked address.
    pub email: String,
    /// Two letters.
    pub country: String,
}

/// A line of an order, with the name and the price of that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The product's id.
    pub product: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub quantity: u32,
    /// The price of one, in the order's currency.
    pub price: u64,
}

/// An order, with its items and attempts.
#[derive(Clone, Debug)]
pub struct Order {
    /// The number that people say.
    pub id: i64,
    /// Names its page.
    pub token: String,
    /// Who buys.
    pub customer: Customer,
    /// What it costs.
    pub costs: Money,
    /// Whether it is play.
    pub demo: bool,
    /// When it was made, in UTC.
    pub created_at: String,
    /// What is bought.
    pub items: Vec<Item>,
    /// Every try to pay, oldest first.
    pub attempts: Vec<AttemptRow>,
}

impl Order {
    /// How it stands.
    #[must_use]
    pub fn view(&self) -> OrderView {
        let attempts: Vec<_> =
            self.attempts.iter().map(|attempt| (attempt.state, attempt.flags, attempt.money)).collect();
        state::view(self.costs, &attempts)
    }
}

/// An amount and a currency that were stored.
pub(super) fn money(row: &SqliteRow, table: &'static str) -> Result<Money, StoreError> {
    let units = u64::try_from(row.try_get::<i64, _>("amount")?);
    let units = units.map_err(|_| StoreError::Unreadable { table, column: "amount" })?;
    let currency = Currency::new(row.try_get::<&str, _>("currency")?);
    let currency = currency.map_err(|_| StoreError::Unreadable { table, column: "currency" })?;
    Money::new(units, currency).map_err(|_| StoreError::Unreadable { table, column: "amount" })
}

/// SQLite has no larger whole numbers, and no price is as large.
pub(super) fn stored_amount(units: u64) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}

impl Store {
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
        find(change, "SELECT * FROM orders WHERE token = ?", token).await
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

    /// The newest orders, of a browser or of all.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn orders(&self, session: Option<&str>) -> Result<Vec<Order>, StoreError> {
        let mut change = self.pool.begin().await?;
        let sql = "SELECT * FROM orders WHERE ?1 IS NULL OR session = ?1 ORDER BY id DESC LIMIT 100";
        let rows = sqlx::query(sql).bind(session).fetch_all(&mut *change).await?;
        let mut orders = Vec::with_capacity(rows.len());
        for row in rows {
            orders.push(whole(&mut change, &row).await?);
        }
        Ok(orders)
    }

    /// Makes an order of a cart, or changes the one that the cart became before, as long as nobody has paid for it.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn place(
        &self,
        change: &mut Change,
        session: &str,
        token: &str,
        customer: &Customer,
        (items, costs): (&[Item], Money),
    ) -> Result<Order, StoreError> {
        let before = match cart::order_of(change, session).await? {
            Some(id) => by_id(change, id).await?.filter(|order| order.view().may_pay_again()),
            None => None,
        };
        // Without an id it is a new one.
        let sql = "INSERT INTO orders (id, first_name, last_name, email, country, amount, currency, session, token, demo)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                   ON CONFLICT (id) DO UPDATE
                   SET first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email,
                       country = excluded.country, amount = excluded.amount, currency = excluded.currency
                   RETURNING id";
        let id: i64 = sqlx::query_scalar(sql)
            .bind(before.map(|order| order.id))
            .bind(&customer.first_name)
            .bind(&customer.last_name)
            .bind(&customer.email)
            .bind(&customer.country)
            .bind(stored_amount(costs.amount().units()))
            .bind(costs.currency().as_str().to_owned())
            .bind(session)
            .bind(token)
            .bind(self.demo)
            .fetch_one(&mut **change)
            .await?;
        sqlx::query("DELETE FROM items WHERE order_id = ?").bind(id).execute(&mut **change).await?;
        for item in items {
            sqlx::query(
                "INSERT INTO items (order_id, product, name, quantity, price) VALUES (?, ?, ?, ?, ?)",
            )
            .bind(id)
            .bind(&item.product)
            .bind(&item.name)
            .bind(item.quantity)
            .bind(stored_amount(item.price))
            .execute(&mut **change)
            .await?;
        }
        cart::becomes(change, session, id).await?;
        by_id(change, id).await?.ok_or(StoreError::Unreadable { table: "orders", column: "id" })
    }
}

pub(super) async fn by_id(change: &mut Change, id: i64) -> Result<Option<Order>, StoreError> {
    find(change, "SELECT * FROM orders WHERE id = CAST(? AS INTEGER)", &id.to_string()).await
}

/// What is odd about an order.
pub(super) async fn flags(change: &mut Change, order: i64) -> Result<Flags, StoreError> {
    Ok(by_id(change, order).await?.map_or(Flags::NONE, |order| order.view().flags))
}

/// After a callback: what is bought leaves the cart.
pub(super) async fn settle_cart(change: &mut Change, order: i64) -> Result<(), StoreError> {
    if let Some(found) = by_id(change, order).await?
        && matches!(found.view().state, State::Open | State::Paid)
    {
        cart::is_bought(change, order).await?;
    }
    Ok(())
}

async fn find(change: &mut Change, sql: &'static str, key: &str) -> Result<Option<Order>, StoreError> {
    match sqlx::query(sql).bind(key).fetch_optional(&mut **change).await? {
        Some(row) => Ok(Some(whole(change, &row).await?)),
        None => Ok(None),
    }
}

async fn whole(change: &mut Change, row: &SqliteRow) -> Result<Order, StoreError> {
    let id = row.try_get("id")?;
    let items =
        sqlx::query("SELECT product, name, quantity, price FROM items WHERE order_id = ? ORDER BY name");
    let items = items.bind(id).fetch_all(&mut **change).await?;
    let item = |row: &SqliteRow| -> Result<Item, StoreError> {
        Ok(Item {
            product: row.try_get("product")?,
            name: row.try_get("name")?,
            quantity: row.try_get("quantity")?,
            price: u64::try_from(row.try_get::<i64, _>("price")?).unwrap_or_default(),
        })
    };
    Ok(Order {
        id,
        token: row.try_get("token")?,
        customer: Customer {
            first_name: row.try_get("first_name")?,
            last_name: row.try_get("last_name")?,
            email: row.try_get("email")?,
            country: row.try_get("country")?,
        },
        costs: money(row, "orders")?,
        demo: row.try_get("demo")?,
        created_at: row.try_get("created_at")?,
        items: items.iter().map(item).collect::<Result<_, _>>()?,
        attempts: attempts::of_order(change, id).await?,
    })
}
