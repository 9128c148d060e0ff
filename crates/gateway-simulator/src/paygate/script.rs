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

/// A notify that is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    /// How long after the choice.
    pub(crate) after: Duration,
    pub(crate) said: Said,
    /// Without what the bank tells of the customer ("PendingNotify", vendor's page "Trustly").
    pub(crate) standard_only: bool,
}

/// All that follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Script {
    pub(crate) state: State,
    pub(crate) browser: Browser,
    /// The notifies are answered before the browser is sent back.
    pub(crate) notify_first: bool,
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
        let mut script = match choice {
            Choice::Approve if faults.has(Fault::FailedThenOk) => Self {
                notifies: vec![
                    Planned::now(Said::TIMED_OUT),
                    Planned { after: A_MINUTE, ..Planned::now(Said::PAID) },
                ],
                ..Self::failed(Said::TIMED_OUT)
            }
            .with_state(State::Paid),
            Choice::Approve if faults.has(Fault::LateFinal) => {
                Self::open(habits, Some((LATE, Settlement::Paid)))
            }
            Choice::Approve if faults.has(Fault::Reordered) => Self {
                notifies: vec![Planned::now(Said::PAID), Planned::pending()],
                ..Self::open(habits, None)
            }
            .with_state(State::Paid),
            Choice::Approve => Self {
                state: State::Paid,
                browser: Browser::Success(Said::PAID),
                notify_first: false,
                notifies: vec![Planned::now(Said::PAID)],
                settles: None,
            },
            Choice::Decline => Self::failed(Said::DECLINED),
            Choice::Cancel => Self::failed(Said::CANCELLED),
            Choice::Processing => {
                Self::open(habits, habits.settle_after.map(|after| (after, Settlement::Paid)))
            }
            Choice::Close => Self {
                state: State::AtBank,
                browser: Browser::Nowhere,
                notify_first: false,
                notifies: Vec::new(),
                settles: None,
            },
        };
        script.spoil(faults);
        script
    }

    /// What follows when an open payment is settled: a notify, and no browser.
    pub(crate) fn of_settlement(settlement: Settlement, faults: &Faults) -> Self {
        let (state, said) = match settlement {
            Settlement::Paid => (State::Paid, Said::PAID),
            Settlement::Failed => (State::Failed, Said::TIMED_OUT),
        };
        let mut script = Self {
            state,
            browser: Browser::Nowhere,
            notify_first: false,
            notifies: vec![Planned::now(said)],
            settles: None,
        };
        script.spoil(faults);
        script
    }

    /// What follows from a description that asks for simulation: the bank is not asked.
    pub(crate) fn simulated(said: Said, faults: &Faults) -> Self {
        let mut script = if said == Said::PAID {
            Self {
                state: State::Paid,
                browser: Browser::Success(said),
                notify_first: false,
                notifies: vec![Planned::now(said)],
                settles: None,
            }
        } else {
            Self::failed(said)
        };
        script.spoil(faults);
        script
    }

    fn failed(said: Said) -> Self {
        Self {
            state: State::Failed,
            browser: Browser::Failure(said),
            notify_first: false,
            notifies: vec![Planned::now(said)],
            settles: None,
        }
    }

    fn open(habits: Habits, settles: Option<(Duration, Settlement)>) -> Self {
        Self {
            state: State::Open,
            browser: Browser::Success(Said::OPEN),
            notify_first: false,
            notifies: if habits.pending_notify { vec![Planned::pending()] } else { Vec::new() },
            settles,
        }
    }

    fn with_state(self, state: State) -> Self {
        Self { state, ..self }
    }

    /// Faults that change who is told, whatever the customer chose.
    fn spoil(&mut self, faults: &Faults) {
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
    }
}

impl Planned {
    fn now(said: Said) -> Self {
        Self { after: Duration::ZERO, said, standard_only: false }
    }

    fn pending() -> Self {
        Self { after: Duration::ZERO, said: Said::OPEN, standard_only: true }
    }
}
