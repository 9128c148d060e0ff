//! What only a person can decide, and what the person wrote about it.

use super::dialect::words;
use super::inquiries::{self, InquiryRow};
use super::{Store, StoreError, Turn, keeper};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

/// A matter for a person.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Its number.
    pub id: i64,
    /// Why.
    pub reason: String,
    /// The order, where it is about one.
    pub order: Option<i64>,
    /// What came; empty where only an inquiry by the TransID has told of it.
    pub pay_id: String,
    /// What came.
    pub trans_id: String,
    /// Status and Code that came; `None` where no callback did, and an inquiry has told of it.
    pub result: Option<(String, String)>,
    /// When, in UTC.
    pub created_at: String,
    /// What a person wrote when it was done.
    pub note: Option<String>,
    /// What Paygate says when it is asked; `None` where it never was.
    pub inquiry: Option<InquiryRow>,
}

impl PersonRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.try_get("matter")?,
            reason: row.try_get("reason")?,
            order: row.try_get("order_id")?,
            pay_id: row.try_get("pay_id")?,
            trans_id: row.try_get("trans_id")?,
            result: row.try_get::<Option<_>, _>("status")?.zip(row.try_get::<Option<_>, _>("code")?),
            created_at: row.try_get("created_at")?,
            note: row.try_get("note")?,
            inquiry: InquiryRow::read(row)?,
        })
    }
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

/// The same by what an inquiry says, without any callback.
pub(super) async fn ask_by_inquiry(
    turn: &mut Turn<'_>,
    inquiry: i64,
    order: i64,
    reason: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO people (inquiry_id, order_id, reason) VALUES ($1, $2, $3)
               ON CONFLICT (inquiry_id, reason) WHERE callback_id IS NULL DO NOTHING";
    sqlx::query(sql).bind(inquiry).bind(order).bind(reason).execute(&mut **turn).await?;
    Ok(())
}

async fn ask_for(
    connection: &mut AnyConnection,
    callback: i64,
    order: Option<i64>,
    reason: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE people SET order_id = coalesce(order_id, $2) WHERE callback_id = $1 AND reason = $3";
    let known = sqlx::query(sql).bind(callback).bind(order).bind(reason).execute(&mut *connection).await?;
    if known.rows_affected() > 0 {
        return Ok(());
    }
    // What the person has to know first.
    let inquiry = inquiries::about(connection, callback).await?;
    let sql = "INSERT INTO people (callback_id, order_id, reason, inquiry_id) VALUES ($1, $2, $3, $4)
               ON CONFLICT (callback_id, reason) DO UPDATE
               SET order_id = coalesce(people.order_id, excluded.order_id)";
    let asked = sqlx::query(sql).bind(callback).bind(order).bind(reason).bind(inquiry);
    asked.execute(connection).await?;
    Ok(())
}

/// Whether an order waits for a person.
pub(super) async fn wait_for(connection: &mut AnyConnection, order: i64) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) FROM people WHERE order_id = $1 AND done_at IS NULL";
    let matters: i64 = sqlx::query_scalar(sql).bind(order).fetch_one(connection).await?;
    Ok(matters > 0)
}

impl Store {
    /// How many matters are listed at once.
    pub const MATTERS: i64 = 200;

    /// The newest matters, those that are not done first; up to [`Self::MATTERS`].
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn people(&self) -> Result<Vec<PersonRow>, StoreError> {
        self.people_after(None).await
    }

    /// Those that come after one in that list, by its number and whether it is done.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn people_after(&self, last: Option<(i64, bool)>) -> Result<Vec<PersonRow>, StoreError> {
        let columns = InquiryRow::COLUMNS;
        let sql = format!(
            "SELECT people.id AS matter, reason, attempts.order_id AS order_id,
                    coalesce(c.pay_id, i.pay_id) AS pay_id, coalesce(c.trans_id, i.trans_id) AS trans_id,
                    status, code, datetime(people.created_at) AS created_at, note, {columns}
             FROM people LEFT JOIN callbacks c ON c.id = callback_id
             LEFT JOIN inquiries i ON i.id = inquiry_id
             LEFT JOIN attempts ON attempts.method = coalesce(c.method, i.method)
                               AND lower(attempts.mid) = lower(coalesce(c.mid, i.mid))
                               AND attempts.trans_id = coalesce(c.trans_id, i.trans_id)
             WHERE $1 = 0 OR CASE WHEN done_at IS NULL THEN 0 ELSE 1 END > $2
                OR (CASE WHEN done_at IS NULL THEN 0 ELSE 1 END = $2 AND people.id < $1)
             ORDER BY CASE WHEN done_at IS NULL THEN 0 ELSE 1 END, people.id DESC LIMIT $3"
        );
        // No matter has the number 0.
        let (id, done) = last.map_or((0, 0), |(id, done)| (id, i64::from(done)));
        let rows = sqlx::query(&sql).bind(id).bind(done).bind(Self::MATTERS).fetch_all(&self.pool).await?;
        rows.iter().map(PersonRow::read).collect()
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
