//! The simulator itself: starts in one line, stops when it is dropped, and is driven by code in between.

use super::builder::Builder;
use super::clock::Clock;
use super::desk::{Desk, NotDecided, Settings};
use super::fault::{Fault, Faults};
use super::http::server::server;
use super::ledger::delivery::Delivery;
use super::ledger::refused::RefusedRequest;
use super::ledger::state::{Settlement, State};
use super::ledger::transaction::Transaction;
use super::worker::work;
use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use paygate::{BaseUrl, Merchant, PayId, TransId};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{fmt, io};
use tokio::runtime::Handle;

/// A Paygate on this machine: on a port of its own, in a thread of its own, until it is dropped.
///
/// Its customer carries no cookies, and its clients wait as long as [`Builder::patience`] says.
///
/// ```
/// use gateway_simulator::paygate::{Simulator, State};
/// use paygate::testing;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let simulator = Simulator::start(testing::merchant())?;
/// let merchant = simulator.merchant(); // the same account, whose Paygate is the simulator
/// assert!(merchant.endpoint().is_loopback_http());
/// assert!(simulator.transactions().is_empty());
/// # Ok(())
/// # }
/// ```
#[must_use = "a simulator stops when it is dropped"]
pub struct Simulator {
    desk: Arc<Desk>,
    endpoint: BaseUrl,
    runtime: Handle,
    server: ServerHandle,
    thread: Option<JoinHandle<io::Result<()>>>,
}

/// What a simulator is made of.
pub(super) struct Parts {
    pub(super) merchants: Vec<Merchant>,
    pub(super) port: u16,
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    pub(super) faults: Faults,
}

/// There is nothing to settle or to send again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DriveError {
    /// No payment has this PayID.
    #[error("there is no such payment")]
    Unknown,
    /// The payment stands so already, or nothing was said about it yet.
    #[error("the payment is {0}")]
    Already(State),
}

impl From<NotDecided> for DriveError {
    fn from(error: NotDecided) -> Self {
        match error {
            NotDecided::Unknown => Self::Unknown,
            NotDecided::Already(state) => Self::Already(state),
        }
    }
}

impl Simulator {
    /// Starts a simulator for this account on a free port.
    ///
    /// # Errors
    ///
    /// If there is no port, no thread or no client to be had.
    pub fn start(merchant: Merchant) -> io::Result<Self> {
        Self::builder(merchant).start()
    }

    /// Sets a simulator up.
    pub fn builder(merchant: Merchant) -> Builder {
        Builder::new(merchant)
    }

    pub(super) fn of(parts: Parts) -> io::Result<Self> {
        let Parts { merchants, port, settings, clock, faults } = parts;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let endpoint =
            BaseUrl::new(format!("http://{}/", listener.local_addr()?)).map_err(io::Error::other)?;
        let client =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build();
        let desk = Desk::new(merchants, settings, clock, client.map_err(io::Error::other)?, faults);
        let desk = Arc::new(desk);
        let (started, start) = mpsc::channel();
        let shared = Arc::clone(&desk);
        let run = move || {
            System::new().block_on(async move {
                let server = server(listener, Arc::clone(&shared))?;
                let worker = actix_web::rt::spawn(work(shared));
                // The receiver waits, unless starting was given up.
                let _ = started.send((Handle::current(), server.handle()));
                let stopped = server.await;
                worker.abort();
                stopped
            })
        };
        let thread = thread::Builder::new().name("paygate simulator".to_owned()).spawn(run)?;
        match start.recv() {
            Ok((runtime, server)) => Ok(Self { desk, endpoint, runtime, server, thread: Some(thread) }),
            Err(_) => {
                Err(thread.join().ok().and_then(Result::err).unwrap_or_else(|| {
                    io::Error::other("the simulator's thread stopped before it had started")
                }))
            }
        }
    }

    /// Where it listens, without a slash at the end: `http://127.0.0.1:` and the port.
    #[must_use]
    pub fn url(&self) -> &str {
        self.endpoint.origin()
    }

    /// The account, whose Paygate is this simulator; of several, the first.
    ///
    /// # Panics
    ///
    /// Never: a simulator has at least one account.
    #[must_use]
    pub fn merchant(&self) -> Merchant {
        self.merchants().remove(0)
    }

    /// All accounts, whose Paygate is this simulator.
    #[must_use]
    pub fn merchants(&self) -> Vec<Merchant> {
        let here = |merchant: &Merchant| merchant.clone().with_endpoint(self.endpoint.clone());
        self.desk.merchants.iter().map(here).collect()
    }

    /// Every payment, in the order in which they came.
    #[must_use]
    pub fn transactions(&self) -> Vec<Transaction> {
        self.desk.ledger().transactions().to_vec()
    }

    /// The newest payment of this TransID; of several accounts, whichever has it.
    #[must_use]
    pub fn transaction(&self, trans_id: &TransId) -> Option<Transaction> {
        self.desk.ledger().find(|known| known.trans_id == *trans_id).cloned()
    }

    /// The payment of this PayID.
    #[must_use]
    pub fn payment(&self, pay_id: &PayId) -> Option<Transaction> {
        self.desk.ledger().transaction(pay_id).cloned()
    }

    /// Everything that was sent, or will be, about a payment, also about a refused one: what the browser took with it, and
    /// notifies.
    #[must_use]
    pub fn deliveries(&self, pay_id: &PayId) -> Vec<Delivery> {
        self.desk.ledger().deliveries_of(pay_id).cloned().collect()
    }

    /// Every request that was refused, in the order in which they came; credits that were refused for how their payment stands
    /// are in [`Transaction::credits`].
    #[must_use]
    pub fn refused(&self) -> Vec<RefusedRequest> {
        self.desk.ledger().refused().to_vec()
    }

    /// Lets the payments that are still to come go wrong in these ways, and in no others; and, under [`Fault::Slow`] and
    /// [`Fault::Broken`], the answers to calls from now on.
    pub fn set_faults(&self, faults: impl IntoIterator<Item = Fault>) {
        self.desk.set_faults(faults.into_iter().collect());
    }

    /// The time since it started, by its own clock.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.desk.clock.now()
    }

    /// Moves its clock forward, from one thing that is due to the next, and waits until all of it was done.
    ///
    /// Any runtime will do for the waiting.
    pub async fn advance(&self, duration: Duration) {
        self.desk.advance(duration).await;
    }

    /// Waits until nothing is due and nothing under way: every notify that can be sent now was answered.
    pub async fn idle(&self) {
        self.desk.idle().await;
    }

    /// Ends an open payment, or lets one that failed be paid after all; the shop is told by a notify.
    ///
    /// # Errors
    ///
    /// If there is no such payment, or it cannot end so.
    pub fn settle(&self, pay_id: &PayId, settlement: Settlement) -> Result<(), DriveError> {
        Ok(self.desk.settle(pay_id, settlement)?)
    }

    /// Sends the result of a payment once more, as a notify, without its faults.
    ///
    /// # Errors
    ///
    /// If there is no such payment, or nothing was said about it yet.
    pub fn resend(&self, pay_id: &PayId) -> Result<(), DriveError> {
        Ok(self.desk.resend(pay_id, false)?)
    }

    /// The same, with one hex digit changed; the repeats, should the shop refuse it, are unharmed.
    ///
    /// # Errors
    ///
    /// As [`Simulator::resend`].
    pub fn resend_tampered(&self, pay_id: &PayId) -> Result<(), DriveError> {
        Ok(self.desk.resend(pay_id, true)?)
    }

    pub(super) fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    pub(super) fn runtime(&self) -> &Handle {
        &self.runtime
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // The command is sent at once; the future only tells when it was carried out, as joining does.
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulator").field("url", &self.url()).finish_non_exhaustive()
    }
}
