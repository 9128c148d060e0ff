//! Callbacks: each authentic result is one row, and all that follows from it is one change.

use super::attempts::{self, AttemptRow};
use super::{Change, Store, StoreError, orders, people};
use crate::state::{Event, Flags};
use paygate::{Attempt, Authentic, BindError, Method, Outcome, PayId, Route, Signed, Trustly, Verdict};

/// A callback, for the shopkeeper.
#[derive(Clone, Debug)]
pub struct CallbackRow {
    /// Paygate's name for the payment.
    pub pay_id: String,
    /// Which attempt it names.
    pub trans_id: String,
    /// As it came.
    pub status: String,
    /// As it came.
    pub code: String,
    /// What was made of it; `None` where nothing was.
    pub applied: Option<String>,
    /// Somebody else's words.
    pub description: String,
    /// Whether Paygate's server has told it; else only a browser has brought it.
    pub is_told: bool,
    /// How often it came.
    pub count: i64,
    /// When it came last, in UTC.
    pub last_at: String,
}

/// What a callback comes to.
struct Judged<'a> {
    event: Event,
    /// Pinned from now on.
    pay_id: Option<PayId>,
    /// Why a person must look.
    reason: Option<&'a str>,
}

impl Store {
    /// Stores a genuine result, and applies it to the attempt that it names: once, however often it comes and whoever brings
    /// it.
    ///
    /// # Errors
    ///
    /// If it is not durably stored. Nothing of it is stored then.
    pub async fn record(&self, callback: &Authentic<Trustly>, route: Route) -> Result<(), StoreError> {
        let text = callback.unsigned().text("Description").unwrap_or_default();
        let mut change = self.change().await?;
        let (row, applied) = add(&mut change, (Trustly::NAME, callback.signed()), route, &text).await?;
        if !applied {
            let names = Attempt::new::<Trustly>(*callback.signed().mid(), *callback.trans_id());
            if let Some(attempt) = attempts::named(&mut change, &names).await? {
                let judged = judge(&mut change, &attempt, callback).await?;
                self.apply(&mut change, row, &attempt, &judged).await?;
            } else {
                people::ask(&mut change, row, "names an attempt that nobody knows").await?;
                mark(&mut change, row, None, "no attempt").await?;
            }
        }
        Ok(change.commit().await?)
    }

    /// Stores a result that is Paygate's own and cannot be applied, for a person. One that a browser has brought changes
    /// nothing else: should Paygate's server tell it too, it still counts.
    ///
    /// # Errors
    ///
    /// If it is not durably stored.
    pub async fn keep(
        &self,
        result: (&'static str, &Signed),
        route: Route,
        reason: &str,
    ) -> Result<(), StoreError> {
        let mut change = self.change().await?;
        let (row, applied) = add(&mut change, result, route, "").await?;
        people::ask(&mut change, row, reason).await?;
        let (method, signed) = result;
        let names = Attempt::named(method, *signed.mid(), *signed.trans_id());
        if let Some(names) = names.filter(|_| route == Route::Notify && !applied) {
            match attempts::named(&mut change, &names).await? {
                Some(attempt) => {
                    let judged = Judged { event: Event::Inapplicable, pay_id: None, reason: Some(reason) };
                    self.apply(&mut change, row, &attempt, &judged).await?;
                }
                None => mark(&mut change, row, None, "no attempt").await?,
            }
        }
        Ok(change.commit().await?)
    }

    async fn apply(
        &self,
        change: &mut Change,
        row: i64,
        attempt: &AttemptRow,
        judged: &Judged<'_>,
    ) -> Result<(), StoreError> {
        let before = orders::flags(change, attempt.order).await?;
        let step = attempt.state.after(judged.event);
        self.step(change, attempt, step, judged.pay_id.as_ref()).await?;
        mark(change, row, Some(attempt.id), judged.event.name()).await?;
        if let Some(reason) = judged.reason {
            people::ask(change, row, reason).await?;
        }
        // Some things are odd only once all attempts are looked at: paid twice, or another amount.
        let after = orders::flags(change, attempt.order).await?;
        let news = after.without(before | Flags::NEEDS_A_PERSON);
        if judged.reason.is_none() && after.has(Flags::NEEDS_A_PERSON) && news != Flags::NONE {
            people::ask(change, row, &news.explained()).await?;
        }
        orders::settle_cart(change, attempt.order).await
    }

    /// The callbacks of an order's attempts.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn callbacks(&self, order: i64) -> Result<Vec<CallbackRow>, StoreError> {
        type Row = (String, String, String, String, Option<String>, bool, String, i64, String);
        let sql =
            "SELECT c.pay_id, c.trans_id, status, code, applied, told_at IS NOT NULL, description, count, last_at
                   FROM callbacks c
                   JOIN attempts a ON a.method = c.method AND a.mid = c.mid COLLATE NOCASE AND a.trans_id = c.trans_id
                   WHERE order_id = ? ORDER BY c.id";
        let rows: Vec<Row> = sqlx::query_as(sql).bind(order).fetch_all(&self.pool).await?;
        let row = |(pay_id, trans_id, status, code, applied, is_told, description, count, last_at)| {
            CallbackRow { pay_id, trans_id, status, code, applied, description, is_told, count, last_at }
        };
        Ok(rows.into_iter().map(row).collect())
    }
}

/// Holds a callback against its attempt.
async fn judge(
    change: &mut Change,
    attempt: &AttemptRow,
    callback: &Authentic<Trustly>,
) -> Result<Judged<'static>, StoreError> {
    let for_a_person = |event, reason| Judged { event, pay_id: None, reason: Some(reason) };
    let bound = match callback.bind(&attempt.expected()) {
        Ok(bound) => bound,
        // The money of a second payment is there, and is kept.
        Err(BindError::PayId) if callback.verdict() == Verdict::Paid => {
            return Ok(for_a_person(
                Event::PaidByAnother,
                "paid by another payment than the one that was known",
            ));
        }
        Err(_) => {
            return Ok(for_a_person(Event::Inapplicable, "does not belong to the attempt that it names"));
        }
    };
    let event = match bound.outcome() {
        Outcome::Paid(_) => Event::Paid,
        Outcome::Open(_) => Event::Open,
        Outcome::Failed(_) => Event::Failed,
        Outcome::Authorized(_) => {
            return Ok(for_a_person(Event::Inapplicable, "authorized, which Trustly never is"));
        }
    };
    let pay_id = bound.expected().pay_id().copied();
    if let Some(pay_id) = &pay_id
        && attempts::is_taken(change, attempt, pay_id).await?
    {
        return Ok(for_a_person(Event::Inapplicable, "its payment belongs to another attempt"));
    }
    Ok(Judged { event, pay_id, reason: None })
}

/// Adds a row, or counts it once more; and whether it was applied before.
async fn add(
    change: &mut Change,
    (method, signed): (&str, &Signed),
    route: Route,
    description: &str,
) -> Result<(i64, bool), StoreError> {
    let sql = "INSERT INTO callbacks (method, mid, pay_id, trans_id, status, code, description, told_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, iif(?, CURRENT_TIMESTAMP, NULL))
               ON CONFLICT DO UPDATE SET count = count + 1, last_at = CURRENT_TIMESTAMP,
                                         told_at = coalesce(told_at, excluded.told_at)
               RETURNING id, applied IS NOT NULL";
    // The limit of the vendor's page; more is no loss, since nothing depends on it.
    let description: String = description.chars().take(1024).collect();
    let row = sqlx::query_as(sql)
        .bind(method)
        .bind(signed.mid().as_str())
        .bind(signed.pay_id().as_str())
        .bind(signed.trans_id().as_str())
        .bind(signed.status().as_str())
        .bind(signed.code().as_str().to_owned())
        .bind(description)
        .bind(route == Route::Notify);
    Ok(row.fetch_one(&mut **change).await?)
}

async fn mark(change: &mut Change, row: i64, attempt: Option<i64>, applied: &str) -> Result<(), StoreError> {
    let sql = "UPDATE callbacks SET attempt_id = ?, applied = ? WHERE id = ?";
    sqlx::query(sql).bind(attempt).bind(applied).bind(row).execute(&mut **change).await?;
    Ok(())
}
