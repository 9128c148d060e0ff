//! A model of what no walk on SQLite can reach: workers whose transactions overlap, statement by statement, as PostgreSQL lets them.
//!
//! SQLite has one writer, so there a transaction is one step. On PostgreSQL a claim passes over rows that are locked, a lease may
//! be renewed or run out while its handler's transaction is open, and an `UPDATE` of a row that somebody else has changed waits for
//! him and then looks at the row again. The steps are those of `claim.rs` and `worker.rs` of the inbox.

use crate::walk::{Machine, walk};

/// What is left out of the real thing, to see that the walk finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Nothing,
    /// `AND token = $2`, where a delivery is completed.
    TheToken,
    /// `AND done_at IS NULL`, at the same place.
    ThatItIsUnfinished,
    /// Both of them.
    Both,
    /// The one transaction: it is completed by itself, before the handler's is committed.
    TheTransaction,
}

/// Where a worker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Worker {
    Free,
    /// It has claimed the row, with this token, and holds no lock.
    Claimed(u8),
    /// Its transaction has written the effect, and is open.
    Handled(u8),
    /// It has completed too, and holds the row's lock until it commits.
    Completed(u8),
    /// Without the one transaction: what it completed is committed, and the effect is not yet.
    Late,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Row {
    token: u8,
    is_leased: bool,
    is_done: bool,
    /// How often the handler's effect was committed.
    effects: u8,
    workers: Vec<Worker>,
}

#[derive(Clone, Copy, Debug)]
#[expect(dead_code, reason = "it is told to whoever reads what broke a rule")]
enum Step {
    Claims(usize),
    LeaseEnds,
    Renews(usize),
    Handles(usize),
    Completes(usize),
    IsLost(usize),
    Commits(usize),
    Dies(usize),
}

struct Model {
    left: Left,
    /// So often it is claimed at most: what comes later is as it was before.
    claims: u8,
}

impl Row {
    /// The row is locked by a transaction that has completed it.
    fn is_locked(&self) -> bool {
        self.workers.iter().any(|worker| matches!(worker, Worker::Completed(_)))
    }

    fn with(&self, number: usize, worker: Worker) -> Self {
        let mut row = self.clone();
        row.workers[number] = worker;
        row
    }
}

impl Model {
    fn of_a_worker(&self, row: &Row, number: usize, next: &mut Vec<(Step, Row)>) {
        let worker = row.workers[number];
        // `FOR UPDATE SKIP LOCKED`.
        let is_due = !row.is_leased && !row.is_done;
        if worker == Worker::Free && is_due && !row.is_locked() && row.token < self.claims {
            let token = row.token + 1;
            let claimed = row.with(number, Worker::Claimed(token));
            next.push((Step::Claims(number), Row { token, is_leased: true, ..claimed }));
        }
        if worker != Worker::Free {
            // Its transaction is rolled back, if it has one.
            next.push((Step::Dies(number), row.with(number, Worker::Free)));
        }
        match worker {
            Worker::Claimed(token) => {
                next.push((Step::Handles(number), row.with(number, Worker::Handled(token))));
            }
            // An update waits for whoever has the row's lock.
            Worker::Handled(token) if !row.is_locked() => {
                let is_own = token == row.token || matches!(self.left, Left::TheToken | Left::Both);
                let is_open = !row.is_done || matches!(self.left, Left::ThatItIsUnfinished | Left::Both);
                if !is_own || !is_open {
                    next.push((Step::IsLost(number), row.with(number, Worker::Free)));
                } else if self.left == Left::TheTransaction {
                    let late = row.with(number, Worker::Late);
                    next.push((Step::Completes(number), Row { is_done: true, ..late }));
                } else {
                    next.push((Step::Completes(number), row.with(number, Worker::Completed(token))));
                }
            }
            Worker::Completed(_) | Worker::Late => {
                let free = row.with(number, Worker::Free);
                next.push((Step::Commits(number), Row { is_done: true, effects: row.effects + 1, ..free }));
            }
            Worker::Handled(_) | Worker::Free => {}
        }
        // The worker renews beside its transaction, and only what is its own and not done.
        if let Worker::Claimed(token) | Worker::Handled(token) = worker
            && token == row.token
            && !row.is_done
            && !row.is_locked()
        {
            next.push((Step::Renews(number), Row { is_leased: true, ..row.clone() }));
        }
    }
}

impl Machine for Model {
    type State = Row;
    type Step = Step;

    async fn next(&mut self, row: &Row) -> Result<Vec<(Step, Row)>, String> {
        let mut next = Vec::new();
        if row.is_leased {
            next.push((Step::LeaseEnds, Row { is_leased: false, ..row.clone() }));
        }
        for number in 0..row.workers.len() {
            self.of_a_worker(row, number, &mut next);
        }
        Ok(next)
    }

    async fn broken(&mut self, row: &Row) -> Result<(), String> {
        if row.effects > 1 {
            return Err("handled once: it was handled twice".to_owned());
        }
        let is_late = row.workers.contains(&Worker::Late);
        if row.is_done && row.effects == 0 && !is_late {
            return Err("handled once: it is done, and was not handled".to_owned());
        }
        Ok(())
    }

    /// It is handled, or was claimed as often as the walk goes on.
    fn is_end(&self, row: &Row) -> bool {
        (row.is_done || row.token == self.claims) && row.workers.iter().all(|worker| *worker == Worker::Free)
    }
}

async fn model(left: Left) -> crate::walk::Walked {
    let row = Row { token: 0, is_leased: false, is_done: false, effects: 0, workers: vec![Worker::Free; 3] };
    walk(&mut Model { left, claims: 5 }, row).await
}

#[tokio::test]
async fn three_workers_whose_transactions_overlap_handle_a_delivery_once() {
    model(Left::Nothing).await.assert_whole("the model of fencing");
}

/// The token keeps those out who were replaced; that a delivery is handled once, the other guard would see to alone, too.
#[tokio::test]
async fn either_guard_of_a_completion_is_enough_for_once() {
    for left in [Left::TheToken, Left::ThatItIsUnfinished] {
        model(left).await.assert_whole(&format!("the model without {left:?}"));
    }
}

#[tokio::test]
async fn without_both_guards_or_the_one_transaction_it_is_handled_twice_or_never() {
    for left in [Left::Both, Left::TheTransaction] {
        model(left).await.assert_finds(&format!("the model without {left:?}"), "handled once");
    }
}
