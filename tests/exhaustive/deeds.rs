//! Deeds: what a process of the shop does to the database in one go, as its own code does it.

use gateway_inbox::RefundState;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Deed {
    /// Paygate's server tells the event of this number.
    Tell(usize),
    /// A browser brings it.
    Bring(usize),
    /// A worker claims the delivery of this number.
    Claim(i64),
    /// A worker handles what it has claimed, and dies or goes on at this moment.
    Handle(Held, Until),
    /// The real worker handles all that waits.
    Drain,
    /// The customer wants another basket, and leaves for Paygate once more.
    AnotherBasket,
    /// The shopkeeper sends this form, whose page showed so much as taken.
    GiveBack { form: usize, seen: u64 },
    /// The teller takes a refund, to send it.
    ClaimToSend(i64),
    /// The teller writes down what came of a refund that it has sent.
    Settle { refund: i64, is_current: bool, heard: Heard },
    /// The teller takes a refund, to ask for it.
    ClaimToAsk(i64),
    /// The teller writes down how much Paygate says that it gave back; the ledger had so much as done when it began to ask.
    Resolve { refund: i64, is_current: bool, done: u64, credited: Option<u64> },
    /// A person has found out whether the money went back.
    Decide { refund: i64, was_given_back: bool },
}

/// A claim in the memory of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Held {
    pub(crate) delivery: i64,
    /// What the row said when it was claimed.
    pub(crate) was_acknowledged: bool,
    /// Nobody has claimed it since.
    pub(crate) is_current: bool,
}

/// How far a worker comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Until {
    Handled,
    Completed,
    Committed,
}

/// What whoever sends a refund hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Heard {
    Done,
    Refused,
    Open,
    Nothing,
    /// No byte has left.
    NotSent,
}

/// What came of a deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    /// There was nothing to do, or it was refused.
    Nothing,
    /// Somebody else has it.
    Lost,
    Answered(u16),
    Claimed {
        was_acknowledged: bool,
    },
    /// So much was done when the question was begun.
    Asking {
        done: u64,
    },
    Stands(RefundState),
}
