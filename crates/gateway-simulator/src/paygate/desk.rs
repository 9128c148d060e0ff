//! Where everything meets: merchants, settings, time, the ledger, and what is to be done.

mod batch;
pub(in crate::paygate) mod credit;
mod decide;
mod follow_up;
mod payment;
mod send;

pub(crate) use decide::{Decided, NotDecided};
pub(crate) use payment::Accepted;

use super::clock::Clock;
use super::fault::Faults;
use super::ledger::Ledger;
use super::schedule::{Job, Schedule, Task};
use super::script::Habits;
use fastrand::Rng;
use paygate::{Merchant, MerchantId, PayId, Xid};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// How the simulator behaves.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) habits: Habits,
    /// A TransID that came before is refused. The real one does not by default.
    pub(crate) refuses_repeated_trans_ids: bool,
    /// `Test:0000` is simulated.
    pub(crate) simulates: bool,
    /// How long the shop may take to answer a notify, in real time.
    pub(crate) patience: Duration,
    /// How long a slow body takes, in real time.
    pub(crate) slowness: Duration,
    /// What order and spelling of results are drawn from.
    pub(crate) seed: u64,
}

/// All that the parts of the simulator share.
pub(crate) struct Desk {
    pub(crate) merchants: Vec<Merchant>,
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) client: reqwest::Client,
    ledger: Mutex<Ledger>,
    schedule: Mutex<Schedule>,
    faults: Mutex<Faults>,
    /// How many messages were sealed.
    sealed: AtomicU64,
    /// Rung when something new is to be done, or time was moved.
    pub(crate) bell: Notify,
    /// Changes whenever something was done.
    pub(crate) done: watch::Sender<()>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    pub(crate) fn new(
        merchants: Vec<Merchant>,
        settings: Settings,
        clock: Clock,
        client: reqwest::Client,
        faults: Faults,
    ) -> Self {
        Self {
            merchants,
            settings,
            clock,
            client,
            ledger: Mutex::default(),
            schedule: Mutex::default(),
            faults: Mutex::new(faults),
            sealed: AtomicU64::new(0),
            bell: Notify::new(),
            done: watch::Sender::new(()),
        }
    }

    /// What is known. Never held over an `await`.
    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        lock(&self.ledger)
    }

    pub(crate) fn schedule(&self) -> MutexGuard<'_, Schedule> {
        lock(&self.schedule)
    }

    /// The faults of payments that are still to come.
    pub(crate) fn faults(&self) -> Faults {
        lock(&self.faults).clone()
    }

    pub(crate) fn set_faults(&self, faults: Faults) {
        *lock(&self.faults) = faults;
    }

    pub(crate) fn merchant(&self, mid: &MerchantId) -> Option<&Merchant> {
        self.merchants.iter().find(|merchant| merchant.id() == mid)
    }

    /// Notes something to do, and wakes who does it.
    pub(crate) fn plan(&self, after: Duration, job: Job) {
        let due = self.clock.now().saturating_add(after);
        self.schedule().add(due, job);
        self.bell.notify_one();
    }

    /// Plans the first attempts of deliveries, one behind the other.
    pub(crate) fn plan_deliveries(&self, pay_id: PayId, numbers: Vec<usize>) {
        if numbers.is_empty() {
            return;
        }
        let now = self.clock.now();
        for number in &numbers {
            if let Some(delivery) = self.ledger().delivery_mut(*number) {
                delivery.next = Some(now);
            }
        }
        self.plan(Duration::ZERO, Job { pay_id, task: Task::Deliver(numbers) });
    }

    /// What order and spelling of the next message are drawn from.
    pub(crate) fn next_seed(&self) -> u64 {
        self.settings.seed.wrapping_add(self.sealed.fetch_add(1, Ordering::Relaxed))
    }

    /// Moves the clock forward, and stops wherever something is due until it was done.
    pub(crate) async fn advance(&self, duration: Duration) {
        let target = self.clock.now().saturating_add(duration);
        loop {
            // What is under way may plan what comes next.
            self.idle().await;
            let due = self.schedule().next_due().filter(|due| *due <= target);
            self.clock.move_to(due.unwrap_or(target));
            self.bell.notify_one();
            if due.is_none() {
                return self.idle().await;
            }
        }
    }

    /// Waits until each of these deliveries was answered, or could not be made, at least once.
    pub(crate) async fn answered(&self, numbers: &[usize]) {
        let mut done = self.done.subscribe();
        let is_answered = |number: &usize| {
            let ledger = self.ledger();
            let first = ledger.delivery(*number).and_then(|delivery| delivery.attempts.first());
            first.is_some_and(|attempt| attempt.answer.is_some())
        };
        while !numbers.iter().all(is_answered) {
            let _ = done.changed().await;
        }
    }

    /// Waits until nothing is running and nothing is due.
    pub(crate) async fn idle(&self) {
        let mut done = self.done.subscribe();
        loop {
            if self.schedule().is_idle(self.clock.now()) {
                return;
            }
            // The sender is this desk's own, so it is there.
            let _ = done.changed().await;
        }
    }
}

/// A name that has not been used.
fn new_pay_id() -> PayId {
    PayId::new(&random_hex()).unwrap_or(PayId::from_static("00000000000000000000000000000000"))
}

fn new_xid() -> Xid {
    Xid::new(&random_hex()).unwrap_or(Xid::from_static("00000000000000000000000000000000"))
}

/// 32 hex digits.
fn random_hex() -> String {
    format!("{:032x}", Rng::new().u128(..))
}
