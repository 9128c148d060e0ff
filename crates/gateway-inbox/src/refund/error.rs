//! Why money is not given back, and why an answer cannot be written down.

use super::RefundState;
use crate::InboxError;
use std::fmt;

/// Why a refund was not begun. Nothing was written.
///
/// `Debug` shows no amounts.
#[derive(Clone, thiserror::Error)]
#[non_exhaustive]
pub enum RefundError {
    /// The amount, or what was paid, is 0 or greater than any database holds.
    #[error("the amount is nothing, or too great")]
    Amount,
    /// An online or a batch refund has no reference, or no bytes to be sent.
    #[error("there is no reference by which the gateway knows the refund again, or nothing to be sent")]
    NotSendable,
    /// No result of this payment was acknowledged to the gateway, which takes no follow-up before that.
    #[error("the gateway was not yet told that the payment's result is stored")]
    NotAcknowledged,
    /// The ledger knows the payment with another amount, currency or gateway.
    #[error("the payment stands in the ledger with another amount, currency or gateway")]
    OtherPayment,
    /// The key `once` is that of a refund of another payment or amount.
    #[error("the same key is that of a refund of another payment or amount")]
    OtherRefund,
    /// The reference is another refund's: the gateway would take this one for a repetition, and do nothing.
    #[error("the reference is that of another refund")]
    ReferenceUsed,
    /// Something was given back, or is about to be, since the shopkeeper's page was made. Somebody must look again.
    #[error("another refund was begun since the page was made")]
    Changed {
        /// What is taken now.
        taken: u64,
    },
    /// With what is given back, under way or not known, it would be more than was paid.
    #[error("that is more than is left of what was paid")]
    TooMuch {
        /// What is left.
        left: u64,
    },
    /// The database says so.
    #[error(transparent)]
    Inbox(#[from] InboxError),
}

impl fmt::Debug for RefundError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RefundError").field(&format_args!("{self}")).finish()
    }
}

/// Why an answer to a refund was not written down.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettleError {
    /// Somebody else has sent or asked since, or a person has decided: what this answer says is of the past. What was done for it
    /// must be rolled back.
    #[error(
        "the refund was sent, asked for or decided by somebody else since: what was done for this answer must be rolled back"
    )]
    Lost,
    /// No refund of this reference stands in that file: the answer is another file's, or that file was withdrawn. Where it tells
    /// that money went back, somebody must look.
    #[error("no refund of this reference stands in that file")]
    NotInFile,
    /// The database says so.
    #[error(transparent)]
    Inbox(#[from] InboxError),
}

/// Why a person's decision was not written down.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecideError {
    /// There is no such refund.
    #[error("there is no such refund")]
    NoSuchRefund,
    /// It stands so that there is nothing to decide.
    #[error("the refund stands as {state:?}: this cannot be decided now")]
    NotOpen {
        /// How it stands.
        state: RefundState,
    },
    /// Another refund of the payment is out: the gateway's amounts could be either's.
    #[error(
        "another refund of the payment is out, and must be settled before the gateway is asked for this one"
    )]
    AnotherIsOut,
    /// The database says so.
    #[error(transparent)]
    Inbox(#[from] InboxError),
}

macro_rules! from_sqlx {
    ($($error:ident)*) => {$(
        impl From<sqlx::Error> for $error {
            fn from(error: sqlx::Error) -> Self {
                Self::Inbox(error.into())
            }
        }
    )*};
}

from_sqlx!(RefundError SettleError DecideError);
