//! Callbacks: each authentic result is one row, and all that follows from it is one change.

use super::attempts::{self, AttemptRow};
use super::orders::{self, Order};
use super::payments::{self, Stepped};
use super::{Change, Store, StoreError, cart, people};
use crate::state::{Event, Flags, State};
use paygate::{Attempt, Authentic, Method, Outcome, PayId, Route, Signed, Trustly};

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

impl Store {
    /// Stores a genuine result, and applies it to the attempt that it names: once, however often it comes and whoever brings
    /// it.
    ///
    /// # Errors
    ///
    /// If it is not durably stored. Nothing of it is stored then.
    pub async fn record(&self, callback: &Authentic<Trustly>, route: Route) -> Result<(), StoreError> {
        let description = callback.unsigned().text("Description").unwrap_or_default();
        let mut change = self.change().await?;
        let (row, applied) =
            add(&mut change, (Trustly::NAME, callback.signed()), route, &description).await?;
        if !applied {
            let names = Attempt::new::<Trustly>(*callback.signed().mid(), *callback.trans_id());
            if let Some(attempt) = attempts::named(&mut change, &names).await? {
                match judge(callback, &attempt) {
                    Ok(event) => apply(&mut change, row, &attempt, callback.signed(), event).await?,
                    Err(reason) => inapplicable(&mut change, row, Some(&attempt), reason).await?,
                }
            } else {
                inapplicable(&mut change, row, None, "names an attempt that nobody knows").await?;
            }
        }
        Ok(change.commit().await?)
    }

    /// Stores a result that is Paygate's own and cannot be applied, for a person. No order waits for one that only a browser has
    /// brought: should Paygate's server tell it too, it still counts.
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
        if route == Route::Notify && !applied {
            let (method, signed) = result;
            let attempt = match Attempt::named(method, *signed.mid(), *signed.trans_id()) {
                Some(names) => attempts::named(&mut change, &names).await?,
                None => None,
            };
            inapplicable(&mut change, row, attempt.as_ref(), reason).await?;
        } else {
            people::ask(&mut change, row, None, reason).await?;
        }
        Ok(change.commit().await?)
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

/// Holds a callback against its attempt. The PayID is not pinned to the attempt here: a redirect that was followed twice makes
/// two payments, and each is kept and judged by itself.
fn judge(callback: &Authentic<Trustly>, attempt: &AttemptRow) -> Result<Event, &'static str> {
    let bound = callback.bind(&attempt.expected());
    match bound.map_err(|_| "does not belong to the attempt that it names")?.outcome() {
        Outcome::Paid(_) => Ok(Event::Paid),
        Outcome::Open(_) => Ok(Event::Open),
        Outcome::Failed(_) => Ok(Event::Failed),
        Outcome::Authorized(_) => Err("authorized, which Trustly never is"),
    }
}

async fn apply(
    change: &mut Change,
    row: i64,
    attempt: &AttemptRow,
    signed: &Signed,
    event: Event,
) -> Result<(), StoreError> {
    let Ok(stepped) = payments::step(change, attempt, signed.pay_id(), event).await? else {
        return inapplicable(change, row, Some(attempt), "its payment belongs to another attempt").await;
    };
    mark(change, row, event.name()).await?;
    if let Some(order) = orders::by_id(change, attempt.order).await?
        && let Some(reason) = why_a_person(&order, signed.pay_id(), &stepped)
    {
        people::ask(change, row, Some(order.id), reason).await?;
    }
    if matches!(event, Event::Open | Event::Paid) {
        cart::is_bought(change, attempt).await?;
    }
    Ok(())
}

/// Judged by this payment, so that each one that is too much is asked about, whatever was asked before.
fn why_a_person(order: &Order, pay_id: &PayId, stepped: &Stepped) -> Option<&'static str> {
    if stepped.flags.has(Flags::FAILED_AFTER_PAID) {
        return Some("failed after it was paid");
    }
    if !stepped.became_paid {
        return None;
    }
    let others = order.payments().filter(|(_, known)| known.pay_id != *pay_id);
    match others.map(|(_, payment)| payment.state).max() {
        Some(State::Refunded) => Some("paid after another payment was given back"),
        Some(State::Paid) => Some("paid more than once"),
        _ if order.view().flags.has(Flags::OTHER_BASKET) => {
            Some("paid for another basket than the one it has now")
        }
        _ => None,
    }
}

async fn inapplicable(
    change: &mut Change,
    row: i64,
    attempt: Option<&AttemptRow>,
    reason: &str,
) -> Result<(), StoreError> {
    people::ask(change, row, attempt.map(|attempt| attempt.order), reason).await?;
    mark(change, row, "not applicable").await
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

async fn mark(change: &mut Change, row: i64, applied: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE callbacks SET applied = ? WHERE id = ?")
        .bind(applied)
        .bind(row)
        .execute(&mut **change)
        .await?;
    Ok(())
}
