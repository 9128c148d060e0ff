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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Rule;

    fn problem(line: u64) -> Problem {
        Problem::new(line, Rule::TagTwice)
    }

    #[test]
    fn the_first_thousand_are_kept_in_whatever_order_they_are_found() {
        let mut problems = Problems::default();
        for line in (2..=1001).rev() {
            problems.add(problem(line));
        }
        assert_eq!(problems.0.len(), Problems::MAX);
        problems.add(problem(1002));
        assert_eq!((problems.0.first(), problems.0.last()), (Some(&problem(2)), Some(&problem(1001))));
        problems.add(problem(1));
        assert_eq!(problems.into_vec(), (1..=1000).map(problem).collect::<Vec<_>>());
    }

    #[test]
    fn twenty_are_printed_and_the_others_counted() {
        let printed = |count| Listed(&(1..=count).map(problem).collect::<Vec<_>>()).to_string();
        assert_eq!(printed(0), "");
        assert_eq!(printed(2), format!("{}; {}", problem(1), problem(2)));
        assert!(printed(20).ends_with(&problem(20).to_string()));
        assert!(printed(21).ends_with(&format!("{}… and 1 more", problem(20))));
    }
}
