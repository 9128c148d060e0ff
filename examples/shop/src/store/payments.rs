//! Payments: what Paygate made of an attempt, each by its PayID.

use super::attempts::AttemptRow;
use super::{StoreError, Turn, inquiries, orders, people};
use crate::state::{Event, Flags, State};
use paygate::PayId;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

/// A payment as it stands.
#[derive(Clone, Debug)]
pub struct PaymentRow {
    /// Its number.
    pub id: i64,
    /// Paygate's name for it.
    pub pay_id: PayId,
    /// How it stands.
    pub state: State,
    /// What is odd.
    pub flags: Flags,
}

/// The payment is another attempt's.
pub(super) struct OfAnotherAttempt;

/// What a result made of a payment.
pub(super) struct Stepped {
    /// It was not paid before, and is now.
    pub(super) became_paid: bool,
    /// What this step added.
    pub(super) flags: Flags,
}

impl PaymentRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let unreadable = |column| StoreError::Unreadable { table: "payments", column };
        Ok(Self {
            id: row.try_get("id")?,
            pay_id: PayId::new(row.try_get::<&str, _>("pay_id")?).map_err(|_| unreadable("pay_id"))?,
            state: State::named(row.try_get("state")?).ok_or(unreadable("state"))?,
            flags: Flags::from_stored(row.try_get("flags")?),
        })
    }
}

pub(super) async fn of_attempt(
    connection: &mut AnyConnection,
    attempt: i64,
) -> Result<Vec<PaymentRow>, StoreError> {
    let rows = sqlx::query("SELECT * FROM payments WHERE attempt_id = $1 ORDER BY id").bind(attempt);
    rows.fetch_all(connection).await?.iter().map(PaymentRow::read).collect()
}

/// What an event makes of the payment with this PayID, which may be new.
pub(super) async fn step(
    turn: &mut Turn<'_>,
    attempt: &AttemptRow,
    pay_id: &PayId,
    event: Event,
) -> Result<Result<Stepped, OfAnotherAttempt>, StoreError> {
    let known = attempt.payments.iter().find(|payment| payment.pay_id == *pay_id);
    let before = known.map_or(attempt.state, |payment| payment.state);
    let step = before.after(event);
    let sql = "INSERT INTO payments (attempt_id, mid, pay_id, state, flags) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (mid, pay_id) DO UPDATE
               SET state = excluded.state, flags = payments.flags | excluded.flags
               WHERE payments.attempt_id = excluded.attempt_id";
    let written = sqlx::query(sql)
        .bind(attempt.id)
        .bind(attempt.attempt.mid().as_str())
        .bind(pay_id.as_str())
        .bind(step.state.name())
        .bind(step.flags.stored())
        .execute(&mut **turn)
        .await?;
    let became_paid = step.state == State::Paid && before != State::Paid;
    Ok(if written.rows_affected() == 1 {
        Ok(Stepped { became_paid, flags: step.flags })
    } else {
        Err(OfAnotherAttempt)
    })
}

/// Where what is left was paid for another basket, only a person can put it right.
pub(super) async fn ask_for_the_rest(turn: &mut Turn<'_>, order: i64) -> Result<(), StoreError> {
    let Some(order) = orders::by_id(turn, order).await? else { return Ok(()) };
    if !order.view().flags.has(Flags::OTHER_BASKET) {
        return Ok(());
    }
    let reason = "what was not given back is for another basket";
    for (attempt, left) in order.payments().filter(|(_, payment)| payment.state == State::Paid) {
        let sql = "SELECT id FROM callbacks WHERE trans_id = $1 AND pay_id = $2 AND applied = $3";
        let callback = sqlx::query_scalar(sql)
            .bind(attempt.attempt.trans_id().as_str())
            .bind(left.pay_id.as_str())
            .bind(Event::Paid.name());
        if let Some(callback) = callback.fetch_optional(&mut **turn).await? {
            people::ask(turn, callback, order.id, reason).await?;
        } else if let Some(inquiry) = inquiries::that_found(turn, attempt, &left.pay_id).await? {
            people::ask_by_inquiry(turn, inquiry, order.id, reason).await?;
        }
    }
    Ok(())
}
