//! Carts: what a browser has chosen, and which order it became.

use super::attempts::AttemptRow;
use super::dialect::words;
use super::{Store, StoreError, Turn};
use sqlx::AnyConnection;

/// A product in a cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CartLine {
    /// The product's id; the catalogue knows it, or knew it.
    pub product: String,
    /// How many, from 1 to 99.
    pub quantity: u32,
}

impl Store {
    /// What is in the cart.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn cart(&self, session: &str) -> Result<Vec<CartLine>, StoreError> {
        of_session(&mut *self.look().await?, session).await
    }

    /// The same, in the customer's turn: no callback empties it meanwhile.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn cart_in_turn(&self, turn: &mut Turn<'_>) -> Result<Vec<CartLine>, StoreError> {
        let (connection, session) = turn.parts();
        of_session(connection, session).await
    }

    /// Puts one more in the cart, up to 99.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn put_in_cart(&self, session: &str, product: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO cart_items (session, product, quantity) VALUES ($1, $2, 1)
                   ON CONFLICT (session, product) DO UPDATE SET quantity = cart_items.quantity + 1
                   WHERE cart_items.quantity < 99";
        let mut change = self.change().await?;
        let mut turn = Turn::of_session(&mut change, session).await?;
        sqlx::query(sql).bind(session).bind(product).execute(&mut *turn).await?;
        Ok(change.commit().await?)
    }

    /// Sets how many are in the cart; 0 takes the product out.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn set_in_cart(&self, session: &str, product: &str, quantity: u32) -> Result<(), StoreError> {
        let mut change = self.change().await?;
        let mut turn = Turn::of_session(&mut change, session).await?;
        let query = match i64::from(quantity.min(99)) {
            0 => sqlx::query("DELETE FROM cart_items WHERE session = $1 AND product = $2"),
            _ => sqlx::query("UPDATE cart_items SET quantity = $3 WHERE session = $1 AND product = $2"),
        };
        let query = query.bind(session).bind(words(product));
        let query = if quantity == 0 { query } else { query.bind(i64::from(quantity.min(99))) };
        query.execute(&mut *turn).await?;
        Ok(change.commit().await?)
    }
}

async fn of_session(connection: &mut AnyConnection, session: &str) -> Result<Vec<CartLine>, StoreError> {
    let sql = "SELECT product, quantity FROM cart_items WHERE session = $1 ORDER BY product";
    let rows: Vec<(String, i64)> = sqlx::query_as(sql).bind(session).fetch_all(connection).await?;
    let line = |(product, quantity)| {
        let unreadable = |_| StoreError::Unreadable { table: "cart_items", column: "quantity" };
        Ok(CartLine { product, quantity: u32::try_from(quantity).map_err(unreadable)? })
    };
    rows.into_iter().map(line).collect()
}

/// Remembers which order the cart became.
pub(super) async fn becomes(turn: &mut Turn<'_>, order: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO carts (session, order_id) VALUES ($1, $2)
               ON CONFLICT (session) DO UPDATE SET order_id = excluded.order_id";
    let (connection, session) = turn.parts();
    sqlx::query(sql).bind(session).bind(order).execute(connection).await?;
    Ok(())
}

/// The attempt is paid, or on its way to be: what it was for leaves the cart, as far as an attempt of the same order did not
/// take it along before, and what was put in since stays.
pub(super) async fn is_bought(turn: &mut Turn<'_>, attempt: &AttemptRow) -> Result<(), StoreError> {
    let sql = "SELECT coalesce(max(quantity), 0) FROM items JOIN attempts ON attempts.id = attempt_id
               WHERE order_id = $1 AND bought = 1 AND product = $2";
    let (connection, session) = turn.parts();
    for item in &attempt.want.items {
        let taken = sqlx::query_scalar(sql).bind(attempt.order).bind(&item.product);
        let taken: i64 = taken.fetch_one(&mut *connection).await?;
        let more = i64::from(item.quantity).saturating_sub(taken).max(0);
        // In this order, since a cart has no lines of none.
        for sql in [
            "DELETE FROM cart_items WHERE session = $1 AND product = $2 AND quantity <= $3",
            "UPDATE cart_items SET quantity = quantity - $3 WHERE session = $1 AND product = $2",
        ] {
            let line = sqlx::query(sql).bind(session).bind(&item.product).bind(more);
            line.execute(&mut *connection).await?;
        }
    }
    let bought = sqlx::query("UPDATE attempts SET bought = 1 WHERE id = $1").bind(attempt.id);
    bought.execute(&mut *connection).await?;
    let cart = sqlx::query("DELETE FROM carts WHERE order_id = $1").bind(attempt.order);
    cart.execute(&mut *connection).await?;
    Ok(())
}
