//! How often a call is tried, and how long is waited between two tries.

use std::time::Duration;

/// How often a call is tried, and how long is waited between two tries: a random time below a ceiling that doubles from
/// try to try, so that shops which failed together do not come back together.
///
/// By default four tries, with ceilings of 0.5, 1 and 2 seconds between them, and none after a minute.
///
/// ```
/// use gateway_http::Retries;
/// use std::time::Duration;
///
/// let patient = Retries::default()
///     .with_tries(10)
///     .with_pauses(Duration::from_secs(1), Duration::from_secs(30))
///     .within(Duration::from_secs(300));
/// // What is waited is a function of two numbers: how many tries there were, and a random one.
/// assert_eq!(patient.pause(1, 0), Duration::ZERO);
/// assert_eq!(patient.pause(1, u64::MAX / 2).as_millis(), 499);
/// assert_eq!(patient.pause(9, u64::MAX / 2).as_secs(), 14); // the ceiling does not grow above 30 s
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retries {
    tries: u32,
    first: Duration,
    most: Duration,
    within: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            tries: 4,
            first: Duration::from_millis(500),
            most: Duration::from_secs(8),
            within: Duration::from_secs(60),
        }
    }
}

impl Retries {
    /// One try, whatever comes of it.
    #[must_use]
    pub fn none() -> Self {
        Self::default().with_tries(1)
    }

    /// At most so many tries, the first one among them; there is always a first one.
    #[must_use]
    pub fn with_tries(mut self, tries: u32) -> Self {
        self.tries = tries;
        self
    }

    /// The ceiling of the first pause, and what no pause is longer than.
    #[must_use]
    pub fn with_pauses(mut self, first: Duration, most: Duration) -> Self {
        self.first = first;
        self.most = most;
        self
    }

    /// No try begins later than this after the first one. A try that has begun is not cut short: that would make an answer
    /// that is on its way an unknown one. How long a try takes at most is the transport's.
    #[must_use]
    pub fn within(mut self, within: Duration) -> Self {
        self.within = within;
        self
    }

    /// How long to wait after so many tries, by a random number: evenly spread from nothing to below the ceiling.
    #[must_use]
    pub fn pause(&self, tries: u32, random: u64) -> Duration {
        let doubled = 2_u32.saturating_pow(tries.saturating_sub(1));
        let ceiling = self.first.saturating_mul(doubled).min(self.most);
        let nanos = u64::try_from(ceiling.as_nanos()).unwrap_or(u64::MAX);
        // The upper half of the product: random / 2⁶⁴ of the ceiling. Two numbers of 64 bits do not overflow 128.
        let share = u128::from(nanos).saturating_mul(u128::from(random)) >> 64;
        Duration::from_nanos(u64::try_from(share).unwrap_or(nanos))
    }

    /// How long to wait before the next try; none, where there is to be none.
    pub(crate) fn next(&self, tries: u32, elapsed: Duration, random: u64) -> Option<Duration> {
        let pause = self.pause(tries, random);
        (tries < self.tries && elapsed.saturating_add(pause) <= self.within).then_some(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn duration() -> impl Strategy<Value = Duration> {
        prop_oneof![
            Just(Duration::ZERO),
            Just(Duration::MAX),
            (0..u64::MAX, 0..1_000_000_000_u32).prop_map(|(secs, nanos)| Duration::new(secs, nanos)),
            (0..100_000_u64).prop_map(Duration::from_millis),
        ]
    }

    fn retries() -> impl Strategy<Value = Retries> {
        (any::<u32>(), duration(), duration(), duration()).prop_map(|(tries, first, most, within)| {
            Retries::default().with_tries(tries).with_pauses(first, most).within(within)
        })
    }

    proptest! {
        #[test]
        fn no_pause_is_longer_than_the_longest(retries in retries(), tries: u32, random: u64) {
            prop_assert!(retries.pause(tries, random) <= retries.most);
        }

        #[test]
        fn the_first_pause_is_no_longer_than_its_ceiling(retries in retries(), random: u64) {
            prop_assert!(retries.pause(1, random) <= retries.first);
        }

        #[test]
        fn a_larger_random_number_or_a_later_try_never_waits_less(
            retries in retries(), tries in 0..u32::MAX, one: u64, other: u64,
        ) {
            let (low, high) = (one.min(other), one.max(other));
            prop_assert!(retries.pause(tries, low) <= retries.pause(tries, high));
            prop_assert!(retries.pause(tries, low) <= retries.pause(tries.saturating_add(1), low));
        }

        #[test]
        fn no_try_begins_after_the_last_one_or_too_late(
            retries in retries(), tries: u32, elapsed in duration(), random: u64,
        ) {
            if let Some(pause) = retries.next(tries, elapsed, random) {
                prop_assert!(tries < retries.tries);
                prop_assert!(elapsed.checked_add(pause).is_some_and(|begin| begin <= retries.within)
                    || retries.within == Duration::MAX);
            }
        }
    }

    #[test]
    fn the_pauses_are_spread_from_nothing_to_the_ceiling_which_doubles() {
        for (tries, millis) in
            [(1, 500), (2, 1000), (3, 2000), (4, 4000), (5, 8000), (6, 8000), (u32::MAX, 8000)]
        {
            let retries = Retries::default();
            let ceiling = Duration::from_millis(millis);
            assert_eq!(retries.pause(tries, 0), Duration::ZERO);
            assert_eq!(retries.pause(tries, 1 << 63), ceiling / 2);
            assert_eq!(retries.pause(tries, u64::MAX), ceiling.saturating_sub(Duration::from_nanos(1)));
        }
    }

    #[test]
    fn none_means_one_try() {
        assert_eq!(Retries::none().next(1, Duration::ZERO, 0), None);
        assert_eq!(Retries::default().next(1, Duration::ZERO, 0), Some(Duration::ZERO));
    }
}
