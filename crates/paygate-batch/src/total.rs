//! Count and sum of a file's records, as FOOT has them.

use std::fmt;

/// How many records there are, and the sum of their amounts.
///
/// What SumAmount is where currencies are mixed, no public page says; it is the sum of the numbers. `Debug` does not show it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// `CountRecords`: how many lines stand between HEAD and FOOT.
    pub records: u64,
    /// `SumAmount`: their amounts, each in the smallest unit of its currency.
    pub sum: u128,
}

impl Total {
    /// One record more. As many amounts of twelve digits as there are numbers of lines fit in.
    pub(crate) fn add(&mut self, units: u64) {
        self.records = self.records.saturating_add(1);
        self.sum = self.sum.saturating_add(units.into());
    }
}

impl fmt::Debug for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Total").field("records", &self.records).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_amounts_are_summed_without_overflow() {
        let most = 999_999_999_999_u64;
        assert!(u128::from(most).checked_mul(u128::from(u64::MAX)).is_some());
        let mut total = Total { records: 0, sum: u128::from(u64::MAX) };
        total.add(most);
        assert_eq!(total, Total { records: 1, sum: 18_446_745_073_709_551_614 });
    }
}
