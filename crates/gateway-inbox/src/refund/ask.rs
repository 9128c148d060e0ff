//! Asking: how much the gateway gave back of the payment, where it did not say what became of a refund.

use super::judge::{Case, FORGOTTEN, Verdict, judge};
use super::lock::{Heard, Standing};
use super::pause::pause;
use super::send::ALLOWANCE;
use super::state::unreadable;
use super::{Ledger, RefundId, RefundState, SettleError};
use crate::database::{Cells, Database};
use crate::inbox::millis;
use crate::{InboxError, Key};
use sqlx::Connection;
use std::fmt;
use std::time::Duration;

const PICK: &str = "SELECT r.id FROM gateway_refunds r JOIN gateway_payments p ON p.payment = r.payment
    WHERE r.channel = 'online' AND r.due_at <= {now}
      AND (r.state IN ('sent', 'unknown') OR (r.state = 'planned' AND r.tries > 0 AND r.due_at <= {now} - $1))
    ORDER BY r.due_at, r.id LIMIT 1 {skip_locked}";

/// One that was to be sent again, and was not soon enough, is asked for anew.
const TAKE: &str =
    "UPDATE gateway_refunds SET state = 'unknown', token = token + 1, asks = asks + 1, due_at = {now} + $3
    WHERE id = $2 AND due_at <= {now}
      AND (state IN ('sent', 'unknown') OR (state = 'planned' AND tries > 0 AND due_at <= {now} - $1))
    RETURNING id, token, payment, amount, reference, tries, asks, sent_at";

/// A refund that was sent, and the right to find out what became of it. Its bytes are not to be had here: it cannot be sent.
///
/// `Debug` shows no amount.
pub struct Asking {
    id: RefundId,
    token: i64,
    payment: Key,
    amount: u64,
    reference: String,
    tries: i64,
    asks: i64,
    first_sent_at: i64,
    done: u64,
}

impl Asking {
    /// The refund.
    #[must_use]
    pub fn id(&self) -> RefundId {
        self.id
    }

    /// The payment to ask for.
    #[must_use]
    pub fn payment(&self) -> Key {
        self.payment
    }

    /// How much is to go back.
    #[must_use]
    pub fn amount(&self) -> u64 {
        self.amount
    }

    /// By what the gateway knows it again.
    #[must_use]
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// How often it was sent.
    #[must_use]
    pub fn tries(&self) -> i64 {
        self.tries
    }

    /// Which question this is since it was sent last, from 1.
    #[must_use]
    pub fn questions(&self) -> i64 {
        self.asks
    }

    /// When it was sent first, in milliseconds since 1970 by the database's clock.
    #[must_use]
    pub fn first_sent_at(&self) -> i64 {
        self.first_sent_at
    }

    fn read(row: &impl Cells) -> Result<Self, InboxError> {
        Ok(Self {
            id: RefundId::new(row.integer(0)?),
            token: row.integer(1)?,
            payment: row.bytes(2)?.and_then(|key| Key::from_bytes(&key)).ok_or(unreadable("payment"))?,
            amount: u64::try_from(row.integer(3)?).map_err(|_| unreadable("amount"))?,
            reference: row.text(4)?.ok_or(unreadable("reference"))?,
            tries: row.integer(5)?,
            asks: row.integer(6)?,
            first_sent_at: row.integer(7)?,
            done: 0,
        })
    }

    /// Decides by how much the gateway gave back of this payment in all, in the payment's own currency; `None` where it did not
    /// tell, which is not 0. Tells how the refund stands then:
    ///
    /// - the sum of what is done and of this refund: `Done`;
    /// - the sum of what is done, without this refund: `Planned`, to be sent again under the same reference with the same bytes,
    ///   if it cannot be open any more, for all that is known. Paygate does nothing for a reference whose first request is
    ///   *finished*, and carries out the second one where it is open; so nothing but an answer that was given late enough allows
    ///   it. One that the gateway called open is not sent again; one that it refused at its second sending is `Refused`;
    /// - anything else: `NeedsAPerson`. Somebody may have given money back elsewhere;
    /// - not told: `Unknown`, and is asked for again; in the end `NeedsAPerson`.
    ///
    /// # Errors
    ///
    /// [`SettleError::Lost`] where somebody else asked, sent or decided since.
    pub async fn resolve<DB: Database>(
        &self,
        ledger: &Ledger<DB>,
        change: &mut DB::Connection,
        credited: Option<u64>,
    ) -> Result<RefundState, SettleError> {
        let mut part = Connection::begin(change).await?;
        let refund = ledger.lock(&mut part, self.id).await?.ok_or(SettleError::Lost)?;
        if refund.token != self.token || refund.state != RefundState::Unknown {
            return Err(SettleError::Lost);
        }
        let beside = ledger.beside(&mut part, &refund.payment, self.id).await?;
        let case = Case {
            done: beside.done,
            amount: refund.amount,
            is_alone: beside.out == 0 && beside.done == self.done,
            heard: refund.heard,
            sendings: refund.tries,
            questions: refund.asks,
            since_first: refund.since_first,
            since_last: refund.since_last,
        };
        let stays = Standing {
            state: RefundState::Unknown,
            heard: refund.heard,
            note: &refund.note,
            due: pause(refund.asks),
            asks: refund.asks,
        };
        let over =
            |state, note| Standing { state, heard: Heard::Nothing, note, due: Duration::ZERO, ..stays };
        let standing = match judge(&case, credited, &ledger.rules) {
            Verdict::Done => over(RefundState::Done, ""),
            Verdict::Refused => over(RefundState::Refused, &refund.note),
            Verdict::SendAgain if refund.is_forgotten => over(RefundState::NeedsAPerson, FORGOTTEN),
            Verdict::SendAgain => over(RefundState::Planned, &refund.note),
            Verdict::Person(why) => over(RefundState::NeedsAPerson, why),
            Verdict::AskLater => stays,
        };
        ledger.stand(&mut part, self.id, &standing).await?;
        part.commit().await?;
        Ok(standing.state)
    }
}

impl fmt::Debug for Asking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asking")
            .field("id", &self.id)
            .field("payment", &self.payment)
            .field("reference", &self.reference)
            .field("tries", &self.tries)
            .field("asks", &self.asks)
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}

impl<DB: Database> Ledger<DB> {
    /// Hands out a refund that was sent and of which it is not known what became, for so long; `None` where none is due. That
    /// is one whose answer did not tell, and one that nobody answered for within the lease of its sending.
    ///
    /// The question to the gateway must be asked after this, not before.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    pub async fn claim_to_ask(&self, lease: Duration) -> Result<Option<Asking>, InboxError> {
        let _turn = self.inbox.turn().await;
        let mut change = self.inbox.begin().await?;
        let allowance = millis(ALLOWANCE);
        let picked = DB::rows(&mut change, &self.sql(PICK), &[allowance.into()]).await?;
        let Some(picked) = picked.first() else { return Ok(None) };
        let values = [allowance.into(), picked.integer(0)?.into(), millis(lease).into()];
        let taken = DB::rows(&mut change, &self.sql(TAKE), &values).await?;
        let Some(row) = taken.first() else { return Ok(None) };
        let mut asking = Asking::read(row)?;
        asking.done = self.beside(&mut change, &asking.payment, asking.id).await?.done;
        change.commit().await?;
        Ok(Some(asking))
    }
}
