//! What the ledger holds of a payment, for a page and for whoever decides.

use super::state::unreadable;
use super::{Channel, Ledger, RefundId, RefundState};
use crate::database::{Cells, Database, Value};
use crate::{InboxError, Key};
use std::fmt;

/// One statement, so that what was paid and what was given back are of one moment.
const OF: &str = "SELECT p.paid, p.currency, r.id, r.payment, r.channel, r.amount, r.reference, r.state, r.tries, r.asks, r.note,
        r.created_at, r.sent_at, r.settled_at, r.file
    FROM gateway_payments p LEFT JOIN gateway_refunds r ON r.payment = p.payment
    WHERE p.payment = $1 ORDER BY r.id";

const DOUBTFUL: &str =
    "SELECT p.paid, p.currency, r.id, r.payment, r.channel, r.amount, r.reference, r.state, r.tries, r.asks,
        r.note, r.created_at, r.sent_at, r.settled_at, r.file
    FROM gateway_payments p JOIN gateway_refunds r ON r.payment = p.payment
    WHERE r.state = 'person' ORDER BY r.id";

/// The refunds of a payment. All is nothing where none was ever begun.
///
/// `Debug` shows no amounts.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Refunds {
    /// What was paid; `None` where no refund was ever begun.
    pub paid: Option<u64>,
    /// The currency of all amounts.
    pub currency: Option<String>,
    /// What is given back, under way, or may have been given back: all but what was refused. A page shows this, and hands it in
    /// as `seen` with a new refund.
    pub taken: u64,
    /// What is known to be given back.
    pub done: u64,
    /// All of them, in the order in which they were begun.
    pub rows: Vec<RefundRow>,
}

impl Refunds {
    /// How much can still be given back; `None` where no refund was ever begun: then it is what was paid.
    #[must_use]
    pub fn left(&self) -> Option<u64> {
        self.paid.map(|paid| paid.saturating_sub(self.taken))
    }
}

/// A refund, as it stands. Times are milliseconds since 1970 by the database's clock.
///
/// `Debug` shows no amount.
#[derive(Clone, PartialEq, Eq)]
pub struct RefundRow {
    /// Its number.
    pub id: RefundId,
    /// The payment.
    pub payment: Key,
    /// By which way it goes.
    pub channel: Channel,
    /// How much, in the smallest unit of the payment's currency.
    pub amount: u64,
    /// By what the gateway knows it again; `None` where it was given back elsewhere.
    pub reference: Option<String>,
    /// How it stands.
    pub state: RefundState,
    /// How often it was sent.
    pub tries: i64,
    /// How often the gateway was asked since.
    pub questions: i64,
    /// Why it stands so, where that was said.
    pub note: Option<String>,
    /// When it was begun.
    pub created_at: i64,
    /// When it was sent first.
    pub sent_at: Option<i64>,
    /// When it was settled.
    pub settled_at: Option<i64>,
    /// The file in which it went; `None` where it is in none.
    pub file: Option<String>,
}

impl<DB: Database> Ledger<DB> {
    /// The refunds of a payment.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub async fn of(&self, payment: &Key) -> Result<Refunds, InboxError> {
        Refunds::read(&self.inbox.read(OF, &[payment.into()]).await?)
    }

    /// The refunds of a payment, as a transaction sees them.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub async fn of_in(&self, change: &mut DB::Connection, payment: &Key) -> Result<Refunds, InboxError> {
        Refunds::read(&DB::rows(change, OF, &[Value::from(payment)]).await?)
    }

    /// All that [need a person](RefundState::NeedsAPerson), of all payments.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub async fn needing_a_person(&self) -> Result<Vec<RefundRow>, InboxError> {
        self.inbox.read(DOUBTFUL, &[]).await?.iter().map(RefundRow::read).collect()
    }
}

impl Refunds {
    fn read(rows: &[impl Cells]) -> Result<Self, InboxError> {
        let mut refunds = Self::default();
        for row in rows {
            refunds.paid = Some(u64::try_from(row.integer(0)?).map_err(|_| unreadable("amount"))?);
            refunds.currency = row.text(1)?;
            if row.maybe_integer(2)?.is_some() {
                refunds.rows.push(RefundRow::read(row)?);
            }
        }
        let sum = |counts: fn(RefundState) -> bool| {
            let amounts = refunds.rows.iter().filter(|row| counts(row.state)).map(|row| row.amount);
            amounts.fold(0, u64::saturating_add)
        };
        let (taken, done) = (sum(RefundState::is_taken), sum(|state| state == RefundState::Done));
        Ok(Self { taken, done, ..refunds })
    }
}

impl RefundRow {
    fn read(row: &impl Cells) -> Result<Self, InboxError> {
        Ok(Self {
            id: RefundId::new(row.integer(2)?),
            payment: row.bytes(3)?.and_then(|key| Key::from_bytes(&key)).ok_or(unreadable("payment"))?,
            channel: Channel::read(row.text(4)?.as_deref())?,
            amount: u64::try_from(row.integer(5)?).map_err(|_| unreadable("amount"))?,
            reference: row.text(6)?,
            state: RefundState::read(row.text(7)?.as_deref())?,
            tries: row.integer(8)?,
            questions: row.integer(9)?,
            note: row.text(10)?,
            created_at: row.integer(11)?,
            sent_at: row.maybe_integer(12)?,
            settled_at: row.maybe_integer(13)?,
            file: row.text(14)?,
        })
    }
}

impl fmt::Debug for Refunds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refunds")
            .field("currency", &self.currency)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RefundRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefundRow")
            .field("id", &self.id)
            .field("payment", &self.payment)
            .field("channel", &self.channel)
            .field("reference", &self.reference)
            .field("state", &self.state)
            .field("tries", &self.tries)
            .field("note", &self.note)
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}
