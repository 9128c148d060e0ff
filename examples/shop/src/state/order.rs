//! How an order stands, by what its attempts came to.

use super::{Flags, State};
use paygate::Money;

/// How an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderView {
    /// `Paid` only where an attempt about just this amount is paid, and not given back.
    pub state: State,
    /// The flags of all attempts, and what the order itself adds.
    pub flags: Flags,
}

impl OrderView {
    /// Whether another attempt may be made: money that is there, or on its way, is not asked for again.
    #[must_use]
    pub fn may_pay_again(self) -> bool {
        !matches!(self.state, State::Open | State::Paid | State::Refunded)
            && !self.flags.has(Flags::NEEDS_A_PERSON)
    }

    /// Whether the next callback may change what the customer is waiting for.
    #[must_use]
    pub fn is_waiting(self) -> bool {
        matches!(self.state, State::Redirected | State::Open)
    }
}

/// Judges an order by what it costs and its attempts, oldest first.
///
/// The amount is the attempt's: an attempt of before the basket grew, paid now, does not pay for the new one.
#[must_use]
pub fn view(costs: Money, attempts: &[(State, Flags, Money)]) -> OrderView {
    let mut flags = attempts.iter().fold(Flags::NONE, |all, (_, flags, _)| all | *flags);
    let paid: Vec<_> = attempts.iter().filter(|(state, ..)| *state == State::Paid).collect();
    let fits = paid.iter().any(|(_, _, money)| *money == costs);
    if fits && paid.len() > 1 {
        flags = flags | Flags::OVERPAID | Flags::NEEDS_A_PERSON;
    }
    if !fits && !paid.is_empty() {
        flags = flags | Flags::OTHER_AMOUNT | Flags::NEEDS_A_PERSON;
    }
    let refunded = attempts.iter().any(|(state, _, money)| *state == State::Refunded && *money == costs);
    let any_open = attempts.iter().any(|(state, ..)| *state == State::Open);
    let state = match attempts.last() {
        _ if fits => State::Paid,
        // Money is there, and nothing may be shipped: to the customer that is one and the same.
        _ if any_open || !paid.is_empty() => State::Open,
        _ if refunded => State::Refunded,
        // The money for another amount went back: this one may still be paid.
        Some((State::Refunded, ..)) => State::Failed,
        Some((newest, ..)) => *newest,
        None => State::Created,
    };
    OrderView { state, flags }
}
