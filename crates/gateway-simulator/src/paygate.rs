//! A stand-in for Computop Paygate.

mod answer;
mod builder;
mod clock;
mod desk;
mod fault;
mod http;
mod incoming;
mod ledger;
mod schedule;
mod script;
mod simulator;
mod visit;
mod worker;

pub use builder::Builder;
pub use fault::{Fault, Faults, UnknownFault};
pub use ledger::delivery::{Answer, Attempt, Delivery, Way};
pub use ledger::refused::RefusedRequest;
pub use ledger::state::{Said, Settlement, State};
pub use ledger::transaction::{Credit, Transaction};
pub use script::Choice;
pub use simulator::{DriveError, Simulator};
pub use visit::{AtBank, Returned, Visit, VisitError};
