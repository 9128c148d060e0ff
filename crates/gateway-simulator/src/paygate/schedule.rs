//! What is to be done when, in the simulator's time.

use super::ledger::state::Settlement;
use paygate::PayId;
use std::collections::BTreeMap;
use std::time::Duration;

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Job {
    /// Sends these one after the other, each whether or not the one before was answered.
    Deliver(Vec<usize>),
    /// Settles an open payment.
    Settle(PayId, Settlement),
}

/// Jobs by their time; of the same time, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    jobs: BTreeMap<(Duration, u64), Job>,
    added: u64,
    running: usize,
}

impl Schedule {
    pub(crate) fn add(&mut self, due: Duration, job: Job) {
        self.added = self.added.wrapping_add(1);
        self.jobs.insert((due, self.added), job);
    }

    /// Takes the next job that is due, and counts it as running.
    pub(crate) fn take(&mut self, now: Duration) -> Option<Job> {
        let entry = self.jobs.first_entry().filter(|entry| entry.key().0 <= now)?;
        self.running = self.running.saturating_add(1);
        Some(entry.remove())
    }

    pub(crate) fn done(&mut self) {
        self.running = self.running.saturating_sub(1);
    }

    pub(crate) fn next_due(&self) -> Option<Duration> {
        self.jobs.keys().next().map(|(due, _)| *due)
    }

    /// Whether nothing is running and nothing is due.
    pub(crate) fn is_idle(&self, now: Duration) -> bool {
        self.running == 0 && self.next_due().is_none_or(|due| due > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_of_the_same_time_keep_their_order() {
        let mut schedule = Schedule::default();
        let at = Duration::from_secs;
        schedule.add(at(2), Job::Deliver(vec![2]));
        schedule.add(at(1), Job::Deliver(vec![0]));
        schedule.add(at(1), Job::Deliver(vec![1]));
        assert_eq!(schedule.take(at(0)), None);
        let taken: Vec<_> = std::iter::from_fn(|| schedule.take(at(5))).collect();
        assert_eq!(taken, [0, 1, 2].map(|number| Job::Deliver(vec![number])));
        assert!(!schedule.is_idle(at(5)));
        for _ in 0..3 {
            schedule.done();
        }
        assert!(schedule.is_idle(at(5)));
    }
}
