//! What follows from the customer's choice: where the browser goes, and which notifies are sent when.

use super::fault::{Fault, Faults};
use super::ledger::state::{Said, Settlement, State};
use std::time::Duration;

/// What the customer does at the bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// Pays.
    Approve,
    /// The bank says no.
    Decline,
    /// Turns back.
    Cancel,
    /// Pays, and the bank takes its time: the payment stays open until it is settled.
    Processing,
    /// Closes the window before paying: nothing is sent.
    Close,
}

impl Choice {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Approve, Self::Decline, Self::Cancel, Self::Processing, Self::Close];

    /// The word for it in the bank's form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Decline => "decline",
            Self::Cancel => "cancel",
            Self::Processing => "processing",
            Self::Close => "close",
        }
    }
}

/// Which of the shop's two URLs the browser goes to, and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    Success(Said),
    Failure(Said),
    /// It never comes back.
    Nowhere,
}

/// A notify that is to be sent at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    pub(crate) said: Said,
    /// Without what the bank tells of the customer ("PendingNotify", vendor's page "Trustly").
    pub(crate) standard_only: bool,
}

/// All that follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Script {
    pub(crate) state: State,
    /// What the result says, whether or not anybody is told; `None` while the customer has not decided.
    pub(crate) result: Option<Said>,
    pub(crate) browser: Browser,
    /// The notifies are answered before the browser is sent back.
    pub(crate) notify_first: bool,
    /// One behind the other.
    pub(crate) notifies: Vec<Planned>,
    /// How the payment is settled by itself, and when.
    pub(crate) settles: Option<(Duration, Settlement)>,
}

/// What of the simulator's settings a script depends on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habits {
    /// Whether AUTHORIZE_REQUEST comes as a notify too.
    pub(crate) pending_notify: bool,
    /// When a payment that is being processed is settled by itself.
    pub(crate) settle_after: Option<Duration>,
}

const LATE: Duration = Duration::from_secs(2 * 60 * 60);
const A_MINUTE: Duration = Duration::from_secs(60);

impl Script {
    pub(crate) fn of(choice: Choice, faults: &Faults, habits: Habits) -> Self {
        let late = || Self::open(habits, Some((LATE, Settlement::Paid)));
        let script = match choice {
            Choice::Approve if faults.has(Fault::FailedThenOk) => {
                Self { settles: Some((A_MINUTE, Settlement::Paid)), ..Self::failed(Said::TIMED_OUT) }
            }
            Choice::Approve | Choice::Processing if faults.has(Fault::LateFinal) => late(),
            Choice::Approve if faults.has(Fault::Reordered) => Self {
                browser: Browser::Success(Said::OPEN),
                notifies: vec![Planned::whole(Said::PAID), Planned::PENDING],
                ..Self::paid()
            },
            Choice::Approve => Self::paid(),
            Choice::Decline => Self::failed(Said::DECLINED),
            Choice::Cancel => Self::failed(Said::CANCELLED),
            Choice::Processing => {
                let open = Self::open(habits, habits.settle_after.map(|after| (after, Settlement::Paid)));
                // What should come now comes behind the final notify.
                if faults.has(Fault::Reordered) { Self { notifies: Vec::new(), ..open } } else { open }
            }
            Choice::Close => Self {
                state: State::AtBank,
                result: None,
                browser: Browser::Nowhere,
                notify_first: false,
                notifies: Vec::new(),
                settles: None,
            },
        };
        script.spoilt(faults)
    }

    /// What follows when an open payment is settled: a notify, and no browser.
    pub(crate) fn of_settlement(settlement: Settlement, faults: &Faults) -> Self {
        let mut script = match settlement {
            Settlement::Paid => Self::paid(),
            Settlement::Failed => Self::failed(Said::TIMED_OUT),
        };
        script.browser = Browser::Nowhere;
        if faults.has(Fault::Reordered) {
            script.notifies.push(Planned::PENDING);
        }
        script.spoilt(faults)
    }

    /// What follows from a description that asks for simulation: the bank is not asked.
    pub(crate) fn simulated(said: Said, faults: &Faults) -> Self {
        let script = if said == Said::PAID { Self::paid() } else { Self::failed(said) };
        script.spoilt(faults)
    }

    fn paid() -> Self {
        Self {
            state: State::Paid,
            result: Some(Said::PAID),
            browser: Browser::Success(Said::PAID),
            notify_first: false,
            notifies: vec![Planned::whole(Said::PAID)],
            settles: None,
        }
    }

    fn failed(said: Said) -> Self {
        Self {
            state: State::Failed,
            result: Some(said),
            browser: Browser::Failure(said),
            notifies: vec![Planned::whole(said)],
            ..Self::paid()
        }
    }

    fn open(habits: Habits, settles: Option<(Duration, Settlement)>) -> Self {
        Self {
            state: State::Open,
            result: Some(Said::OPEN),
            browser: Browser::Success(Said::OPEN),
            notifies: if habits.pending_notify { vec![Planned::PENDING] } else { Vec::new() },
            settles,
            ..Self::paid()
        }
    }

    /// The same, by the faults that change who is told, whatever the customer chose.
    fn spoilt(mut self, faults: &Faults) -> Self {
        if faults.has(Fault::CopiedFailure)
            && let Browser::Failure(said) = self.browser
        {
            self.browser = Browser::Success(said);
        }
        if faults.has(Fault::NotifyOnly) {
            self.browser = Browser::Nowhere;
        }
        if faults.has(Fault::RedirectOnly) {
            self.notifies.clear();
        }
        if faults.has(Fault::Doubled) {
            self.notifies = self.notifies.iter().flat_map(|planned| [*planned, *planned]).collect();
        }
        self.notify_first = faults.has(Fault::NotifyFirst);
        self
    }
}

impl Planned {
    pub(crate) const PENDING: Self = Self { said: Said::OPEN, standard_only: true };

    pub(crate) const fn whole(said: Said) -> Self {
        Self { said, standard_only: false }
    }
}
