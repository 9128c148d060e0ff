//! What is to be done when, in the simulator's time.

use super::ledger::state::{Settlement, State};
use paygate::PayId;
use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

/// Something to do for a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Job {
    pub(crate) pay_id: PayId,
    pub(crate) task: Task,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Sends these one after the other, each whether or not the one before was answered.
    Deliver(Vec<usize>),
    /// Settles the payment, if it stands as it did.
    Settle { from: State, to: Settlement },
}

/// Jobs by their time. Those of one payment are done one after the other, so that what is due at the same time arrives in
/// the order in which it came; those of two payments side by side.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    jobs: BTreeMap<(Duration, u64), Job>,
    added: u64,
    busy: HashSet<PayId>,
}

impl Schedule {
    pub(crate) fn add(&mut self, due: Duration, job: Job) {
        self.added = self.added.wrapping_add(1);
        self.jobs.insert((due, self.added), job);
    }

    /// Takes the next job that is due and whose payment has no other under way.
    pub(crate) fn take(&mut self, now: Duration) -> Option<Job> {
        let mut due = self.jobs.range(..=(now, u64::MAX));
        let key = due.find(|(_, job)| !self.busy.contains(&job.pay_id)).map(|(key, _)| *key)?;
        let job = self.jobs.remove(&key)?;
        self.busy.insert(job.pay_id);
        Some(job)
    }

    /// Notes that the job of this payment was done.
    pub(crate) fn done(&mut self, pay_id: &PayId) {
        self.busy.remove(pay_id);
    }

    /// When the next thing is due, at the earliest; what waits for another of its payment does not count.
    pub(crate) fn next_due(&self) -> Option<Duration> {
        let mut free = self.jobs.iter().filter(|(_, job)| !self.busy.contains(&job.pay_id));
        free.next().map(|((due, _), _)| *due)
    }

    /// Whether nothing is under way and nothing is due.
    pub(crate) fn is_idle(&self, now: Duration) -> bool {
        self.busy.is_empty() && self.next_due().is_none_or(|due| due > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(pay_id: char, number: usize) -> Job {
        let pay_id = PayId::new(&pay_id.to_string().repeat(32)).unwrap();
        Job { pay_id, task: Task::Deliver(vec![number]) }
    }

    #[test]
    fn jobs_of_one_payment_are_done_one_after_the_other_and_others_side_by_side() {
        let mut schedule = Schedule::default();
        let at = Duration::from_secs;
        schedule.add(at(2), job('a', 2));
        schedule.add(at(1), job('a', 0));
        schedule.add(at(1), job('a', 1));
        schedule.add(at(3), job('b', 3));
        assert_eq!(schedule.take(at(0)), None);
        assert_eq!(schedule.take(at(5)), Some(job('a', 0)));
        assert_eq!(schedule.take(at(5)), Some(job('b', 3)));
        assert_eq!((schedule.take(at(5)), schedule.next_due()), (None, None));
        for number in 1..=2 {
            assert!(!schedule.is_idle(at(5)));
            schedule.done(&job('a', 0).pay_id);
            assert_eq!(schedule.take(at(5)), Some(job('a', number)));
        }
        schedule.done(&job('a', 0).pay_id);
        assert!(!schedule.is_idle(at(5)));
        schedule.done(&job('b', 0).pay_id);
        assert!(schedule.is_idle(at(5)));
    }
}
