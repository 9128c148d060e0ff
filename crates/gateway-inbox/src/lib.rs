//! Payment callbacks that are stored before they are acknowledged and handled once, and a ledger of refunds.

pub(crate) mod census;
pub(crate) mod claim;
mod database;
mod delivery;
#[cfg(feature = "sqlite")]
mod durable;
mod error;
mod inbox;
mod key;
pub(crate) mod purge;
mod refund;
mod schema;
pub(crate) mod store;
mod worker;

pub use census::Census;
pub use claim::{Claim, CompleteError};
pub use database::Database;
pub use delivery::{Delivery, Stored};
#[cfg(feature = "sqlite")]
pub use durable::durable;
pub use error::InboxError;
pub use inbox::Inbox;
pub use key::Key;
pub use purge::{Erased, Exported};
pub use refund::{
    Answer, Asking, Begun, Channel, DecideError, Decision, Elsewhere, Ledger, NewRefund, PaidPayment,
    RefundError, RefundId, RefundRow, RefundRules, RefundState, Refunds, Sending, SettleError,
};
pub use worker::{Drained, Handler, Worker};
