//! When Paygate is asked about what it has not told.

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long after its begin a payment is asked about first, in seconds.
pub(crate) const FIRST: i64 = 15 * MINUTE;

/// After that: often while customers wait, then daily for ten days.
const LATER: [i64; 13] = [
    HOUR,
    6 * HOUR,
    DAY,
    2 * DAY,
    3 * DAY,
    4 * DAY,
    5 * DAY,
    6 * DAY,
    7 * DAY,
    8 * DAY,
    9 * DAY,
    10 * DAY,
    11 * DAY,
];

/// The age at which a payment of this age is asked about next; `None` once it is given up. What was missed while no shop ran is
/// not made up for.
pub(crate) fn next(age: i64) -> Option<i64> {
    [FIRST].into_iter().chain(LATER).find(|due| *due > age)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_is_asked_about_after_15_minutes_1_6_and_24_hours_then_daily_for_ten_days() {
        let mut ages = Vec::new();
        let mut age = 0;
        while let Some(due) = next(age) {
            ages.push(due);
            age = due;
        }
        assert_eq!(ages[..4], [900, 3600, 21_600, 86_400]);
        let daily: Vec<_> = (172_800..=950_400).step_by(86_400).collect();
        assert_eq!(ages[4..], daily);
        // A clock that was put back, and a shop that did not run.
        assert_eq!((next(-5), next(50_000), next(i64::MAX)), (Some(900), Some(86_400), None));
    }
}
