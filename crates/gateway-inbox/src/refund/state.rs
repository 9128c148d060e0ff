//! How a refund stands, and by which way it goes.

use crate::InboxError;

/// The number of a refund in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RefundId(i64);

impl RefundId {
    /// The refund that has this number.
    #[must_use]
    pub fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number, to be written beside what the shop knows of it.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

/// The way by which money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// By a call to the gateway, which answers.
    Online,
    /// In a file, whose answer is a file.
    Batch,
    /// On the gateway's own pages, by hand; the ledger only knows of it.
    Elsewhere,
}

impl Channel {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Batch => "batch",
            Self::Elsewhere => "elsewhere",
        }
    }

    pub(super) fn read(text: Option<&str>) -> Result<Self, InboxError> {
        match text {
            Some("online") => Ok(Self::Online),
            Some("batch") => Ok(Self::Batch),
            Some("elsewhere") => Ok(Self::Elsewhere),
            _ => Err(unreadable("channel")),
        }
    }
}

/// How a refund stands. Closed: a page must show all six.
///
/// | state | becomes | by |
/// |---|---|---|
/// | `Planned` | `Sent` | [`Ledger::claim_to_send`](crate::Ledger::claim_to_send) |
/// | | `Unknown` | [`Ledger::claim_to_ask`](crate::Ledger::claim_to_ask): it was to be sent again, and was not soon enough |
/// | | `Sent` | [`Ledger::claim_for_file`](crate::Ledger::claim_for_file) |
/// | | `Refused` | a person, before it was sent |
/// | `Sent` | `Done`, `Refused`, `Unknown`, `Planned` (no byte left) | [`Sending::settle`](crate::Sending::settle) |
/// | | `Unknown` | [`Ledger::claim_to_ask`](crate::Ledger::claim_to_ask), after the lease of whoever sent it |
/// | `Sent`, in a file | `Done`, `Refused`, `NeedsAPerson` | [`Ledger::settle_in_file`](crate::Ledger::settle_in_file) |
/// | | `Planned` | [`Ledger::withdraw_file`](crate::Ledger::withdraw_file): it was never handed over |
/// | | `Done`, `Refused` | [`Ledger::decide`](crate::Ledger::decide), where no answer comes |
/// | `Unknown` | `Done`, `Planned`, `Refused`, `NeedsAPerson` | [`Asking::resolve`](crate::Asking::resolve) |
/// | | `Done`, `Refused`, `Planned` | [`Sending::settle`](crate::Sending::settle), late |
/// | `NeedsAPerson` | `Done`, `Refused`, `Unknown` | [`Ledger::decide`](crate::Ledger::decide) |
/// | | `Done` | the gateway says so later |
/// | `Refused` | `NeedsAPerson` | the gateway says later that it was done |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefundState {
    /// It is stored, and is to be sent.
    Planned,
    /// Somebody sends it now, or died while sending it; or it is in a file that was not answered.
    Sent,
    /// It was sent, and whether money went back is not known. The gateway is asked.
    Unknown,
    /// The gateway's amounts do not tell, or not in time, or the answer to its file does not. Somebody must look, and [decide](crate::Ledger::decide).
    NeedsAPerson,
    /// The money went back.
    Done,
    /// No money went back: its amount is free again.
    Refused,
}

impl RefundState {
    /// Whether its amount counts as given back when another refund asks for what is left: unless it was refused, it may be.
    #[must_use]
    pub fn is_taken(self) -> bool {
        self != Self::Refused
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::Refused)
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Sent => "sent",
            Self::Unknown => "unknown",
            Self::NeedsAPerson => "person",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    pub(super) fn read(text: Option<&str>) -> Result<Self, InboxError> {
        match text {
            Some("planned") => Ok(Self::Planned),
            Some("sent") => Ok(Self::Sent),
            Some("unknown") => Ok(Self::Unknown),
            Some("person") => Ok(Self::NeedsAPerson),
            Some("done") => Ok(Self::Done),
            Some("refused") => Ok(Self::Refused),
            _ => Err(unreadable("state")),
        }
    }
}

/// A cell of the ledger that holds what this program never writes.
pub(super) fn unreadable(column: &'static str) -> InboxError {
    InboxError::Unreadable { table: "gateway_refunds", column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        use RefundState::{Done, NeedsAPerson, Planned, Refused, Sent, Unknown};
        for state in [Planned, Sent, Unknown, NeedsAPerson, Done, Refused] {
            assert_eq!(RefundState::read(Some(state.as_str())).unwrap(), state);
        }
        for channel in [Channel::Online, Channel::Batch, Channel::Elsewhere] {
            assert_eq!(Channel::read(Some(channel.as_str())).unwrap(), channel);
        }
        assert!(RefundState::read(None).is_err() && Channel::read(Some("")).is_err());
    }
}
