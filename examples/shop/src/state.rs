//! The state machine of payments and orders: all of it, and nothing but it.
//!
//! Callbacks carry no time and may overtake each other, so a state has a rank and never falls. What does not fit is kept as
//! a flag.

mod flags;
mod order;

pub use flags::Flags;
pub use order::{OrderView, Tried, view};

/// How a payment stands, from the least to the most. Its order is its rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Registered; the customer has not left yet.
    Created,
    /// The customer was sent to Paygate, which has said nothing yet.
    Redirected,
    /// The bank takes its time: nothing is shipped.
    Open,
    /// Not paid.
    Failed,
    /// Paid, though a part of it may have been given back: how much, the ledger of refunds knows.
    Paid,
    /// Paid, and all of it given back: the one way out of `Paid`.
    Refunded,
}

/// What happens to a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// The customer is sent to Paygate.
    Redirected,
    /// An authentic result: open.
    Open,
    /// An authentic result: failed.
    Failed,
    /// An authentic result: paid.
    Paid,
    /// All of the money has gone back.
    Refunded,
    /// Paygate was asked, and has the whole money.
    FoundPaid,
}

/// What becomes of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The state from now on.
    pub state: State,
    /// The flags that are added.
    pub flags: Flags,
}

impl State {
    /// All states, by rank.
    pub const ALL: [Self; 6] =
        [Self::Created, Self::Redirected, Self::Open, Self::Failed, Self::Paid, Self::Refunded];

    /// The word for it: in the database, and for programs that read a page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Redirected => "redirected",
            Self::Open => "open",
            Self::Failed => "failed",
            Self::Paid => "paid",
            Self::Refunded => "refunded",
        }
    }

    /// The state of this word.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// The whole machine.
    #[must_use]
    pub fn after(self, event: Event) -> Step {
        let told = match event {
            Event::Redirected => Self::Redirected,
            Event::Open => Self::Open,
            Event::Failed => Self::Failed,
            Event::Paid | Event::FoundPaid => Self::Paid,
            Event::Refunded if self >= Self::Paid => Self::Refunded,
            // What was not paid cannot be given back.
            Event::Refunded => self,
        };
        let flags = match (self, event) {
            // Bank transfers do that.
            (Self::Failed, Event::Paid) => Flags::PAID_AFTER_FAILED,
            (Self::Failed, Event::FoundPaid) => Flags::PAID_AFTER_FAILED | Flags::PAID_BY_INQUIRY,
            (Self::Created | Self::Redirected | Self::Open, Event::FoundPaid) => Flags::PAID_BY_INQUIRY,
            (Self::Failed, Event::Open) => Flags::OPEN_AFTER_FAILED,
            (Self::Paid | Self::Refunded, Event::Open) => Flags::OPEN_AFTER_PAID,
            (Self::Paid | Self::Refunded, Event::Failed) => Flags::FAILED_AFTER_PAID,
            _ => Flags::NONE,
        };
        Step { state: self.max(told), flags }
    }
}

impl Event {
    /// All events.
    pub const ALL: [Self; 6] =
        [Self::Redirected, Self::Open, Self::Failed, Self::Paid, Self::Refunded, Self::FoundPaid];

    /// What is written beside the callback that caused it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Redirected => "redirected",
            Self::Open => "open",
            Self::Failed => "failed",
            Self::Paid => "paid",
            Self::Refunded => "refunded",
            Self::FoundPaid => "found paid",
        }
    }
}

#[cfg(test)]
mod tests;
