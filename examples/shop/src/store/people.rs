//! What only a person can decide, and what the person wrote about it.

use super::{Change, Store, StoreError, keeper};

/// A matter for a person.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Its number.
    pub id: i64,
    /// Why.
    pub reason: String,
    /// The order, where it is about one.
    pub order: Option<i64>,
    /// What came.
    pub pay_id: String,
    /// What came.
    pub trans_id: String,
    /// What came.
    pub status: String,
    /// What came.
    pub code: String,
    /// When, in UTC.
    pub created_at: String,
    /// What a person wrote when it was done.
    pub note: Option<String>,
}

/// Asks a person, once for each callback and reason, for an order that waits until it is done, or for none.
pub(super) async fn ask(
    change: &mut Change,
    callback: i64,
    order: Option<i64>,
    reason: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO people (callback_id, order_id, reason) VALUES (?, ?, ?)
               ON CONFLICT DO UPDATE SET order_id = coalesce(order_id, excluded.order_id)";
    sqlx::query(sql).bind(callback).bind(order).bind(reason).execute(&mut **change).await?;
    Ok(())
}

/// Whether an order waits for a person.
pub(super) async fn wait_for(change: &mut Change, order: i64) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM people WHERE order_id = ? AND done_at IS NULL)";
    Ok(sqlx::query_scalar(sql).bind(order).fetch_one(&mut **change).await?)
}

impl Store {
    /// All matters, those that are not done first.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn people(&self) -> Result<Vec<PersonRow>, StoreError> {
        type Row = (i64, String, Option<i64>, String, String, String, String, String, Option<String>);
        let sql = "SELECT people.id, reason, attempts.order_id, c.pay_id, c.trans_id, status, code, people.created_at, note
                   FROM people JOIN callbacks c ON c.id = callback_id
                   LEFT JOIN attempts ON attempts.method = c.method AND attempts.mid = c.mid COLLATE NOCASE
                                     AND attempts.trans_id = c.trans_id
                   ORDER BY done_at IS NOT NULL, people.id DESC LIMIT 200";
        let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(&self.pool).await?;
        let row = |(id, reason, order, pay_id, trans_id, status, code, created_at, note)| PersonRow {
            id,
            reason,
            order,
            pay_id,
            trans_id,
            status,
            code,
            created_at,
            note,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// A person has dealt with it, and its order waits for it no more. The first note stays.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn done(&self, id: i64, note: &str) -> Result<(), StoreError> {
        let sql = "UPDATE people SET note = ?, done_at = CURRENT_TIMESTAMP WHERE id = ? AND done_at IS NULL";
        let mut change = self.change().await?;
        let done = sqlx::query(sql).bind(note).bind(id).execute(&mut *change).await?;
        if done.rows_affected() > 0 {
            keeper::audit(&mut change, &format!("dealt with matter {id}")).await?;
        }
        Ok(change.commit().await?)
    }
}
