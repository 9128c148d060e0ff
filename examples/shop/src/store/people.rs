//! What only a person can decide, and what the person wrote about it.

use super::dialect::words;
use super::{Store, StoreError, Turn, keeper};
use sqlx::AnyConnection;

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

/// Asks a person, once for each callback and reason, for an order of whose turn it is: it waits until that is done.
pub(super) async fn ask(
    turn: &mut Turn<'_>,
    callback: i64,
    order: i64,
    reason: &str,
) -> Result<(), StoreError> {
    ask_for(turn, callback, Some(order), reason).await
}

/// The same where no order waits for it.
pub(super) async fn ask_for_no_order(
    connection: &mut AnyConnection,
    callback: i64,
    reason: &str,
) -> Result<(), StoreError> {
    ask_for(connection, callback, None, reason).await
}

async fn ask_for(
    connection: &mut AnyConnection,
    callback: i64,
    order: Option<i64>,
    reason: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO people (callback_id, order_id, reason) VALUES ($1, $2, $3)
               ON CONFLICT (callback_id, reason) DO UPDATE
               SET order_id = coalesce(people.order_id, excluded.order_id)";
    sqlx::query(sql).bind(callback).bind(order).bind(reason).execute(connection).await?;
    Ok(())
}

/// Whether an order waits for a person.
pub(super) async fn wait_for(connection: &mut AnyConnection, order: i64) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) FROM people WHERE order_id = $1 AND done_at IS NULL";
    let matters: i64 = sqlx::query_scalar(sql).bind(order).fetch_one(connection).await?;
    Ok(matters > 0)
}

impl Store {
    /// All matters, those that are not done first.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn people(&self) -> Result<Vec<PersonRow>, StoreError> {
        type Row = (i64, String, Option<i64>, String, String, String, String, String, Option<String>);
        let sql = "SELECT people.id, reason, attempts.order_id, c.pay_id, c.trans_id, status, code,
                          datetime(people.created_at), note
                   FROM people JOIN callbacks c ON c.id = callback_id
                   LEFT JOIN attempts ON attempts.method = c.method AND lower(attempts.mid) = lower(c.mid)
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
        let sql =
            "UPDATE people SET note = $1, done_at = CURRENT_TIMESTAMP WHERE id = $2 AND done_at IS NULL";
        let mut change = self.change().await?;
        let done = sqlx::query(sql).bind(words(note)).bind(id).execute(&mut *change).await?;
        if done.rows_affected() > 0 {
            keeper::audit(&mut change, &format!("dealt with matter {id}")).await?;
        }
        Ok(change.commit().await?)
    }
}
