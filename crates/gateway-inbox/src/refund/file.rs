//! Files: refunds are put into one, and marked as sent, before it is written.

use super::state::unreadable;
use super::{Ledger, RefundId, RefundState};
use crate::database::{Cells, Database};
use crate::{InboxError, Key};
use std::fmt;

const OTHERS: &str =
    "SELECT 1 FROM gateway_refunds WHERE file = $1 AND (gateway <> $2 OR account <> $3) LIMIT 1";

const IN_FILE: &str = "SELECT r.id, r.payment, r.amount, r.reference, r.request, r.state, p.currency
    FROM gateway_refunds r JOIN gateway_payments p ON p.payment = r.payment
    WHERE r.file = $1 ORDER BY r.id";

/// Those that wait for a file: `$1` the gateway, `$2` the account.
macro_rules! waiting {
    ($select:literal, $more:literal) => {
        concat!(
            "SELECT ",
            $select,
            " FROM gateway_refunds r JOIN gateway_payments p ON p.payment = r.payment
            WHERE r.gateway = $1 AND r.account = $2 AND r.channel = 'batch' AND r.state = 'planned' AND r.tries = 0
              AND r.request IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM gateway_refunds o WHERE o.payment = r.payment AND o.channel = 'online'
                                AND (o.state IN ('sent', 'unknown', 'person') OR (o.state = 'planned' AND o.tries > 0)))",
            $more
        )
    };
}

/// The currency of the oldest one: a file has one sum, which would mean nothing of two.
const CURRENCY: &str = waiting!("p.currency", " ORDER BY r.id LIMIT 1");

/// Locks them and their payments, without those that somebody else has. By itself, since the database may look for them more than
/// once where it is a part of what follows.
const PICK: &str = concat!(
    "WITH picked AS (",
    waiting!("r.id", " AND p.currency = $3 ORDER BY r.id LIMIT $4 {skip_locked}"),
    ") UPDATE gateway_refunds SET file = $5 WHERE id IN (SELECT id FROM picked) AND state = 'planned'"
);

/// Under the lock it is looked at again whether one of the payment is out online: the one who had the lock may have sent it.
const TAKE: &str = "UPDATE gateway_refunds SET state = 'sent', token = token + 1, sent_token = token + 1,
        tries = tries + 1, asks = 0, heard = NULL, due_at = {now}, sent_at = coalesce(sent_at, {now}), last_sent_at = {now}
    WHERE file = $1 AND state = 'planned'
      AND NOT EXISTS (SELECT 1 FROM gateway_refunds o
                      WHERE o.payment = gateway_refunds.payment AND o.channel = 'online'
                        AND (o.state IN ('sent', 'unknown', 'person') OR (o.state = 'planned' AND o.tries > 0)))";

const LEAVE: &str = "UPDATE gateway_refunds SET file = NULL WHERE file = $1 AND state = 'planned'";

/// What [`Ledger::claim_for_file`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Claimed {
    /// The refunds of the file, in the order in which they were begun.
    pub refunds: Vec<InFile>,
    /// Whether they were put into it just now. If not, whoever did may have handed it over by now.
    pub is_new: bool,
}

/// A refund that stands in a file. It stands in no other one.
///
/// `Debug` shows neither the amount nor what is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct InFile {
    id: RefundId,
    payment: Key,
    amount: u64,
    currency: String,
    reference: String,
    request: Option<Vec<u8>>,
    state: RefundState,
}

impl InFile {
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

    /// The payment's currency.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// By what the answer's file names it.
    #[must_use]
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// Its bytes in the file; `None` where they are purged, after it was settled.
    #[must_use]
    pub fn request(&self) -> Option<&[u8]> {
        self.request.as_deref()
    }

    /// How it stands. Only those that are [`RefundState::Sent`] belong into a file that is made again.
    #[must_use]
    pub fn state(&self) -> RefundState {
        self.state
    }

    fn read(row: &impl Cells) -> Result<Self, InboxError> {
        Ok(Self {
            id: RefundId::new(row.integer(0)?),
            payment: row.bytes(1)?.and_then(|key| Key::from_bytes(&key)).ok_or(unreadable("payment"))?,
            amount: u64::try_from(row.integer(2)?).map_err(|_| unreadable("amount"))?,
            reference: row.text(3)?.ok_or(unreadable("reference"))?,
            request: row.bytes(4)?,
            state: RefundState::read(row.text(5)?.as_deref())?,
            currency: row.text(6)?.ok_or(unreadable("currency"))?,
        })
    }
}

impl fmt::Debug for InFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InFile")
            .field("id", &self.id)
            .field("payment", &self.payment)
            .field("reference", &self.reference)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl<DB: Database> Ledger<DB> {
    /// Puts refunds that are to go in a file into the file of this name: the oldest ones of this gateway and account, so many at most, and all
    /// of one currency. When this returns, the database has committed that they are sent.
    ///
    /// A file that has refunds gets no others: they are what this returns, in the same order. So a program that died before it
    /// handed the file over makes the very same one again. Names must not be used for two files, whatever the gateway and the account.
    ///
    /// Those of a payment of which a refund is out online wait, and those whose payment somebody else changes just now: they go
    /// in a later file.
    ///
    /// ```
    /// # use gateway_inbox::{Channel, Delivery, Inbox, Key, NewRefund, PaidPayment};
    /// use gateway_inbox::{FileAnswer, RefundState};
    /// # use sqlx::SqlitePool;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let options = gateway_inbox::durable(&folder.path().join("shop.sqlite"));
    /// # let inbox = Inbox::open(SqlitePool::connect_with(options).await?).await?;
    /// # let ledger = inbox.ledger();
    /// # let payment = Key::of("payment", ["YourMerchantId", "7bbb…"]);
    /// # let delivery = Delivery {
    /// #     gateway: "paygate", key: Key::of("callback", ["7bbb…"]), attempt: Key::of("attempt", ["tea-1"]), payment,
    /// #     payload: Vec::new(), rank: 4, acknowledged: true,
    /// # };
    /// # let _ = inbox.store(delivery).await?;
    /// # let mut change = inbox.begin().await?;
    /// # let refund = NewRefund {
    /// #     payment: PaidPayment { gateway: "paygate", key: payment, paid: 1999, currency: "EUR" },
    /// #     amount: 999, seen: 0, once: Key::of("form", ["random"]), channel: Channel::Batch, account: "YourMerchantId",
    /// #     reference: "refund-1", request: b"the record",
    /// # };
    /// # let _ = ledger.begin(&mut change, &refund).await?;
    /// # change.commit().await?;
    /// // A refund was begun by `Channel::Batch`, with the record's TransID as its reference and the record as its bytes.
    /// let claimed = ledger.claim_for_file("paygate", "YourMerchantId", "refunds-20250401-1", 1_000).await?;
    /// assert!(claimed.is_new);
    /// let records: Vec<_> = claimed.refunds.iter().filter_map(|refund| refund.request()).collect();
    /// # assert_eq!(records, [b"the record"]);
    /// // … write them into the file, and hand it over. After a crash, the same name gives the same ones.
    /// let again = ledger.claim_for_file("paygate", "YourMerchantId", "refunds-20250401-1", 1_000).await?;
    /// assert_eq!((again.refunds, again.is_new), (claimed.refunds, false));
    ///
    /// // The answer's file came.
    /// let mut change = inbox.begin().await?;
    /// let state =
    ///     ledger.settle_in_file(&mut change, "refunds-20250401-1", "refund-1", FileAnswer::Done).await?;
    /// assert_eq!(state, RefundState::Done);
    /// change.commit().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the database cannot be written, or the name is that of a file [of another gateway or account](InboxError::OtherFile). Whether
    /// it was written may be unknown then: ask again by the same name.
    pub async fn claim_for_file(
        &self,
        gateway: &str,
        account: &str,
        file: &str,
        at_most: u32,
    ) -> Result<Claimed, InboxError> {
        let _turn = self.inbox.turn().await;
        let mut change = self.inbox.begin().await?;
        self.lock_file(&mut change, file).await?;
        if !DB::rows(&mut change, OTHERS, &[file.into(), gateway.into(), account.into()]).await?.is_empty() {
            change.rollback().await?;
            return Err(InboxError::OtherFile);
        }
        let refunds = read_file::<DB>(&mut change, file).await?;
        let is_new = refunds.is_empty();
        let currency = DB::rows(&mut change, CURRENCY, &[gateway.into(), account.into()]).await?;
        let currency = currency.first().map(|row| row.text(0)).transpose()?.flatten();
        let Some(currency) = currency.filter(|_| is_new) else {
            // At once, and not when the connection is used next: until then nobody else could look into the file.
            change.rollback().await?;
            return Ok(Claimed { refunds, is_new });
        };
        let at_most = i64::from(at_most);
        let values = [gateway.into(), account.into(), (&*currency).into(), at_most.into(), file.into()];
        DB::execute(&mut change, &self.sql(PICK), &values).await?;
        DB::execute(&mut change, &self.sql(TAKE), &[file.into()]).await?;
        DB::execute(&mut change, LEAVE, &[file.into()]).await?;
        let refunds = read_file::<DB>(&mut change, file).await?;
        change.commit().await?;
        Ok(Claimed { refunds, is_new })
    }

    /// All refunds that stand in the file of this name, however they stand, in the order in which they were begun.
    ///
    /// # Errors
    ///
    /// If the database cannot be read, or the name is that of a file [of another gateway or account](InboxError::OtherFile).
    pub async fn in_file(&self, gateway: &str, account: &str, file: &str) -> Result<Vec<InFile>, InboxError> {
        if !self.inbox.read(OTHERS, &[file.into(), gateway.into(), account.into()]).await?.is_empty() {
            return Err(InboxError::OtherFile);
        }
        self.inbox.read(IN_FILE, &[file.into()]).await?.iter().map(InFile::read).collect()
    }
}

async fn read_file<DB: Database>(change: &mut DB::Connection, file: &str) -> Result<Vec<InFile>, InboxError> {
    DB::rows(change, IN_FILE, &[file.into()]).await?.iter().map(InFile::read).collect()
}
