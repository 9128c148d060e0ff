//! A way to seal and open messages: this library's, or a peer's.

use std::time::Duration;

/// What is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Task {
    /// A request with its MAC becomes a URL.
    Seal,
    /// The form of an answer becomes pairs, whose MAC holds and which say that the attempt is paid.
    Open,
}

impl Task {
    pub(crate) const ALL: [Self; 2] = [Self::Seal, Self::Open];
}

pub(crate) trait Way {
    fn name(&self) -> &str;

    /// Of the language and what it computes with.
    fn version(&self) -> &str;

    /// What it makes of the messages.
    fn made(&mut self) -> Made;

    /// Does a task so many times: how long that took, and the sum of what [`Made::totals`] counts.
    fn run(&mut self, task: Task, times: u32) -> (Duration, usize);
}

/// What a way makes of the messages, for comparison.
pub(crate) struct Made {
    /// The URL to Paygate with the sealed request.
    pub(crate) url: String,
    /// What it read from the answer; none, if it did not find it paid.
    pub(crate) pairs: Vec<(String, String)>,
    /// Whether it took an answer whose MAC does not hold.
    pub(crate) took_forged: bool,
}

impl Made {
    /// The length of the URL, and of all values of the answer.
    pub(crate) fn totals(&self) -> [usize; 2] {
        [self.url.len(), self.pairs.iter().map(|(_, value)| value.len()).sum()]
    }

    /// Paygate takes hex, and gives names, in either case; in nothing else may a way differ.
    pub(crate) fn assert_same(&self, other: &Self, name: &str) {
        let (ours, theirs) = (split_data(&self.url), split_data(&other.url));
        assert_eq!(ours.0, theirs.0, "{name}: what stands before Data");
        assert!(ours.1.eq_ignore_ascii_case(theirs.1), "{name}: Data is {}, not {}", theirs.1, ours.1);
        assert_eq!(self.sorted_pairs(), other.sorted_pairs(), "{name}: the pairs of the answer");
        assert!(!other.took_forged, "{name}: took an answer whose MAC does not hold");
    }

    fn sorted_pairs(&self) -> Vec<(String, &str)> {
        let mut pairs: Vec<_> =
            self.pairs.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.as_str())).collect();
        pairs.sort_unstable();
        pairs
    }
}

fn split_data(url: &str) -> (&str, &str) {
    url.split_once("&Data=").expect("a URL with Data")
}
