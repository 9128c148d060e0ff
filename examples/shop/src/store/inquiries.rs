//! Inquiries: which payments Paygate is to be asked about, when, and by whom of several shops.

mod answer;

pub use answer::{Answer, Told};

use super::attempts::{AttemptRow, folded};
use super::{Store, StoreError, Turn, keeper};
use crate::reconciler::schedule;
use paygate::{PayId, TransId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

/// How long one shop may take to ask, in seconds, before another one does. The courier gives up before.
const LEASE: i64 = 300;

/// An inquiry that this shop alone makes now.
#[derive(Clone, Debug)]
pub struct Asked {
    id: i64,
    token: i64,
    method: String,
    /// The merchant, in small letters.
    pub mid: String,
    /// Which attempt.
    pub trans_id: TransId,
    /// Which payment, where a callback has told it.
    pub pay_id: Option<PayId>,
}

/// What is known by asking, for the shopkeeper.
#[derive(Clone, Debug)]
pub struct InquiryRow {
    /// Its number.
    pub id: i64,
    /// Which attempt.
    pub trans_id: String,
    /// Whether Paygate is asked by the PayID; else by the TransID.
    pub by_pay_id: bool,
    /// Whether Paygate is asked in a moment.
    pub is_due: bool,
    /// How often Paygate was asked.
    pub times: u64,
    /// When last, in UTC.
    pub asked_at: Option<String>,
    /// What was captured, in the smallest unit of the currency; `None` where the answer does not tell.
    pub captured: Option<u64>,
    /// What was given back.
    pub credited: Option<u64>,
    /// The currency of both.
    pub currency: Option<String>,
    /// Why there is no answer.
    pub failure: Option<String>,
}

impl InquiryRow {
    /// The columns that [`InquiryRow::read`] reads, of a table that the query calls `i`.
    pub(super) const COLUMNS: &str =
        "i.id AS inquiry, i.trans_id AS inquiry_trans_id, i.pay_id AS inquiry_pay_id, i.times,
        CASE WHEN i.due_at <= unixepoch() THEN 1 ELSE 0 END AS is_due, datetime(i.asked_at) AS asked_at,
        i.captured, i.credited, i.currency AS told_currency, i.failure";

    pub(super) fn read(row: &AnyRow) -> Result<Option<Self>, StoreError> {
        let Some(id) = row.try_get::<Option<i64>, _>("inquiry")? else { return Ok(None) };
        let units = |column| row.try_get::<Option<i64>, _>(column).map(|units| units.map(i64::unsigned_abs));
        Ok(Some(Self {
            id,
            trans_id: row.try_get("inquiry_trans_id")?,
            by_pay_id: !row.try_get::<&str, _>("inquiry_pay_id")?.is_empty(),
            is_due: row.try_get::<i64, _>("is_due")? != 0,
            times: row.try_get::<i64, _>("times")?.unsigned_abs(),
            asked_at: row.try_get("asked_at")?,
            captured: units("captured")?,
            credited: units("credited")?,
            currency: row.try_get("told_currency")?,
            failure: row.try_get("failure")?,
        }))
    }
}

/// The customer was sent to Paygate, or a payment of his is open: it is asked about unless its end is told before.
pub(super) async fn begin(
    turn: &mut Turn<'_>,
    attempt: &AttemptRow,
    pay_id: Option<&PayId>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO inquiries (method, mid, trans_id, pay_id, due_at) VALUES ($1, $2, $3, $4, unixepoch() + $5)
               ON CONFLICT (method, mid, trans_id, pay_id) DO NOTHING";
    sqlx::query(sql)
        .bind(attempt.attempt.method())
        .bind(folded(&attempt.attempt))
        .bind(attempt.attempt.trans_id().as_str())
        .bind(pay_id.map_or("", PayId::as_str))
        .bind(schedule::FIRST)
        .execute(&mut **turn)
        .await?;
    Ok(())
}

/// A person has to look at a callback, and wants to know: Paygate is asked at once. Gives the inquiry's number.
pub(super) async fn about(connection: &mut AnyConnection, callback: i64) -> Result<i64, StoreError> {
    let sql = "INSERT INTO inquiries (method, mid, trans_id, pay_id, due_at, wanted)
               SELECT method, lower(mid), trans_id, pay_id, unixepoch(), 1 FROM callbacks WHERE id = $1
               ON CONFLICT (method, mid, trans_id, pay_id) DO UPDATE SET due_at = excluded.due_at, wanted = 1
               RETURNING id";
    Ok(sqlx::query_scalar(sql).bind(callback).fetch_one(connection).await?)
}

/// The inquiry by which a payment was found that no callback has told.
pub(super) async fn that_found(
    connection: &mut AnyConnection,
    attempt: &AttemptRow,
    pay_id: &PayId,
) -> Result<Option<i64>, StoreError> {
    let sql =
        "SELECT id FROM inquiries WHERE method = $1 AND mid = $2 AND trans_id = $3 AND pay_id IN ($4, '')
               ORDER BY pay_id DESC LIMIT 1";
    let id = sqlx::query_scalar(sql)
        .bind(attempt.attempt.method())
        .bind(folded(&attempt.attempt))
        .bind(attempt.attempt.trans_id().as_str())
        .bind(pay_id.as_str());
    Ok(id.fetch_optional(connection).await?)
}

/// Whether anybody waits for the answer: a person, an attempt of which nothing is known, or an open payment.
pub(super) async fn is_waited_for(connection: &mut AnyConnection, id: i64) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) FROM inquiries i
               LEFT JOIN attempts a ON a.method = i.method AND lower(a.mid) = i.mid AND a.trans_id = i.trans_id
               WHERE i.id = $1 AND (
                   i.wanted = 1
                   OR (i.pay_id = '' AND a.state = 'redirected'
                       AND NOT EXISTS (SELECT 1 FROM payments WHERE attempt_id = a.id))
                   OR EXISTS (SELECT 1 FROM payments WHERE attempt_id = a.id AND pay_id = i.pay_id AND state = 'open'))";
    let waits: i64 = sqlx::query_scalar(sql).bind(id).fetch_one(connection).await?;
    Ok(waits > 0)
}

impl Store {
    /// Takes the inquiry that is due longest, so that no other shop makes it too.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn take_inquiry(&self) -> Result<Option<Asked>, StoreError> {
        loop {
            // Who only looks keeps nobody from writing.
            let due = "SELECT count(*) FROM inquiries WHERE due_at <= unixepoch()";
            if sqlx::query_scalar::<_, i64>(due).fetch_one(&self.pool).await? == 0 {
                return Ok(None);
            }
            let mut change = self.change().await?;
            let sql = "UPDATE inquiries SET due_at = unixepoch() + $1, token = token + 1
                       WHERE due_at <= unixepoch()
                       AND id = (SELECT id FROM inquiries WHERE due_at <= unixepoch() ORDER BY due_at, id LIMIT 1)
                       RETURNING id, token, method, mid, trans_id, pay_id";
            let taken = sqlx::query(sql).bind(LEASE).fetch_optional(&mut *change).await?;
            let Some(row) = taken else { return Ok(None) };
            let asked = Asked::read(&row)?;
            if is_waited_for(&mut change, asked.id).await? {
                change.commit().await?;
                return Ok(Some(asked));
            }
            // A callback has told it meanwhile.
            let sql = "UPDATE inquiries SET due_at = NULL WHERE id = $1";
            sqlx::query(sql).bind(asked.id).execute(&mut *change).await?;
            change.commit().await?;
        }
    }

    /// The shopkeeper wants Paygate to be asked once more, in a moment.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn ask_again(&self, inquiry: i64) -> Result<(), StoreError> {
        let mut change = self.change().await?;
        let sql = "UPDATE inquiries SET due_at = unixepoch(), wanted = 1 WHERE id = $1";
        let wanted = sqlx::query(sql).bind(inquiry).execute(&mut *change).await?;
        if wanted.rows_affected() > 0 {
            keeper::audit(&mut change, &format!("had Paygate asked by inquiry {inquiry}")).await?;
        }
        Ok(change.commit().await?)
    }

    /// Lets all inquiries that are to be made some day be due now, also those under way. For tests, and for a shop whose
    /// Paygate was away for long.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn hurry_inquiries(&self) -> Result<(), StoreError> {
        let mut change = self.change().await?;
        let sql = "UPDATE inquiries SET due_at = unixepoch() WHERE due_at > unixepoch()";
        sqlx::query(sql).execute(&mut *change).await?;
        Ok(change.commit().await?)
    }

    /// What was asked about an order's attempts.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn inquiries(&self, order: i64) -> Result<Vec<InquiryRow>, StoreError> {
        let columns = InquiryRow::COLUMNS;
        let sql = format!(
            "SELECT {columns} FROM inquiries i
             JOIN attempts a ON a.method = i.method AND lower(a.mid) = i.mid AND a.trans_id = i.trans_id
             WHERE a.order_id = $1 ORDER BY i.id"
        );
        let rows = sqlx::query(&sql).bind(order).fetch_all(&self.pool).await?;
        let rows: Result<Vec<_>, _> = rows.iter().map(InquiryRow::read).collect();
        Ok(rows?.into_iter().flatten().collect())
    }
}

impl Asked {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let unreadable = |column| StoreError::Unreadable { table: "inquiries", column };
        let pay_id: &str = row.try_get("pay_id")?;
        let pay_id = match pay_id {
            "" => None,
            pay_id => Some(PayId::new(pay_id).map_err(|_| unreadable("pay_id"))?),
        };
        Ok(Self {
            id: row.try_get("id")?,
            token: row.try_get("token")?,
            method: row.try_get("method")?,
            mid: row.try_get("mid")?,
            trans_id: TransId::new(row.try_get::<&str, _>("trans_id")?)
                .map_err(|_| unreadable("trans_id"))?,
            pay_id,
        })
    }
}
