//! What is odd about a payment or an order: kept beside its state, since it does not change the state.

use std::ops::BitOr;

/// A set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flags(u16);

impl Flags {
    /// Nothing is odd.
    pub const NONE: Self = Self(0);
    /// It was reported as failed before it was paid.
    pub const PAID_AFTER_FAILED: Self = Self(1);
    /// It was reported as open after it had failed.
    pub const OPEN_AFTER_FAILED: Self = Self(2);
    /// It was reported as open after it was paid: an old result that was overtaken.
    pub const OPEN_AFTER_PAID: Self = Self(4);
    /// It was reported as failed after it was paid.
    pub const FAILED_AFTER_PAID: Self = Self(8);
    /// More was paid than the order costs.
    pub const OVERPAID: Self = Self(16);
    /// What was paid for, or is on its way to be, is not what the customer wants now: the basket was changed after he had left.
    pub const OTHER_BASKET: Self = Self(32);

    /// It was found to be paid by an inquiry, before any callback had said so.
    pub const PAID_BY_INQUIRY: Self = Self(64);

    const NAMES: [(Self, &'static str, &'static str); 7] = [
        (Self::PAID_AFTER_FAILED, "paid_after_failed", "paid after it had failed"),
        (Self::OPEN_AFTER_FAILED, "open_after_failed", "open after it had failed"),
        (Self::OPEN_AFTER_PAID, "open_after_paid", "open after it was paid"),
        (Self::FAILED_AFTER_PAID, "failed_after_paid", "failed after it was paid"),
        (Self::OVERPAID, "overpaid", "paid more than once"),
        (Self::OTHER_BASKET, "other_basket", "its payment is for another basket than the one it has now"),
        (Self::PAID_BY_INQUIRY, "paid_by_inquiry", "found paid by an inquiry before a callback said so"),
    ];

    /// Whether all of these are set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// As the database has them. Bits that nobody knows are dropped.
    #[must_use]
    pub fn from_stored(stored: i64) -> Self {
        let known = Self::NAMES.iter().fold(0, |all, (flag, _, _)| all | flag.stored());
        Self(u16::try_from(stored & known).unwrap_or_default())
    }

    /// For the database.
    #[must_use]
    pub const fn stored(self) -> i64 {
        self.0 as i64
    }

    /// The words for programs, with blanks between.
    #[must_use]
    pub fn names(self) -> String {
        self.set().map(|(_, name, _)| *name).collect::<Vec<_>>().join(" ")
    }

    /// The words for people, with commas between.
    #[must_use]
    pub fn explained(self) -> String {
        self.set().map(|(_, _, words)| *words).collect::<Vec<_>>().join(", ")
    }

    fn set(self) -> impl Iterator<Item = &'static (Self, &'static str, &'static str)> {
        Self::NAMES.iter().filter(move |(flag, _, _)| self.has(*flag))
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
