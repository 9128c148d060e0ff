//! The limit: all that may have gone back, and what is to go, is at most what was paid.

use super::RefundError;

/// Whether `amount` more may be given back of what was `paid`, when `taken` is given back or may be, and `seen` was what a
/// person saw as taken.
pub(super) fn allow(paid: u64, taken: u64, seen: u64, amount: u64) -> Result<(), RefundError> {
    if seen != taken {
        return Err(RefundError::Changed { taken });
    }
    let left = paid.saturating_sub(taken);
    if amount > left { Err(RefundError::TooMuch { left }) } else { Ok(()) }
}

/// An amount as the tables have it: more than nothing.
pub(super) fn column(amount: u64) -> Result<i64, RefundError> {
    i64::try_from(amount).ok().filter(|amount| *amount > 0).ok_or(RefundError::Amount)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_allowed_never_makes_more_than_was_paid(paid: u64, taken: u64, amount: u64) {
            match allow(paid, taken, taken, amount) {
                Ok(()) => prop_assert!(taken.checked_add(amount).is_some_and(|sum| sum <= paid) || amount == 0),
                Err(RefundError::TooMuch { left }) => prop_assert!(left < amount),
                Err(other) => prop_assert!(false, "{other:?}"),
            }
        }

        #[test]
        fn what_was_seen_must_be_what_is(paid: u64, taken: u64, seen: u64, amount: u64) {
            prop_assume!(taken != seen);
            let changed = matches!(allow(paid, taken, seen, amount), Err(RefundError::Changed { taken: told }) if told == taken);
            prop_assert!(changed);
        }
    }

    #[test]
    fn nothing_and_too_much_are_no_amounts() {
        assert!(column(0).is_err() && column(u64::MAX).is_err() && column(1 << 63).is_err());
        assert_eq!(column((1 << 63) - 1).unwrap(), i64::MAX);
        assert!(allow(1000, 0, 0, 1000).is_ok() && allow(1000, 1, 1, 1000).is_err());
        assert!(allow(u64::MAX, u64::MAX, u64::MAX, u64::MAX).is_err());
    }
}
