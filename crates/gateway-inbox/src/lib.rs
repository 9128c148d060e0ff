//! Payment callbacks that are stored before they are acknowledged and handled once, and a ledger of refunds.
//!
//! A gateway repeats a callback until it is told that it was stored. So a shop gets the same one many times, at two machines at
//! once, while it is restarted, and while its handler fails; and it must act once. The inbox is a table in the shop's own
//! database that sees to it:
//!
//! ```text
//! callback ── checked by the gateway's crate ──▶ store ──▶ acknowledged
//!                                                  │
//!                                        one row for each key
//!                                                  │
//! worker ── claim (lease, token) ──▶ handler ──▶ complete      the last two in one transaction of the shop's
//! ```
//!
//! | what happens | what comes of it |
//! |---|---|
//! | the same callback a thousand times, at several processes | one row, one effect, a thousand acknowledgements |
//! | the database is full or away | not acknowledged; the gateway repeats it |
//! | the process dies after it has acknowledged | the row is there; a worker handles it at the next start, or another process does |
//! | the handler fails or panics | rolled back, tried again after a pause that grows to 5 minutes |
//! | the handler is slower than its lease | its worker renews the lease; if that worker hangs, another one gets the row, and the late one's transaction is rolled back |
//! | the callback comes again after a year | the key is still there, though all else was [purged](Inbox::purge) |
//!
//! It knows no gateway: a [`Delivery`] has a key, a payload and a rank. With the feature `paygate` the module
//! `paygate` makes one of a callback of Computop Paygate, and `gateway_actix::Callbacks::with_inbox` stores
//! whatever its extractors accept.
//!
//! # A shop
//!
//! ```
//! use gateway_inbox::{Claim, Delivery, Handler, Inbox, Key, Worker};
//! use sqlx::{Sqlite, SqlitePool, Transaction};
//!
//! struct Shop;
//!
//! impl Handler<Sqlite> for Shop {
//!     type Error = sqlx::Error;
//!
//!     async fn handle(&self, claim: &Claim, change: &mut Transaction<'_, Sqlite>) -> Result<(), sqlx::Error> {
//!         // Opened, bound to its attempt and judged in a real shop.
//!         let order = String::from_utf8_lossy(claim.payload()).into_owned();
//!         sqlx::query("UPDATE orders SET state = 'paid' WHERE id = ?").bind(order).execute(&mut **change).await?;
//!         Ok(())
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let file = folder.path().join("shop.sqlite");
//! let pool = SqlitePool::connect_with(gateway_inbox::durable(&file)).await?;
//! # sqlx::query("CREATE TABLE orders (id TEXT PRIMARY KEY, state TEXT)").execute(&pool).await?;
//! # sqlx::query("INSERT INTO orders VALUES ('tea-1', 'redirected')").execute(&pool).await?;
//! let inbox = Inbox::open(pool.clone()).await?;
//! let worker = Worker::new(inbox.clone(), Shop);
//! // In a shop: tokio::spawn(async move { worker.run().await });
//!
//! // In the route for notifications, after the MAC was checked:
//! let delivery = Delivery {
//!     gateway: "test",
//!     key: Key::of("callback", ["tea-1", "paid"]),
//!     attempt: Key::of("attempt", ["tea-1"]),
//!     payment: Key::of("payment", ["tea-1"]),
//!     payload: b"tea-1".to_vec(),
//!     rank: 4,
//!     acknowledged: true,
//! };
//! for _ in 0..3 {
//!     let _stored = inbox.store(delivery.clone()).await?; // now, and not before, it may be acknowledged
//! }
//! assert_eq!(worker.drain().await?.handled, 1);
//! let state: String = sqlx::query_scalar("SELECT state FROM orders").fetch_one(&pool).await?;
//! assert_eq!(state, "paid");
//! # Ok(())
//! # }
//! ```
//!
//! # Refunds
//!
//! [`Inbox::ledger`] is where every refund stands before its first byte leaves, online or in a file: what was given back, is under
//! way, or is not known, and what is new, is at most what was paid, under a lock. A double click is one refund; of two shopkeepers
//! who look at the same page the second must look again. Where no answer came, it is asked how much the gateway gave back, and only
//! if that tells that nothing happened, the same bytes are sent again. What does not add up waits for a person. [`Ledger`] has an
//! example.
//!
//! Those that go [in a file](Channel::Batch) stand in one, which is made of the same bytes again where a program died before it
//! was handed over, and are settled by what the gateway answers to it: [`Ledger::claim_for_file`] has an example.
//!
//! # How it stores
//!
//! Whoever comes while a commit is under way waits for the next one, and goes with it together with all others that came
//! meanwhile: a commit costs the same for one row and for sixty. So a crowd is stored faster than one row after the other
//! could be.
//!
//! # The tables
//!
//! `gateway_inbox` and others that begin with `gateway_`, in the shop's database, made and brought up to date by [`Inbox::open`].
//! Each version only adds, so a running program of the version before goes on while a newer one starts. All times are the
//! database's own clock; the machines' clocks may differ. PostgreSQL has to be used at the isolation level `READ COMMITTED`, its
//! default.
//!
//! # Features
//!
//! - **sqlite**, **postgres** (default): for pools of `sqlx::Sqlite`, `sqlx::Postgres`.
//! - **any**: for pools of `sqlx::Any`, whose URL says which of the two it is.
//! - **paygate**: the module `paygate`.
//! - **batch**: the module `paygate::batch`, with the crate `paygate-batch`.

pub(crate) mod census;
pub(crate) mod claim;
mod database;
mod delivery;
#[cfg(feature = "sqlite")]
mod durable;
mod error;
mod inbox;
mod key;
#[cfg(feature = "paygate")]
pub mod paygate;
pub(crate) mod purge;
mod refund;
mod schema;
pub(crate) mod store;
mod worker;

pub use census::{Census, Seen};
pub use claim::{Claim, CompleteError};
pub use database::{Database, begin};
pub use delivery::{Delivery, Stored};
#[cfg(feature = "sqlite")]
pub use durable::durable;
pub use error::InboxError;
pub use inbox::Inbox;
pub use key::Key;
pub use purge::{Erased, Exported};
pub use refund::{
    Answer, Asking, Begun, Channel, Claimed, DecideError, Decision, Elsewhere, FileAnswer, InFile, Ledger,
    NewRefund, PaidPayment, RefundError, RefundId, RefundRow, RefundRules, RefundState, Refunds, Sending,
    SettleError,
};
pub use worker::{Drained, Handler, Worker};
