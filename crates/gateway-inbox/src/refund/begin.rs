//! Beginning: a refund is stored, within the limit, before anything is sent.

use super::limit::{allow, column};
use super::state::unreadable;
use super::{Begun, Channel, Elsewhere, Ledger, NewRefund, PaidPayment, RefundError, RefundId};
use crate::Key;
use crate::database::{Cells, Database};
use crate::purge::ACKNOWLEDGED;
use sqlx::Connection;

/// Locks the payment, and makes it where it is new. It counts because a mere lock would let a transaction with an older view of
/// the tables, of those that the shop may choose, go on with an older sum.
const LOCK: &str = "INSERT INTO gateway_payments (payment, gateway, paid, currency) VALUES ($1, $2, $3, $4)
    ON CONFLICT (payment) DO UPDATE SET changes = gateway_payments.changes + 1
    RETURNING gateway, paid, currency";

const KNOWN: &str = "SELECT id, payment, amount, channel FROM gateway_refunds WHERE once = $1";

const TAKEN: &str = "SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM gateway_refunds
    WHERE payment = $1 AND state <> 'refused'";

const PLAN: &str = "INSERT INTO gateway_refunds
        (payment, once, gateway, channel, amount, reference, request, account, state, due_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'planned', {now}, {now})
    ON CONFLICT DO NOTHING RETURNING id";

const RECORD: &str = "INSERT INTO gateway_refunds
        (payment, once, gateway, channel, amount, note, state, due_at, created_at, settled_at)
    VALUES ($1, $2, $3, $4, $5, $6, 'done', {now}, {now}, {now})
    ON CONFLICT DO NOTHING RETURNING id";

/// What both kinds have.
struct Entry<'a> {
    payment: &'a PaidPayment<'a>,
    amount: u64,
    seen: u64,
    once: &'a Key,
    channel: Channel,
    what: What<'a>,
}

enum What<'a> {
    Request { reference: &'a str, bytes: &'a [u8], account: &'a str },
    Note(&'a str),
}

impl<DB: Database> Ledger<DB> {
    /// Begins a refund: stores it, to be sent. In the shop's own transaction, so that whatever the shop writes is there with it
    /// or not at all; until that ends, other refunds of the payment wait.
    ///
    /// # Errors
    ///
    /// Why it was not begun. Nothing was written, and the transaction may go on.
    pub async fn begin(
        &self,
        change: &mut DB::Connection,
        refund: &NewRefund<'_>,
    ) -> Result<Begun, RefundError> {
        if refund.channel == Channel::Elsewhere || refund.reference.is_empty() || refund.request.is_empty() {
            return Err(RefundError::NotSendable);
        }
        let entry = Entry {
            payment: &refund.payment,
            amount: refund.amount,
            seen: refund.seen,
            once: &refund.once,
            channel: refund.channel,
            what: What::Request {
                reference: refund.reference,
                bytes: refund.request,
                account: refund.account,
            },
        };
        self.enter(change, &entry).await
    }

    /// Records what was given back on the gateway's own pages: it counts as done.
    ///
    /// Record it at once, and never before the money went: the gateway's amounts are held against it, and would look as if
    /// nothing had come of another refund. Where another one of the payment is out, wait for that first: a question in between
    /// takes the money for that one's, if both are as great.
    ///
    /// # Errors
    ///
    /// As [`Ledger::begin`]; the same limit holds.
    pub async fn record_elsewhere(
        &self,
        change: &mut DB::Connection,
        refund: &Elsewhere<'_>,
    ) -> Result<Begun, RefundError> {
        let entry = Entry {
            payment: &refund.payment,
            amount: refund.amount,
            seen: refund.seen,
            once: &refund.once,
            channel: Channel::Elsewhere,
            what: What::Note(refund.note),
        };
        self.enter(change, &entry).await
    }

    async fn enter(&self, change: &mut DB::Connection, entry: &Entry<'_>) -> Result<Begun, RefundError> {
        let mut part = Connection::begin(change).await?;
        let begun = self.enter_locked(&mut part, entry).await;
        match begun {
            Ok(_) => part.commit().await?,
            // At once, and not when the connection is used next: until then nobody could send for this payment.
            Err(_) => part.rollback().await?,
        }
        begun
    }

    async fn enter_locked(
        &self,
        change: &mut DB::Connection,
        entry: &Entry<'_>,
    ) -> Result<Begun, RefundError> {
        let PaidPayment { gateway, key, paid, currency } = entry.payment;
        let amount = column(entry.amount)?;
        let values = [key.into(), (*gateway).into(), column(*paid)?.into(), (*currency).into()];
        let rows = DB::rows(change, LOCK, &values).await?;
        let payment = rows.first().ok_or(unreadable("payment"))?;
        let is_same = payment.text(0)?.as_deref() == Some(*gateway)
            && u64::try_from(payment.integer(1)?) == Ok(*paid)
            && payment.text(2)?.as_deref() == Some(*currency);
        if !is_same {
            return Err(RefundError::OtherPayment);
        }
        // After the first statement that writes: a transaction that reads first may be refused by SQLite when it writes.
        if let What::Request { .. } = entry.what {
            let rows = DB::rows(change, ACKNOWLEDGED, &[key.into()]).await?;
            if rows.first().map_or(Ok(0), |row| row.integer(0))? == 0 {
                return Err(RefundError::NotAcknowledged);
            }
        }
        // Before the limit: whoever clicks twice sees one refund, and no error.
        if let Some(id) = known::<DB>(change, entry, amount).await? {
            return Ok(Begun::Known(id));
        }
        let rows = DB::rows(change, TAKEN, &[key.into()]).await?;
        let taken = rows.first().map_or(Ok(0), |row| row.integer(0))?;
        let taken = u64::try_from(taken).map_err(|_| unreadable("amount"))?;
        allow(*paid, taken, entry.seen, entry.amount)?;
        let channel = entry.channel.as_str();
        let head = [key.into(), entry.once.into(), (*gateway).into(), channel.into(), amount.into()];
        let mut values = Vec::from(head);
        let sql = match entry.what {
            What::Request { reference, bytes, account } => {
                values.push(reference.into());
                values.push(bytes.into());
                values.push(account.into());
                self.sql(PLAN)
            }
            What::Note(note) => {
                values.push(note.into());
                self.sql(RECORD)
            }
        };
        match DB::rows(change, &sql, &values).await?.first() {
            Some(row) => Ok(Begun::New(RefundId::new(row.integer(0)?))),
            // Either the reference is another's, or the same key came with another payment, whose lock is another one.
            None => match known::<DB>(change, entry, amount).await? {
                Some(id) => Ok(Begun::Known(id)),
                None => Err(RefundError::ReferenceUsed),
            },
        }
    }
}

async fn known<DB: Database>(
    change: &mut DB::Connection,
    entry: &Entry<'_>,
    amount: i64,
) -> Result<Option<RefundId>, RefundError> {
    let rows = DB::rows(change, KNOWN, &[entry.once.into()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let is_same = row.bytes(1)?.as_deref() == Some(entry.payment.key.as_bytes())
        && row.integer(2)? == amount
        && row.text(3)?.as_deref() == Some(entry.channel.as_str());
    if is_same { Ok(Some(RefundId::new(row.integer(0)?))) } else { Err(RefundError::OtherRefund) }
}
