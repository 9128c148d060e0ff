//! How an order stands, by what its attempts came to.

use super::{Flags, State};

/// An attempt, as far as it matters to its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Whether it was for what the customer wants now: the same basket, at the same price, to the same country.
    pub is_current: bool,
    /// How it stood before Paygate said anything.
    pub state: State,
    /// What Paygate made of it.
    pub payments: Vec<(State, Flags)>,
}

/// How an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderView {
    /// `Paid` only where what the customer wants now is paid, and not given back.
    pub state: State,
    /// The flags of all payments, and what the order itself adds.
    pub flags: Flags,
    /// Whether the order waits for somebody who looks at it.
    pub needs_a_person: bool,
    /// Whether Paygate has said nothing yet of some attempt: the customer may be at the bank with it, in another tab.
    pub is_at_the_bank: bool,
}

impl OrderView {
    /// Whether another attempt may be made: money that is there, or on its way, is not asked for again.
    #[must_use]
    pub fn may_pay_again(self) -> bool {
        !self.needs_a_person && matches!(self.state, State::Created | State::Redirected | State::Failed)
    }

    /// Whether the next callback may change what the customer is waiting for.
    #[must_use]
    pub fn is_waiting(self) -> bool {
        matches!(self.state, State::Redirected | State::Open)
    }

    /// The words for what is odd, for programs.
    #[must_use]
    pub fn names(self) -> String {
        let person = if self.needs_a_person { "needs_a_person" } else { "" };
        [self.flags.names().as_str(), person].join(" ").trim().to_owned()
    }
}

/// Judges an order by its attempts, oldest first.
///
/// The amount is the attempt's: an attempt of before the basket grew, paid now, does not pay for the new one.
#[must_use]
pub fn view(attempts: &[Tried], needs_a_person: bool) -> OrderView {
    let payments = || {
        attempts
            .iter()
            .flat_map(|tried| tried.payments.iter().map(|(state, flags)| (tried.is_current, *state, *flags)))
    };
    let count = |is_current| {
        payments().filter(|(current, state, _)| (*current, *state) == (is_current, State::Paid)).count()
    };
    let (fitting, others) = (count(true), count(false));
    let mut flags = payments().fold(Flags::NONE, |all, (_, _, flags)| all | flags);
    if fitting > 0 && fitting.saturating_add(others) > 1 {
        flags = flags | Flags::OVERPAID;
    }
    let open =
        |is_current| payments().any(|(current, state, _)| (current, state) == (is_current, State::Open));
    if fitting == 0 && !open(true) && (others > 0 || open(false)) {
        flags = flags | Flags::OTHER_BASKET;
    }
    let is_refunded = payments().any(|(current, state, _)| current && state == State::Refunded);
    let state = match attempts.last() {
        _ if fitting > 0 => State::Paid,
        // Money is there, and nothing may be shipped: to the customer that is one and the same.
        _ if open(true) || open(false) || others > 0 => State::Open,
        _ if is_refunded => State::Refunded,
        Some(newest) if newest.payments.is_empty() => newest.state,
        Some(_) => State::Failed,
        None => State::Created,
    };
    let is_at_the_bank =
        attempts.iter().any(|tried| tried.state == State::Redirected && tried.payments.is_empty());
    OrderView { state, flags, needs_a_person, is_at_the_bank }
}
