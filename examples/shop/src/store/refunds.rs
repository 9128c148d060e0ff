//! Refunds: what the shop knows of those that stand in the ledger, and what follows for a payment from them.

use super::attempts::AttemptRow;
use super::payments::{PaymentRow, ask_for_the_rest, step};
use super::{Order, Store, StoreError, Turn, items, keeper, orders};
use crate::state::{Event, State};
use gateway_inbox::paygate::{GATEWAY, payment_key};
use gateway_inbox::{
    Begun, DecideError, Decision, Elsewhere, Key, Ledger, NewRefund, PaidPayment, RefundError, RefundId,
    RefundRow, Refunds,
};
use paygate::{Currency, Money, PayId, TransId};
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Row};
use std::collections::BTreeMap;

/// Whose money a refund is.
#[derive(Clone, Debug)]
pub struct RefundOf {
    /// The order.
    pub order: i64,
    /// The payment.
    pub payment: i64,
    /// Paygate's name for the payment.
    pub pay_id: PayId,
    /// The attempt that was paid.
    pub attempt: TransId,
    /// The refund's own name.
    pub trans_id: TransId,
    /// What was paid.
    pub paid: Money,
}

impl RefundOf {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let unreadable = |column| StoreError::Unreadable { table: "refunds", column };
        let text = |column| row.try_get::<&str, _>(column);
        Ok(Self {
            order: row.try_get("order_id")?,
            payment: row.try_get("payment_id")?,
            pay_id: PayId::new(text("pay_id")?).map_err(|_| unreadable("pay_id"))?,
            attempt: TransId::new(text("attempt")?).map_err(|_| unreadable("attempt"))?,
            trans_id: TransId::new(text("trans_id")?).map_err(|_| unreadable("trans_id"))?,
            paid: items::money(row)?,
        })
    }
}

/// The ledger's name for a payment.
#[must_use]
pub fn key_of(attempt: &AttemptRow, payment: &PaymentRow) -> Key {
    payment_key(attempt.attempt.mid(), &payment.pay_id)
}

/// The payment as the ledger wants it: what was paid is what its attempt was for, in its currency.
#[must_use]
pub fn paid_payment<'a>(
    attempt: &AttemptRow,
    payment: &PaymentRow,
    currency: &'a Currency,
) -> PaidPayment<'a> {
    let (key, paid) = (key_of(attempt, payment), attempt.want.costs.amount().units());
    PaidPayment { gateway: GATEWAY, key, paid, currency: currency.as_str() }
}

impl Store {
    /// The ledger of all refunds: in the same database.
    #[must_use]
    pub fn ledger(&self) -> Ledger<Any> {
        self.inbox().ledger()
    }

    /// What was given back of an order's payments, and is about to be, each by its payment's number.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn refunds(&self, order: &Order) -> Result<BTreeMap<i64, Refunds>, StoreError> {
        let (ledger, mut all) = (self.ledger(), BTreeMap::new());
        for (attempt, payment) in order.payments().filter(|(_, payment)| payment.state >= State::Paid) {
            all.insert(payment.id, ledger.of(&key_of(attempt, payment)).await?);
        }
        Ok(all)
    }

    /// Whose money a refund is; `None` where it is not one of this shop's.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub async fn refund_of(&self, refund: RefundId) -> Result<Option<RefundOf>, StoreError> {
        of(&mut *self.pool.acquire().await?, refund).await
    }

    /// The refunds that need a person.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub async fn doubtful_refunds(&self) -> Result<Vec<(RefundRow, RefundOf)>, StoreError> {
        let mut doubtful = Vec::new();
        for row in self.ledger().needing_a_person().await? {
            if let Some(of) = self.refund_of(row.id).await? {
                doubtful.push((row, of));
            }
        }
        Ok(doubtful)
    }

    /// Stores a refund, to be sent by whoever sends them, and that somebody asked for it. The same one again is no second one.
    ///
    /// # Errors
    ///
    /// If it cannot be written; inside, why there is none.
    pub(crate) async fn begin_refund(
        &self,
        turn: &mut Turn<'_>,
        (order, payment): (i64, &PaymentRow),
        trans_id: &TransId,
        refund: &NewRefund<'_>,
    ) -> Result<Result<(), RefundError>, StoreError> {
        let id = match self.ledger().begin(turn, refund).await {
            Ok(Begun::New(id)) => id,
            Ok(Begun::Known(_)) => return Ok(Ok(())),
            Err(RefundError::Inbox(error)) => return Err(error.into()),
            Err(error) => return Ok(Err(error)),
        };
        sqlx::query("INSERT INTO refunds (refund_id, payment_id, trans_id) VALUES ($1, $2, $3)")
            .bind(id.get())
            .bind(payment.id)
            .bind(trans_id.as_str())
            .execute(&mut **turn)
            .await?;
        let action = format!("asked for a refund of payment {} of order {order}", payment.pay_id);
        keeper::audit(turn, &action).await?;
        Ok(Ok(()))
    }

    /// Writes down that money was given back on Computop's own pages, and that somebody said so.
    ///
    /// # Errors
    ///
    /// If it cannot be written; inside, why it is not.
    pub(crate) async fn record_elsewhere(
        &self,
        turn: &mut Turn<'_>,
        (order, payment): (i64, &PaymentRow),
        refund: &Elsewhere<'_>,
    ) -> Result<Result<(), RefundError>, StoreError> {
        match self.ledger().record_elsewhere(turn, refund).await {
            Ok(Begun::New(_)) => {}
            Ok(Begun::Known(_)) => return Ok(Ok(())),
            Err(RefundError::Inbox(error)) => return Err(error.into()),
            Err(error) => return Ok(Err(error)),
        }
        let action =
            format!("wrote down that money of payment {} of order {order} was given back", payment.pay_id);
        keeper::audit(turn, &action).await?;
        self.settle_up(turn, order, payment.id).await?;
        Ok(Ok(()))
    }

    /// What follows when money has gone back: the payment of which all has, is given back. A part of it leaves it paid.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub(crate) async fn settle_up(
        &self,
        turn: &mut Turn<'_>,
        order: i64,
        payment: i64,
    ) -> Result<(), StoreError> {
        let Some(known) = orders::by_id(turn, order).await? else { return Ok(()) };
        let mut paid = known.payments().filter(|(_, known)| known.state == State::Paid);
        let Some((attempt, paid)) = paid.find(|(_, known)| known.id == payment) else { return Ok(()) };
        let refunds = self.ledger().of_in(turn, &key_of(attempt, paid)).await?;
        if refunds.done >= attempt.want.costs.amount().units() {
            // It is this attempt's, by the search.
            let _ = step(turn, attempt, &paid.pay_id, Event::Refunded).await?;
            ask_for_the_rest(turn, order).await?;
        }
        Ok(())
    }

    /// Writes down what a person found out about a refund; tells whether there was anything to decide.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub async fn decide(&self, refund: RefundId, was_given_back: bool) -> Result<bool, StoreError> {
        let mut change = self.change().await?;
        let Some(of) = of(&mut change, refund).await? else { return Ok(false) };
        let Some(mut turn) = Turn::of_order(&mut change, of.order).await? else { return Ok(false) };
        let (decision, word) = if was_given_back {
            (Decision::WasGivenBack, "was given back")
        } else {
            (Decision::WasNotGivenBack, "was not given back")
        };
        match self.ledger().decide(&mut turn, refund, decision, "a shopkeeper has looked").await {
            Ok(_) => {}
            Err(DecideError::Inbox(error)) => return Err(error.into()),
            Err(_) => return Ok(false),
        }
        let action = format!("decided that refund {} of order {} {word}", refund.get(), of.order);
        keeper::audit(&mut turn, &action).await?;
        self.settle_up(&mut turn, of.order, of.payment).await?;
        change.commit().await?;
        Ok(true)
    }
}

async fn of(connection: &mut AnyConnection, refund: RefundId) -> Result<Option<RefundOf>, StoreError> {
    let sql = "SELECT order_id, payment_id, pay_id, attempts.trans_id AS attempt, refunds.trans_id AS trans_id, amount, currency
               FROM refunds JOIN payments ON payments.id = payment_id JOIN attempts ON attempts.id = attempt_id
               WHERE refund_id = $1";
    let row = sqlx::query(sql).bind(refund.get()).fetch_optional(connection).await?;
    row.as_ref().map(RefundOf::read).transpose()
}
