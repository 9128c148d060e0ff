//! What Paygate answered: written down, and applied where the amounts say that the whole money is there.

use super::{Asked, is_waited_for};
use crate::reconciler::{Judged, judge, schedule};
use crate::state::{Event, State};
use crate::store::attempts::{self, AttemptRow};
use crate::store::callbacks::why_a_person;
use crate::store::{Store, StoreError, Turn, cart, orders, payments, people};
use paygate::{Amounts, Attempt, MerchantId, PayId};
use sqlx::AnyConnection;

/// What came of asking.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Paygate told how the payment stands.
    Told(Told),
    /// Paygate, or the shop itself, says that there is nothing to be told.
    Refused(String),
    /// There is no answer yet, for this reason.
    None(&'static str),
}

/// How a payment stands, by Paygate.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// Which payment.
    pub pay_id: Option<PayId>,
    /// Its amounts.
    pub amounts: Amounts,
}

impl Store {
    /// Writes down what came of asking, and all that follows from it, unless another shop has asked since.
    ///
    /// # Errors
    ///
    /// If it is not written. Paygate is asked again then.
    pub async fn answered(&self, asked: &Asked, answer: &Answer) -> Result<(), StoreError> {
        let mut change = self.change().await?;
        let names = MerchantId::new(&asked.mid).ok();
        let names = names.and_then(|mid| Attempt::named(&asked.method, mid, asked.trans_id));
        let turn = match &names {
            Some(names) => Turn::of_attempt(&mut change, names).await?,
            None => None,
        };
        if let (Some(mut turn), Some(names)) = (turn, names) {
            let Some(age) = write(&mut turn, asked, answer).await? else { return Ok(()) };
            if let Answer::Told(told) = answer
                && let Some(attempt) = attempts::named(&mut turn, &names).await?
            {
                apply(&mut turn, asked, &attempt, told).await?;
            }
            put_off(&mut turn, asked, age).await?;
        } else {
            // An attempt that nobody knows: a person looks at the answer.
            let Some(age) = write(&mut change, asked, answer).await? else { return Ok(()) };
            put_off(&mut change, asked, age).await?;
        }
        Ok(change.commit().await?)
    }
}

/// The age of the inquiry; `None` where it is not this shop's any more. Who has no answer still wants one.
async fn write(
    connection: &mut AnyConnection,
    asked: &Asked,
    answer: &Answer,
) -> Result<Option<i64>, StoreError> {
    let sql = "UPDATE inquiries SET asked_at = CURRENT_TIMESTAMP, times = times + 1, captured = $1, credited = $2,
                      currency = $3, failure = $4, wanted = CASE WHEN $5 = 1 THEN 0 ELSE wanted END, due_at = NULL
               WHERE id = $6 AND token = $7 RETURNING unixepoch() - unixepoch(created_at)";
    let (amounts, failure) = match answer {
        Answer::Told(told) => (Some(told.amounts), None),
        Answer::Refused(reason) => (None, Some(reason.as_str())),
        Answer::None(reason) => (None, Some(*reason)),
    };
    let units =
        |amount: Option<paygate::Amount>| amount.and_then(|amount| i64::try_from(amount.units()).ok());
    let currency = amounts.and_then(|amounts| amounts.currency());
    let age = sqlx::query_scalar(sql)
        .bind(units(amounts.and_then(|amounts| amounts.captured())))
        .bind(units(amounts.and_then(|amounts| amounts.credited())))
        .bind(currency.map(|currency| currency.as_str().to_owned()))
        .bind(failure.map(str::to_owned))
        .bind(i64::from(!matches!(answer, Answer::None(_))))
        .bind(asked.id)
        .bind(asked.token);
    Ok(age.fetch_optional(connection).await?)
}

/// Paygate is asked again as long as somebody waits for it, and as long as the schedule goes.
async fn put_off(connection: &mut AnyConnection, asked: &Asked, age: i64) -> Result<(), StoreError> {
    if !is_waited_for(&mut *connection, asked.id).await? {
        return Ok(());
    }
    let Some(next) = schedule::next(age) else { return Ok(()) };
    let sql = "UPDATE inquiries SET due_at = unixepoch(created_at) + $1 WHERE id = $2";
    sqlx::query(sql).bind(next).bind(asked.id).execute(connection).await?;
    Ok(())
}

async fn apply(
    turn: &mut Turn<'_>,
    asked: &Asked,
    attempt: &AttemptRow,
    told: &Told,
) -> Result<(), StoreError> {
    // Whose callbacks name a PayID is signed; what an answer names instead of it is not.
    let pay_id = asked.pay_id.or(told.pay_id);
    let known = attempt.payments.iter().find(|payment| Some(payment.pay_id) == pay_id);
    // Paid is left by other ways, and what else is odd about it a person has before his eyes.
    if known.is_some_and(|payment| payment.state >= State::Paid) {
        return Ok(());
    }
    let pay_id = match (judge(&told.amounts, attempt.want.costs), pay_id) {
        (Judged::AsItWas, _) => return Ok(()),
        (Judged::Person(reason), _) => {
            return people::ask_by_inquiry(turn, asked.id, attempt.order, reason).await;
        }
        (Judged::Paid, Some(pay_id)) => pay_id,
        (Judged::Paid, None) => {
            let reason = "an inquiry says: paid, and not under which PayID";
            return people::ask_by_inquiry(turn, asked.id, attempt.order, reason).await;
        }
    };
    let Ok(stepped) = payments::step(turn, attempt, &pay_id, Event::FoundPaid).await? else {
        let reason = "an inquiry says: paid by a payment that belongs to another attempt";
        return people::ask_by_inquiry(turn, asked.id, attempt.order, reason).await;
    };
    if let Some(order) = orders::by_id(turn, attempt.order).await?
        && let Some(reason) = why_a_person(&order, &pay_id, &stepped)
    {
        people::ask_by_inquiry(turn, asked.id, order.id, reason).await?;
    }
    cart::is_bought(turn, attempt).await
}
