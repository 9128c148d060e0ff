//! What a customer wants: who, what, for how much.

use super::StoreError;
use paygate::{Currency, Money};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

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

/// A line of a basket, with the name and the price of that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The product's id.
    pub product: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub quantity: u32,
    /// The price of one, in the currency of the whole.
    pub price: u64,
}

/// All that an attempt is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Want {
    /// Who buys.
    pub customer: Customer,
    /// What is bought.
    pub items: Vec<Item>,
    /// What it costs.
    pub costs: Money,
}

impl Want {
    /// Whether who pays for the one has paid for the other: a corrected name changes nothing about that.
    #[must_use]
    pub fn is_worth(&self, other: &Self) -> bool {
        self.items == other.items
            && self.costs == other.costs
            && self.customer.country == other.customer.country
    }
}

/// An amount and a currency that were stored.
pub(super) fn money(row: &AnyRow) -> Result<Money, StoreError> {
    let unreadable = |column| StoreError::Unreadable { table: "attempts", column };
    let units = u64::try_from(row.try_get::<i64, _>("amount")?).map_err(|_| unreadable("amount"))?;
    let currency = Currency::new(row.try_get::<&str, _>("currency")?).map_err(|_| unreadable("currency"))?;
    Money::new(units, currency).map_err(|_| unreadable("amount"))
}

/// The databases have no larger whole numbers, and no price is as large.
pub(super) fn stored_amount(units: u64) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}

pub(super) async fn of_attempt(
    connection: &mut AnyConnection,
    attempt: i64,
) -> Result<Vec<Item>, StoreError> {
    let sql = "SELECT product, name, quantity, price FROM items WHERE attempt_id = $1 ORDER BY product";
    let rows = sqlx::query(sql).bind(attempt).fetch_all(connection).await?;
    let item = |row: &AnyRow| -> Result<Item, StoreError> {
        let unreadable = |column| StoreError::Unreadable { table: "items", column };
        let quantity = u32::try_from(row.try_get::<i64, _>("quantity")?);
        let price = u64::try_from(row.try_get::<i64, _>("price")?);
        Ok(Item {
            product: row.try_get("product")?,
            name: row.try_get("name")?,
            quantity: quantity.map_err(|_| unreadable("quantity"))?,
            price: price.map_err(|_| unreadable("price"))?,
        })
    };
    rows.iter().map(item).collect()
}
