//! Carts: what a browser has chosen, and which order it became.

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
        let rows: Vec<(String, u32)> =
            sqlx::query_as("SELECT product, quantity FROM cart_items WHERE session = ? ORDER BY product")
                .bind(session)
                .fetch_all(&self.pool)
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

/// The order that the cart became before, if any.
pub(super) async fn order_of(change: &mut Change, session: &str) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT order_id FROM carts WHERE session = ? AND order_id IS NOT NULL";
    Ok(sqlx::query_scalar(sql).bind(session).fetch_optional(&mut **change).await?)
}

/// Remembers which order the cart became.
pub(super) async fn becomes(change: &mut Change, session: &str, order: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO carts (session, order_id) VALUES (?, ?)
               ON CONFLICT DO UPDATE SET order_id = excluded.order_id";
    sqlx::query(sql).bind(session).bind(order).execute(&mut **change).await?;
    Ok(())
}

/// The order is bought: its products leave the cart, and what was put in since stays.
pub(super) async fn is_bought(change: &mut Change, order: i64) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM cart_items WHERE session IN (SELECT session FROM carts WHERE order_id = ?1)
         AND product IN (SELECT product FROM items WHERE order_id = ?1)",
        "DELETE FROM carts WHERE order_id = ?1",
    ] {
        sqlx::query(sql).bind(order).execute(&mut **change).await?;
    }
    Ok(())
}
