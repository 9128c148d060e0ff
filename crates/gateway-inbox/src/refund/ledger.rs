//! The ledger itself: an inbox's database, and the rules for what was sent and not answered.

use super::RefundRules;
use crate::Inbox;
use crate::database::Database;
use std::fmt;

/// All refunds of all payments: those that go online, those that go in files, and those that were made elsewhere. Clones share
/// all.
///
/// Before any byte leaves, the refund stands here, with its reference and its bytes; what was given back, is under way, or is
/// not known, and what is new, is at most what was paid. A refund goes so:
///
/// 1. [`Ledger::begin`] stores it, in the shop's own transaction.
/// 2. [`Ledger::claim_to_send`] hands it out, to one, for a while; [`Sending::settle`](crate::Sending::settle) writes the answer
///    down.
/// 3. Where none came, [`Ledger::claim_to_ask`] hands it out to be asked for, and
///    [`Asking::resolve`](crate::Asking::resolve) decides by what the gateway says that it gave back of the payment.
/// 4. Where that does not tell, a person [decides](Ledger::decide).
///
/// One that goes in a file is stored alike. [`Ledger::claim_for_file`] puts many of them into one, and gives their bytes;
/// [`Ledger::settle_in_file`] writes down what the answer says of each. Nobody asks for them, and none is sent a second time: a
/// file that certainly was not handed over is [withdrawn](Ledger::withdraw_file), and where the answer does not tell, or never
/// comes, a person decides. Several refunds of a payment may be in files at once, but none of them goes online meanwhile.
///
/// ```
/// use gateway_inbox::{Answer, Begun, Channel, Delivery, Inbox, Key, NewRefund, PaidPayment, RefundState};
/// use sqlx::SqlitePool;
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let options = gateway_inbox::durable(&folder.path().join("shop.sqlite"));
/// let inbox = Inbox::open(SqlitePool::connect_with(options).await?).await?;
/// let ledger = inbox.ledger();
/// let payment = Key::of("payment", ["YourMerchantId", "7bbb…"]);
/// # let delivery = Delivery {
/// #     gateway: "paygate", key: Key::of("callback", ["7bbb…"]), attempt: Key::of("attempt", ["tea-1"]), payment,
/// #     payload: Vec::new(), rank: 4, acknowledged: true,
/// # };
/// # let _ = inbox.store(delivery).await?;
///
/// // A shopkeeper's page showed that nothing of 19.99 was taken, and 9.99 are to go back.
/// let mut change = inbox.begin().await?;
/// let refund = NewRefund {
///     payment: PaidPayment { gateway: "paygate", key: payment, paid: 1999, currency: "EUR" },
///     amount: 999,
///     seen: 0,
///     once: Key::of("form", ["the random text of the page's form"]),
///     channel: Channel::Online,
///     account: "YourMerchantId",
///     reference: "9f2d1c", // the ReqId
///     request: b"MerchantID=YourMerchantId&Len=67&Data=0a1b",
/// };
/// let Begun::New(id) = ledger.begin(&mut change, &refund).await? else { panic!() };
/// // … the shop's own lines, for example who did it …
/// change.commit().await?;
///
/// // A task sends it, now or after the next start.
/// if let Some(sending) = ledger.claim_to_send(Duration::from_secs(60)).await? {
///     let Some(bytes) = sending.request() else { return Ok(()) }; // too late to send
///     # assert_eq!(bytes, refund.request);
///     // … the shop's client sends the bytes …
///     let mut change = inbox.begin().await?;
///     assert_eq!(sending.settle(&ledger, &mut change, Answer::Done).await?, RefundState::Done);
///     change.commit().await?;
/// }
///
/// let refunds = ledger.of(&payment).await?;
/// assert_eq!((refunds.done, refunds.left()), (999, Some(1000)));
/// assert_eq!(refunds.rows[0].id, id);
/// # Ok(())
/// # }
/// ```
///
/// # What a shop adds
///
/// It writes the refund's [id](crate::RefundId) beside its order in the transaction of [`Ledger::begin`]: whoever asks the
/// gateway needs its name of the payment, which the ledger does not know. The two tasks that send and ask run in every process;
/// they share the work.
///
/// All functions that are handed a connection work in a part of its transaction of their own: an error leaves nothing of theirs
/// behind. The transaction must have been begun through sqlx.
pub struct Ledger<DB: Database> {
    pub(crate) inbox: Inbox<DB>,
    pub(super) rules: RefundRules,
}

impl<DB: Database> Inbox<DB> {
    /// The ledger of refunds, in the same database, with the rules that hold unless others are [given](Ledger::with_rules).
    #[must_use]
    pub fn ledger(&self) -> Ledger<DB> {
        Ledger { inbox: self.clone(), rules: RefundRules::default() }
    }
}

impl<DB: Database> Ledger<DB> {
    /// The same ledger with other rules.
    #[must_use]
    pub fn with_rules(self, rules: RefundRules) -> Self {
        Self { rules, ..self }
    }

    /// A statement in the database's dialect.
    pub(super) fn sql(&self, text: &str) -> String {
        self.inbox.dialect().sql(text)
    }
}

impl<DB: Database> Clone for Ledger<DB> {
    fn clone(&self) -> Self {
        Self { inbox: self.inbox.clone(), rules: self.rules }
    }
}

impl<DB: Database> fmt::Debug for Ledger<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("inbox", &self.inbox).field("rules", &self.rules).finish()
    }
}
