//! How a credit went.

use super::answer::WithoutMac;
use paygate_params::follow_ups::Credit;
use paygate_params::{Code, Verdict};

/// How a credit stands by its answer. Closed: a shop must handle all four.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditState {
    /// The money goes back.
    Done,
    /// Paygate has not decided; ask later by an inquiry how much was credited.
    Open,
    /// Paygate refused; no money goes back.
    Refused(Code),
    /// Status and Code contradict each other: no money may be given back again before an inquiry told how much was.
    Unclear,
}

impl WithoutMac<Credit> {
    /// How the credit stands.
    ///
    /// A request that is sent again under its `ReqId` is answered with the state of the first one.
    #[must_use]
    pub fn state(&self) -> CreditState {
        match Verdict::of(self.status(), self.code()) {
            Ok(Verdict::Paid) => CreditState::Done,
            Ok(Verdict::Open) => CreditState::Open,
            Ok(Verdict::Failed) => CreditState::Refused(self.code()),
            Ok(Verdict::Authorized) | Err(_) => CreditState::Unclear,
        }
    }
}
