//! How a simulator is set up before it starts.

use super::clock::Clock;
use super::desk::Settings;
use super::fault::{Fault, Faults};
use super::script::Habits;
use super::simulator::{Parts, Simulator};
use paygate::Merchant;
use std::io;
use std::time::Duration;

/// A simulator that has not started yet.
///
/// ```
/// use gateway_simulator::paygate::{Fault, Simulator};
/// use std::time::Duration;
///
/// # fn main() -> std::io::Result<()> {
/// let simulator = Simulator::builder(paygate::testing::merchant())
///     .pending_notify()
///     .fault(Fault::Doubled)
///     .clock_by_hand()
///     .start()?;
/// assert!(simulator.url().starts_with("http://127.0.0.1:"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "start() starts it"]
pub struct Builder {
    merchants: Vec<Merchant>,
    port: u16,
    scale: u32,
    faults: Faults,
    settings: Settings,
}

impl Builder {
    pub(super) fn new(merchant: Merchant) -> Self {
        Self {
            merchants: vec![merchant],
            port: 0,
            scale: 1,
            faults: Faults::default(),
            settings: Settings {
                habits: Habits { pending_notify: false, settle_after: Some(Duration::from_secs(60)) },
                refuses_repeated_trans_ids: false,
                simulates: true,
                patience: Duration::from_secs(30),
                slowness: Duration::from_secs(4),
                seed: 0,
            },
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Serves one more account. The one of a request is found by its MerchantID; of two with the same one, the first.
    pub fn merchant(mut self, merchant: Merchant) -> Self {
        self.merchants.push(merchant);
        self
    }

    /// Listens on this port of the loopback address; by default, and for 0, on a free one.
    pub fn port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// Lets every payment from now on go wrong in this way, besides those given before.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults = self.faults.iter().chain([fault]).collect();
        self
    }

    /// Sends AUTHORIZE_REQUEST as a notify too, as Computop's helpdesk can switch it on ("PendingNotify", vendor's page
    /// "Trustly").
    pub fn pending_notify(self) -> Self {
        self.with(|settings| settings.habits.pending_notify = true)
    }

    /// Settles a payment that is being processed after so long, in the simulator's time; by default after a minute.
    pub fn settle_after(self, after: Duration) -> Self {
        self.with(|settings| settings.habits.settle_after = Some(after))
    }

    /// Leaves a payment that is being processed open until [`Simulator::settle`].
    pub fn settle_by_hand(self) -> Self {
        self.with(|settings| settings.habits.settle_after = None)
    }

    /// Lets so many seconds pass in one real second: with 60, the wait of a minute before the first repeat takes a second.
    /// 0 is the same as [`Builder::clock_by_hand`].
    pub fn time_scale(self, scale: u32) -> Self {
        Self { scale, ..self }
    }

    /// Lets no time pass but by [`Simulator::advance`]: tests then depend on no clock.
    pub fn clock_by_hand(self) -> Self {
        self.time_scale(0)
    }

    /// Refuses a TransID that came before. Paygate does not by default, and shops must not rely on it.
    pub fn refuse_repeated_trans_ids(self) -> Self {
        self.with(|settings| settings.refuses_repeated_trans_ids = true)
    }

    /// Takes `Test:0000` in OrderDesc for a description like any other, as the helpdesk can switch it for a live account.
    pub fn no_simulation(self) -> Self {
        self.with(|settings| settings.simulates = false)
    }

    /// How long the shop may take to answer a notify, in real time; by default 30 seconds.
    pub fn patience(self, patience: Duration) -> Self {
        self.with(|settings| settings.patience = patience)
    }

    /// How long a body takes under [`Fault::Slow`], in real time; by default 4 seconds.
    pub fn slowness(self, slowness: Duration) -> Self {
        self.with(|settings| settings.slowness = slowness)
    }

    /// What the order of parameters and the case of their names are drawn from; the same seed gives the same ones again.
    pub fn seed(self, seed: u64) -> Self {
        self.with(|settings| settings.seed = seed)
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// If the port is taken, or there is no thread or client to be had.
    pub fn start(self) -> io::Result<Simulator> {
        Simulator::of(Parts {
            merchants: self.merchants,
            port: self.port,
            settings: self.settings,
            clock: Clock::new(self.scale),
            faults: self.faults,
        })
    }
}
