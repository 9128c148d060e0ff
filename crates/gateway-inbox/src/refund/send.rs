//! Sending: a refund is handed out to one, and marked as sent, before the first byte leaves.

use super::state::unreadable;
use super::{Ledger, RefundId};
use crate::database::{Cells, Database};
use crate::inbox::millis;
use crate::{InboxError, Key};
use std::fmt;
use std::time::{Duration, Instant};

/// For how long an inquiry that told that nothing happened allows to send again. Later, the gateway is asked anew.
pub(super) const ALLOWANCE: Duration = Duration::from_secs(15 * 60);

/// Locks the refund and its payment, or takes another one where somebody has them.
const PICK: &str = "SELECT r.id FROM gateway_refunds r JOIN gateway_payments p ON p.payment = r.payment
    WHERE r.state = 'planned' AND r.channel = 'online' AND r.request IS NOT NULL AND r.due_at <= {now}
      AND (r.tries = 0 OR r.due_at > {now} - $1)
      AND NOT EXISTS (SELECT 1 FROM gateway_refunds o WHERE o.payment = r.payment AND o.id <> r.id
                        AND (o.state IN ('sent', 'unknown', 'person') OR (o.state = 'planned' AND o.tries > 0)))
    ORDER BY r.due_at, r.id LIMIT 1 {skip_locked}";

/// Under the lock it is looked at again whether another one of the payment is out: the one who had the lock may have sent it.
const TAKE: &str = "UPDATE gateway_refunds SET state = 'sent', token = token + 1, sent_token = token + 1,
        tries = tries + 1, asks = 0, heard = NULL, due_at = {now} + $2, sent_at = coalesce(sent_at, {now}), last_sent_at = {now}
    WHERE id = $1 AND state = 'planned'
      AND NOT EXISTS (SELECT 1 FROM gateway_refunds o
                      WHERE o.payment = gateway_refunds.payment AND o.id <> gateway_refunds.id
                        AND (o.state IN ('sent', 'unknown', 'person') OR (o.state = 'planned' AND o.tries > 0)))
    RETURNING id, token, payment, amount, reference, request, tries, sent_at";

/// How often another one is picked where somebody else was faster.
const PICKS: usize = 8;

/// A refund, and the right to send it now, once. Nobody else has it.
///
/// Whoever drops it without an answer leaves it to be asked for, after the lease: it may have been sent.
///
/// `Debug` shows neither the amount nor what is sent.
pub struct Sending {
    pub(super) id: RefundId,
    pub(super) token: i64,
    payment: Key,
    amount: u64,
    reference: String,
    request: Vec<u8>,
    tries: i64,
    first_sent_at: i64,
    ends: Option<Instant>,
}

impl Sending {
    /// The refund.
    #[must_use]
    pub fn id(&self) -> RefundId {
        self.id
    }

    /// The payment of which money goes back.
    #[must_use]
    pub fn payment(&self) -> Key {
        self.payment
    }

    /// How much, in the smallest unit of the payment's currency.
    #[must_use]
    pub fn amount(&self) -> u64 {
        self.amount
    }

    /// By what the gateway knows it again.
    #[must_use]
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// The bytes to send. `None` when the lease is over: the gateway may have been asked for it by now, and a request that leaves
    /// after that would be known to nobody.
    #[must_use]
    pub fn request(&self) -> Option<&[u8]> {
        // Without an end that can be computed it never ends.
        let is_over = self.ends.is_some_and(|end| Instant::now() >= end);
        if is_over { None } else { Some(&self.request) }
    }

    /// Which sending this is, from 1.
    #[must_use]
    pub fn tries(&self) -> i64 {
        self.tries
    }

    /// When it was sent first, in milliseconds since 1970 by the database's clock.
    #[must_use]
    pub fn first_sent_at(&self) -> i64 {
        self.first_sent_at
    }

    fn read(row: &impl Cells, ends: Option<Instant>) -> Result<Self, InboxError> {
        Ok(Self {
            id: RefundId::new(row.integer(0)?),
            token: row.integer(1)?,
            payment: row.bytes(2)?.and_then(|key| Key::from_bytes(&key)).ok_or(unreadable("payment"))?,
            amount: u64::try_from(row.integer(3)?).map_err(|_| unreadable("amount"))?,
            reference: row.text(4)?.ok_or(unreadable("reference"))?,
            request: row.bytes(5)?.ok_or(unreadable("request"))?,
            tries: row.integer(6)?,
            first_sent_at: row.integer(7)?,
            ends,
        })
    }
}

impl fmt::Debug for Sending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending")
            .field("id", &self.id)
            .field("payment", &self.payment)
            .field("reference", &self.reference)
            .field("tries", &self.tries)
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}

impl<DB: Database> Ledger<DB> {
    /// Hands out a refund that is to be sent online, for so long; `None` where there is none. When this returns, the database
    /// has committed that it is sent. Of one payment, one refund is out at a time: the next one comes when that is settled.
    ///
    /// The lease must be longer than the client waits for an answer.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    pub async fn claim_to_send(&self, lease: Duration) -> Result<Option<Sending>, InboxError> {
        let _turn = self.inbox.turn().await;
        for _ in 0..PICKS {
            // By the own clock it ends no later than by the database's.
            let ends = Instant::now().checked_add(lease);
            let mut change = self.inbox.begin().await?;
            let picked = DB::rows(&mut change, &self.sql(PICK), &[millis(ALLOWANCE).into()]).await?;
            let Some(picked) = picked.first() else { return Ok(None) };
            let values = [picked.integer(0)?.into(), millis(lease).into()];
            let taken = DB::rows(&mut change, &self.sql(TAKE), &values).await?;
            change.commit().await?;
            if let Some(row) = taken.first() {
                return Sending::read(row, ends).map(Some);
            }
        }
        Ok(None)
    }
}
