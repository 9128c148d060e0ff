//! What only a person can decide, and what the person wrote about it.

use super::{Change, Store, StoreError};

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

/// Asks a person, once for each callback and reason.
pub(super) async fn ask(change: &mut Change, callback: i64, reason: &str) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO people (callback_id, reason) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(callback)
        .bind(reason)
        .execute(&mut **change)
        .await?;
    Ok(())
}

impl Store {
    /// All matters, those that are not done first.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn people(&self) -> Result<Vec<PersonRow>, StoreError> {
        type Row = (i64, String, Option<i64>, String, String, String, String, String, Option<String>);
        let sql = "SELECT people.id, reason, order_id, c.pay_id, c.trans_id, status, code, people.created_at, note
                   FROM people JOIN callbacks c ON c.id = callback_id
                   LEFT JOIN attempts ON attempts.trans_id = c.trans_id AND attempts.mid = c.mid COLLATE NOCASE
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

    /// A person has dealt with it. The first note stays.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn done(&self, id: i64, note: &str) -> Result<(), StoreError> {
        let sql = "UPDATE people SET note = ?, done_at = CURRENT_TIMESTAMP WHERE id = ? AND done_at IS NULL";
        sqlx::query(sql).bind(note).bind(id).execute(&self.pool).await?;
        Ok(())
    }
}
