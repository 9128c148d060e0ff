//! Carts: what a browser has chosen, and which order it became.

use super::attempts::AttemptRow;
use super::{Change, Store, StoreError};

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
        self.cart_of_change(&mut self.pool.begin().await?, session).await
    }

    /// The same, inside of a change: no callback empties it meanwhile.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn cart_of_change(
        &self,
        change: &mut Change,
        session: &str,
    ) -> Result<Vec<CartLine>, StoreError> {
        let rows: Vec<(String, u32)> =
            sqlx::query_as("SELECT product, quantity FROM cart_items WHERE session = ? ORDER BY product")
                .bind(session)
                .fetch_all(&mut **change)
                .await?;
        Ok(rows.into_iter().map(|(product, quantity)| CartLine { product, quantity }).collect())
    }

    /// Puts one more in the cart, up to 99.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn put_in_cart(&self, session: &str, product: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO cart_items (session, product, quantity) VALUES (?, ?, 1)
                   ON CONFLICT DO UPDATE SET quantity = min(quantity + 1, 99)";
        sqlx::query(sql).bind(session).bind(product).execute(&self.pool).await?;
        Ok(())
    }

    /// Sets how many are in the cart; 0 takes the product out.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn set_in_cart(&self, session: &str, product: &str, quantity: u32) -> Result<(), StoreError> {
        let sql = if quantity == 0 {
            "DELETE FROM cart_items WHERE session = ?2 AND product = ?3 AND ?1 = 0"
        } else {
            "UPDATE cart_items SET quantity = min(?1, 99) WHERE session = ?2 AND product = ?3"
        };
        sqlx::query(sql).bind(quantity).bind(session).bind(product).execute(&self.pool).await?;
        Ok(())
    }
}

/// Remembers which order the cart became.
pub(super) async fn becomes(change: &mut Change, session: &str, order: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO carts (session, order_id) VALUES (?, ?)
               ON CONFLICT DO UPDATE SET order_id = excluded.order_id";
    sqlx::query(sql).bind(session).bind(order).execute(&mut **change).await?;
    Ok(())
}

/// The attempt is paid, or on its way to be: what it was for leaves the cart, as far as an attempt of the same order did not
/// take it along before, and what was put in since stays.
pub(super) async fn is_bought(change: &mut Change, attempt: &AttemptRow) -> Result<(), StoreError> {
    let sql = "SELECT coalesce(max(quantity), 0) FROM items JOIN attempts ON attempts.id = attempt_id
               WHERE order_id = ? AND bought = 1 AND product = ?";
    let session = sqlx::query_scalar("SELECT session FROM orders WHERE id = ?").bind(attempt.order);
    let session: String = session.fetch_one(&mut **change).await?;
    for item in &attempt.want.items {
        let taken = sqlx::query_scalar(sql).bind(attempt.order).bind(&item.product);
        let taken: u32 = taken.fetch_one(&mut **change).await?;
        let more = item.quantity.saturating_sub(taken);
        // In this order, since a cart has no lines of none.
        for sql in [
            "DELETE FROM cart_items WHERE session = ?1 AND product = ?2 AND quantity <= ?3",
            "UPDATE cart_items SET quantity = quantity - ?3 WHERE session = ?1 AND product = ?2",
        ] {
            let line = sqlx::query(sql).bind(&session).bind(&item.product).bind(more);
            line.execute(&mut **change).await?;
        }
    }
    for sql in ["UPDATE attempts SET bought = 1 WHERE id = ?2", "DELETE FROM carts WHERE order_id = ?1"] {
        sqlx::query(sql).bind(attempt.order).bind(attempt.id).execute(&mut **change).await?;
    }
    Ok(())
}
