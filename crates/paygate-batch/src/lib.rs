//! Batch Manager files of Computop Paygate: many refunds in one file, and an answer that is a file too.
//!
//! A shop writes a file, hands it over on Computop's pages or by SFTP, and gets it back with a Status behind each refund. This
//! crate writes such files, reads them, holds the answer against what was sent, and sees to it that no refund goes twice. Files may
//! be larger than memory.
//!
//! ```text
//! Record ──▶ Writer ──▶ Complete ── publish ──▶ T20261122001YourMerchantId.dat ──▶ Paygate
//!   typed     HEAD, lines   FOOT     synced,          handed over by the shop
//!             Guard                  renamed                                          │
//!                                                                                     ▼
//! Finding ◀── reconcile ◀── Reader ◀──────────── P20261122001YourMerchantId.dat ◀── answered
//! ```
//!
//! ```
//! use paygate_batch::{BatchDate, Guard, Outbox, Reader, Record, Rules, Transport, V2x, Minor, Writer, reconcile};
//! use paygate_params::{Currency, MerchantId, Money, PayId, RefNr, TransId};
//! use std::fs::File;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let directory = folder.path();
//! let (mid, date) = (MerchantId::new("YourMerchantId")?, BatchDate::new(2026, 11, 22)?);
//! let pending = Outbox::new(directory).begin(mid, date, Transport::Sftp)?;
//! let version = V2x(Minor::new(1)?);
//! let mut writer = Writer::new(pending, mid, date, version, Rules::default(), Guard::new())?;
//! let refund = Record::new(
//!     Money::parse_decimal("9.99", Currency::EUR)?,
//!     TransId::new("refund-4711")?,
//!     PayId::new("7bbb448155234d8cbee323778952ce28")?,
//! );
//! writer.write(&refund.with_ref_nr(Some(RefNr::new("2026-11")?)))?;
//! let sent = writer.finish()?.publish()?; // the file is there now, whole
//! # let answered = directory.join("P20261122001YourMerchantId.dat");
//! # std::fs::write(&answered, "HEAD,YourMerchantId,20261122,2.1\nTrustly,Credit,999,EUR,refund-4711,2026-11,\
//! #     7bbb448155234d8cbee323778952ce28,OK,00000000\nFOOT,1,999\n")?;
//!
//! // A day later.
//! let told = reconcile(Reader::new(File::open(sent)?)?, Reader::new(File::open(answered)?)?, |_finding| {})?;
//! assert!(told.all_paid_back());
//! # Ok(())
//! # }
//! ```
//!
//! # What the page says
//!
//! The vendor's page "Trustly", section "Batch processing via the interface", has a table of versions and two layouts, and they do
//! not agree. This is how they are read here:
//!
//! | the page | and against it | read as |
//! |---|---|---|
//! | "1.0 / 2.0 Standard version without return of parameter Code" | the layout of the answer shows `,<Status>,<Code>` for all | 1.0 and 2.0 are answered with a Status alone, 1.x and 2.x with Status and Code |
//! | "1.x / 2.x with RefNr (valid for all versions other than 1.0)" | the row is headed 1.x / 2.x, which leaves 2.0 out | all but 1.0 have a field for RefNr, 2.0 too; it may be empty, the comma stays |
//! | `HEAD,[Master]MerchantID,Date,2.x` | nothing says that 2.0 has none, or that 2.x always has | a file of 2.0 or 2.x may be a master MID's, and then each line has `[Slave]MID` behind Action |
//! | `<Version>`, "2.x" | nowhere a number | `x` is a number from 1, which Computop tells, or the letter |
//! | `<Date>` | no format | written `YYYYMMDD`, as in the file's name; any text is read |
//! | `<SumAmount>` | nothing on mixed currencies | the sum of the numbers; one currency in a file unless [allowed otherwise](Rules) |
//!
//! | version | what is handed over | what comes back |
//! |---|---|---|
//! | 1.0 | `Trustly,Credit,Amount,Currency,TransID,PayID` | `…,Status` |
//! | 1.x | `Trustly,Credit,Amount,Currency,TransID,RefNr,PayID` | `…,Status,Code` |
//! | 2.0 | `Trustly,Credit,Amount,Currency,TransID,RefNr,PayID` | `…,Status` |
//! | 2.x | `Trustly,Credit,Amount,Currency,TransID,RefNr,PayID` | `…,Status,Code` |
//! | 2.0, master | `Trustly,Credit,MID,Amount,Currency,TransID,RefNr,PayID` | `…,Status` |
//! | 2.x, master | `Trustly,Credit,MID,Amount,Currency,TransID,RefNr,PayID` | `…,Status,Code` |
//!
//! A [`Reader`] takes whichever of these the lines have, whatever HEAD says, and [tells](Reader::is_as_the_version_says) where it is
//! another; all lines of a file must have the same. No line fits two of them.
//!
//! Nothing is said of quoting, so values with a comma or a quotation mark are refused; of line ends, so CR LF is written (or
//! [LF](LineEnd)) and any is read; of the charset, but all fields are ASCII.
//!
//! # Money
//!
//! A line has no `ReqId`: sent twice, it is carried out twice. So:
//!
//! - A file has its name only when it is whole and on the disk, and never takes another one's place ([`Outbox`]).
//! - No counter of a day is given twice.
//! - A TransID that stands twice, or in an earlier file, stops the file; so does, if the [payments](Payments) are told, more than is
//!   left of one ([`Guard`]). Whoever looks at earlier files is [alone](Outbox::alone) until the new one is there.
//! - Refunds that may also go online belong into one ledger for both: the crate `gateway-inbox` has it, and hands out for a file what
//!   no call will send.
//! - The answer has no MAC. It is as authentic as the way by which it came, and [`reconcile`] believes nothing that it cannot hold
//!   against what was sent.
//!
//! # Memory
//!
//! Reader and writer have buffers of fixed size. To find what stands twice, 16 bytes for each record go through 6 MiB of memory into
//! a temporary file (in `TMPDIR`), and are sorted there. [`reconcile`] remembers what has no counterpart yet: nothing, where both
//! files have the same order.
//!
//! # What is not supported
//!
//! Actions other than `Credit`, which is all that Trustly's page has; other payment methods; the transfer itself, and encryption of
//! files on the way.
//!
//! # Features
//!
//! - **testing**: `answer`, which answers a file as Paygate would, and `AnswerWriter`, which also answers as it should not; for the
//!   tests of a shop.

#[cfg(feature = "testing")]
mod answering;
mod check;
mod date;
mod edition;
mod error;
mod field;
mod guard;
mod line;
mod lines;
mod name;
mod outbox;
mod reader;
mod reconcile;
mod record;
mod rules;
mod shape;
mod sort;
mod total;
mod version;
mod writer;

#[cfg(feature = "testing")]
pub use answering::{AnswerWriter, AnsweringError, answer};
pub use check::{Checked, Problem, check, check_until};
pub use date::{BatchDate, NoDate};
pub use edition::{Edition, Layout, Master, NoMaster, Part, V1_0, V1x, V2_0, V2x};
pub use error::{LineError, ReadError, Rule};
pub use field::Field;
pub use guard::{EarlierError, Guard, Payments, Refused};
pub use name::{Counter, FileName, NameError, Phase, Transport};
pub use outbox::{Alone, Outbox, OutboxError, Pending};
pub use reader::{Entry, Head, Reader};
pub use reconcile::{Finding, ReconcileError, Reconciled, Side, Tallied, Tally, reconcile};
pub use record::{Answer, Record, RecordOf, Verdict};
pub use rules::Rules;
pub use shape::{End, Shape};
pub use total::Total;
pub use version::{Minor, UnknownVersion, Version};
pub use writer::{Complete, FinishError, LineEnd, WriteError, Writer};
