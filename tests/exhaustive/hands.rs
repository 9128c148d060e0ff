//! What there is beside the database: what the processes have in their memory, and what those outside know.

use crate::deeds::{Heard, Held};
use crate::gateway::Gateway;

/// Somebody of the shop's who works: a worker, or a teller. Whichever of the two processes it belongs to makes no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Hand {
    Free,
    Handles(Held),
    Sends { refund: i64, is_current: bool, way: Way },
    Asks { refund: i64, is_current: bool, done: u64, answer: Amount },
}

/// How much Paygate says that it gave back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Amount {
    NotAskedYet,
    /// Nothing that tells, or so much.
    Answered(Option<u64>),
}

/// Where a request for a refund is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Way {
    /// It may have left, and may arrive.
    Out,
    /// The same, and nobody waits for an answer.
    Adrift,
    Answered(Heard),
}

/// What is walked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct State {
    /// The number of the database's content.
    pub(crate) content: usize,
    /// The events that were told or brought, a bit for each, and those whose teller was told that they are stored.
    pub(crate) sent: u32,
    pub(crate) acknowledged: u32,
    /// Sorted, since one is as good as another.
    pub(crate) hands: Vec<Hand>,
    pub(crate) gateway: Gateway,
}

impl State {
    pub(crate) fn start(content: usize, hands: usize) -> Self {
        let gateway = Gateway::default();
        Self { content, sent: 0, acknowledged: 0, hands: vec![Hand::Free; hands], gateway }
    }

    /// The same with something else in a hand.
    pub(crate) fn with_hand(&self, hand: usize, holds: Hand) -> Self {
        let mut state = self.clone();
        state.hands[hand] = holds;
        state
    }
}
