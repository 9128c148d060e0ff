//! Callbacks: each authentic result is one row, and all that follows from it is one change.

use super::attempts::{self, AttemptRow};
use super::dialect::words;
use super::orders::{self, Order};
use super::payments::{self, Stepped};
use super::{Store, StoreError, Turn, cart, inquiries, people};
use crate::state::{Event, Flags, State};
use gateway_inbox::paygate::stored_key;
use paygate::{Attempt, Authentic, Method, Outcome, PayId, Route, Signed, Trustly};
use sqlx::{Any, AnyConnection, Row, Transaction};

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
    pub count: u64,
    /// When it was handled last, in UTC.
    pub handled_at: String,
}

impl Store {
    /// Writes a genuine result down, and applies it to the attempt that it names: once, however often it is handed in. A part of
    /// the inbox's change.
    ///
    /// # Errors
    ///
    /// If it is not written. The change must not be committed then.
    pub async fn record(
        &self,
        change: &mut Transaction<'_, Any>,
        callback: &Authentic<Trustly>,
        route: Route,
    ) -> Result<(), StoreError> {
        let description = callback.unsigned().text("Description").unwrap_or_default();
        let result = (Trustly::NAME, callback.signed());
        let names = Attempt::new::<Trustly>(*callback.signed().mid(), *callback.trans_id());
        let Some(mut turn) = Turn::of_attempt(change, &names).await? else {
            return match add(change, result, route, &description).await? {
                (_, true) => Ok(()),
                (row, false) => of_nobody(change, row, "names an attempt that nobody knows").await,
            };
        };
        let unreadable = StoreError::Unreadable { table: "attempts", column: "trans_id" };
        let attempt = attempts::named(&mut turn, &names).await?.ok_or(unreadable)?;
        // Whose customer was forgotten, nobody's words are kept about.
        let description = if attempt.want.customer.is_erased() { "" } else { &*description };
        let (row, applied) = add(&mut turn, result, route, description).await?;
        if applied {
            return Ok(());
        }
        match judge(callback, &attempt) {
            Ok(event) => apply(&mut turn, row, &attempt, callback.signed(), event).await,
            Err(reason) => inapplicable(&mut turn, row, attempt.order, reason).await,
        }
    }

    /// Writes a result down that is Paygate's own and cannot be applied, for a person. No order waits for one that only a browser
    /// has brought: should Paygate's server tell it too, it still counts. A part of the inbox's change.
    ///
    /// # Errors
    ///
    /// If it is not written. The change must not be committed then.
    pub async fn keep(
        &self,
        change: &mut Transaction<'_, Any>,
        result: (&'static str, &Signed),
        route: Route,
        reason: &str,
    ) -> Result<(), StoreError> {
        let (method, signed) = result;
        let names = Attempt::named(method, *signed.mid(), *signed.trans_id());
        let turn = match &names {
            Some(names) => Turn::of_attempt(change, names).await?,
            None => None,
        };
        let Some(mut turn) = turn else {
            return match add(change, result, route, "").await? {
                (row, false) if route == Route::Notify => of_nobody(change, row, reason).await,
                (row, _) => people::ask_for_no_order(change, row, reason).await,
            };
        };
        let (row, applied) = add(&mut turn, result, route, "").await?;
        let attempt = match &names {
            Some(names) if route == Route::Notify && !applied => attempts::named(&mut turn, names).await?,
            _ => None,
        };
        match attempt {
            Some(attempt) => inapplicable(&mut turn, row, attempt.order, reason).await,
            None => people::ask_for_no_order(&mut turn, row, reason).await,
        }
    }

    /// The callbacks of an order's attempts.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn callbacks(&self, order: i64) -> Result<Vec<CallbackRow>, StoreError> {
        let sql =
            "SELECT c.method, c.mid, c.pay_id, c.trans_id, status, code, applied,
                    CASE WHEN told_at IS NULL THEN 0 ELSE 1 END AS told, description, count, datetime(last_at) AS last_at
             FROM callbacks c
             JOIN attempts a ON a.method = c.method AND lower(a.mid) = lower(c.mid) AND a.trans_id = c.trans_id
             WHERE order_id = $1 ORDER BY c.id";
        let mut callbacks = Vec::new();
        for row in sqlx::query(sql).bind(order).fetch_all(&self.pool).await? {
            let text = |column| row.try_get::<&str, _>(column);
            let signed = [
                text("method")?,
                text("mid")?,
                text("pay_id")?,
                text("trans_id")?,
                text("status")?,
                text("code")?,
            ];
            // What came after it was handled, the inbox alone has counted.
            let seen = self.inbox.seen(&stored_key(signed)).await?;
            let [_, _, pay_id, trans_id, status, code] = signed.map(str::to_owned);
            callbacks.push(CallbackRow {
                pay_id,
                trans_id,
                status,
                code,
                applied: row.try_get("applied")?,
                description: row.try_get("description")?,
                is_told: row.try_get::<i64, _>("told")? != 0 || seen.is_some_and(|seen| seen.acknowledged),
                count: seen.map_or(0, |seen| seen.count).max(row.try_get::<i64, _>("count")?.unsigned_abs()),
                handled_at: row.try_get("last_at")?,
            });
        }
        Ok(callbacks)
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
    turn: &mut Turn<'_>,
    row: i64,
    attempt: &AttemptRow,
    signed: &Signed,
    event: Event,
) -> Result<(), StoreError> {
    let Ok(stepped) = payments::step(turn, attempt, signed.pay_id(), event).await? else {
        return inapplicable(turn, row, attempt.order, "its payment belongs to another attempt").await;
    };
    mark(turn, row, event.name()).await?;
    if let Some(order) = orders::by_id(turn, attempt.order).await?
        && let Some(reason) = why_a_person(&order, signed.pay_id(), &stepped)
    {
        people::ask(turn, row, order.id, reason).await?;
    }
    if event == Event::Open {
        inquiries::begin(turn, attempt, Some(signed.pay_id())).await?;
    }
    if matches!(event, Event::Open | Event::Paid) {
        cart::is_bought(turn, attempt).await?;
    }
    Ok(())
}

/// Judged by this payment, so that each one that is too much is asked about, whatever was asked before.
pub(super) fn why_a_person(order: &Order, pay_id: &PayId, stepped: &Stepped) -> Option<&'static str> {
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

/// What is marked so is not looked at again.
const NOT_APPLICABLE: &str = "not applicable";

async fn inapplicable(turn: &mut Turn<'_>, row: i64, order: i64, reason: &str) -> Result<(), StoreError> {
    people::ask(turn, row, order, reason).await?;
    mark(turn, row, NOT_APPLICABLE).await
}

/// The same where there is no order that could wait.
async fn of_nobody(connection: &mut AnyConnection, row: i64, reason: &str) -> Result<(), StoreError> {
    people::ask_for_no_order(connection, row, reason).await?;
    mark(connection, row, NOT_APPLICABLE).await
}

/// Adds a row, or counts it once more; and whether it was applied before.
async fn add(
    connection: &mut AnyConnection,
    (method, signed): (&str, &Signed),
    route: Route,
    description: &str,
) -> Result<(i64, bool), StoreError> {
    let sql = "INSERT INTO callbacks (method, mid, pay_id, trans_id, status, code, description, told_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $8 = 1 THEN CURRENT_TIMESTAMP END)
               ON CONFLICT (method, mid, pay_id, trans_id, status, code) DO UPDATE
               SET count = callbacks.count + 1, last_at = CURRENT_TIMESTAMP,
                   told_at = coalesce(callbacks.told_at, excluded.told_at)
               RETURNING id, CASE WHEN applied IS NULL THEN 0 ELSE 1 END";
    // The limit of the vendor's page; more is no loss, since nothing depends on it.
    let description: String = words(description).chars().take(1024).collect();
    let row = sqlx::query_as(sql)
        .bind(method)
        .bind(signed.mid().as_str())
        .bind(signed.pay_id().as_str())
        .bind(signed.trans_id().as_str())
        .bind(signed.status().as_str())
        .bind(signed.code().as_str().to_owned())
        .bind(description)
        .bind(i64::from(route == Route::Notify));
    let (row, applied): (i64, i64) = row.fetch_one(connection).await?;
    Ok((row, applied != 0))
}

async fn mark(connection: &mut AnyConnection, row: i64, applied: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE callbacks SET applied = $1 WHERE id = $2")
        .bind(applied)
        .bind(row)
        .execute(connection)
        .await?;
    Ok(())
}
