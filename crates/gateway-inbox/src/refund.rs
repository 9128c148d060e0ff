//! The ledger of refunds: nothing is given back twice, whoever gives it back, and by whatever way.

mod answer;
mod ask;
mod begin;
mod decide;
mod error;
mod file;
mod file_answer;
mod forget;
mod judge;
mod ledger;
mod limit;
mod lock;
mod new;
mod pause;
mod send;
mod state;
mod view;
mod withdraw;

pub use answer::Answer;
pub use ask::Asking;
pub use decide::Decision;
pub use error::{DecideError, RefundError, SettleError};
pub use file::{Claimed, InFile};
pub use file_answer::FileAnswer;
pub use judge::RefundRules;
pub use ledger::Ledger;
pub use new::{Begun, Elsewhere, NewRefund, PaidPayment};
pub use send::Sending;
pub use state::{Channel, RefundId, RefundState};
pub use view::{RefundRow, Refunds};
