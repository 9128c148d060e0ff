//! Computop's Batch Manager: the refunds that the ledger has for files, written into one, and settled by its answer.
//!
//! The ledger holds every refund with the very line that goes into the file, and marks it as sent before the file is written. So
//! the limit of a payment is one, online and in files; no refund stands in two files; and a program that dies at any moment leaves
//! either a file that was handed over, or one that is [written again](BatchFiles::write_again) as it was.
//!
//! ```
//! use gateway_inbox::paygate::batch::BatchFiles;
//! use gateway_inbox::paygate::{GATEWAY, payment_key};
//! use gateway_inbox::{Channel, Inbox, Key, NewRefund, PaidPayment, RefundState};
//! use paygate::{Currency, MerchantId, Money, PayId, TransId};
//! use paygate_batch::{BatchDate, Layout, Outbox, Record, Transport};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let options = gateway_inbox::durable(&folder.path().join("shop.sqlite"));
//! # let inbox = Inbox::open(sqlx::SqlitePool::connect_with(options).await?).await?;
//! # let outbox = Outbox::new(folder.path());
//! # let (mid, date) = (MerchantId::new("YourMerchantId")?, BatchDate::new(2026, 11, 22)?);
//! # let pay_id = PayId::new("7bbb448155234d8cbee323778952ce28")?;
//! # let payment = payment_key(&mid, &pay_id);
//! # let _ = inbox.store(gateway_inbox::Delivery {
//! #     gateway: GATEWAY, key: Key::of("callback", ["7bbb"]), attempt: Key::of("attempt", ["tea-1"]), payment,
//! #     payload: Vec::new(), rank: 4, acknowledged: true,
//! # }).await?;
//! let files = BatchFiles::new(inbox.ledger(), outbox, mid, Layout::new("2.1".parse()?), Transport::Sftp);
//!
//! // A refund is begun as one that goes online, but for its channel and its bytes.
//! let record = Record::new(Money::new(999, Currency::EUR)?, TransId::random_with_prefix("refund-")?, pay_id).forget();
//! let mut change = inbox.begin().await?;
//! let _begun = inbox.ledger().begin(&mut change, &NewRefund {
//!     payment: PaidPayment { gateway: GATEWAY, key: payment, paid: 1999, currency: "EUR" },
//!     amount: record.money.amount().units(),
//!     seen: 0,
//!     once: Key::of("form", ["the random text of the page's form"]),
//!     channel: Channel::Batch,
//!     account: files.account(),
//!     reference: record.trans_id.as_str(),
//!     request: &files.request(&record)?,
//! }).await?;
//! change.commit().await?;
//!
//! // Once a day.
//! let file = files.write(date, 10_000).await?.ok_or("no refund waits")?;
//! assert!(file.path.ends_with("T20261122001YourMerchantId.dat"));
//!
//! // When Paygate has answered.
//! # let mut answered = Vec::new();
//! # let ok = paygate_batch::Answer { status: "OK".parse()?, code: Some(paygate::Code::SUCCESS) };
//! # paygate_batch::answer(paygate_batch::Reader::new(std::fs::File::open(&file.path)?)?, &mut answered, |_| ok)?;
//! let mut change = inbox.begin().await?;
//! let settled = files.settle(&mut change, file.name, &answered).await?;
//! change.commit().await?;
//! assert!(settled.all_paid_back());
//! assert_eq!(inbox.ledger().of(&payment).await?.rows[0].state, RefundState::Done);
//! # Ok(())
//! # }
//! ```

mod answers;
mod error;
mod write;

pub use error::{FileFault, SettleFileError, WriteFileError};
pub use write::Written;

use crate::database::Database;
use crate::refund::Ledger;
use ::paygate::MerchantId;
use paygate_batch::{FileName, Layout, LineError, Outbox, Phase, Record, Rules, Transport};
use std::fmt;

/// The files of one merchant: what a [`Ledger`] has for them, and the directory that they are written into.
///
/// A master MID has files of its own: its [`Layout`] says so, and its account is the master's.
pub struct BatchFiles<DB: Database> {
    ledger: Ledger<DB>,
    outbox: Outbox,
    merchant_id: MerchantId,
    account: String,
    layout: Layout,
    transport: Transport,
    rules: Rules,
}

impl<DB: Database> BatchFiles<DB> {
    /// Files of this merchant, with this layout.
    #[must_use]
    pub fn new(
        ledger: Ledger<DB>,
        outbox: Outbox,
        merchant_id: MerchantId,
        layout: Layout,
        transport: Transport,
    ) -> Self {
        // Paygate may fold the case of a MID.
        let account = merchant_id.as_str().to_ascii_lowercase();
        Self { ledger, outbox, merchant_id, account, layout, transport, rules: Rules::default() }
    }

    /// The same with other rules for what may stand in a file.
    #[must_use]
    pub fn with_rules(self, rules: Rules) -> Self {
        Self { rules, ..self }
    }

    /// What [`NewRefund::account`](crate::NewRefund::account) has to be.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// What [`NewRefund::request`](crate::NewRefund::request) has to be: the line that goes into the file. Its TransID has to be
    /// [`NewRefund::reference`](crate::NewRefund::reference).
    ///
    /// # Errors
    ///
    /// The first rule that the record breaks.
    pub fn request(&self, record: &Record) -> Result<Vec<u8>, LineError> {
        record.line(self.layout, &self.rules).map(String::into_bytes)
    }

    /// The name as it was handed over; `None` where it is that of another merchant's file.
    fn own(&self, name: FileName) -> Option<FileName> {
        let is_own = name.merchant_id().as_str().eq_ignore_ascii_case(self.merchant_id.as_str());
        is_own.then(|| name.with_phase(Phase::Transferred))
    }
}

impl<DB: Database> fmt::Debug for BatchFiles<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchFiles")
            .field("merchant_id", &self.merchant_id)
            .field("layout", &self.layout)
            .field("outbox", &self.outbox)
            .finish_non_exhaustive()
    }
}
