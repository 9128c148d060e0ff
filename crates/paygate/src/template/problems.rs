//! The problems of a page, as many of them as somebody can use.

use super::problem::Problem;
use core::fmt;
use std::collections::BTreeSet;

/// The first problems of a page in the order of the lines, each of them once, however many ways of reading
/// show it.
#[derive(Default)]
pub(super) struct Problems(BTreeSet<Problem>);

impl Problems {
    pub(super) const MAX: usize = 1000;

    pub(super) fn add(&mut self, problem: Problem) {
        self.0.insert(problem);
        if self.0.len() > Self::MAX {
            self.0.pop_last();
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_vec(self) -> Vec<Problem> {
        self.0.into_iter().collect()
    }
}

/// Prints the begin of a list, with semicolons between.
pub(super) struct Listed<'a>(pub(super) &'a [Problem]);

impl Listed<'_> {
    const SHOWN: usize = 20;
}

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().take(Self::SHOWN).enumerate() {
            let separator = if index > 0 { "; " } else { "" };
            write!(f, "{separator}{problem}")?;
        }
        match self.0.len().saturating_sub(Self::SHOWN) {
            0 => Ok(()),
            more => write!(f, "… and {more} more"),
        }
    }
}
