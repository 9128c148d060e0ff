//! How a payment stands, and what Paygate says about it.

use paygate::Code;
use std::fmt;

/// How a payment stands at the simulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// The customer has not decided yet.
    AtBank,
    /// The customer paid, and the bank has not decided yet.
    Open,
    /// The money is there.
    Paid,
    /// It came to nothing.
    Failed,
}

impl State {
    /// One word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AtBank => "at the bank",
            Self::Open => "open",
            Self::Paid => "paid",
            Self::Failed => "failed",
        }
    }

    /// Whether it is finished: what a repeated ReqId is answered with the state of.
    pub(crate) const fn is_final(self) -> bool {
        matches!(self, Self::Paid | Self::Failed)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How an open payment ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Settlement {
    /// The money came.
    Paid,
    /// It did not.
    Failed,
}

/// Status and Code of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// `OK`, `FAILED` or `AUTHORIZE_REQUEST`.
    pub status: &'static str,
    /// The response code.
    pub code: Code,
}

impl Said {
    pub(crate) const PAID: Self = Self { status: "OK", code: Code::SUCCESS };
    pub(crate) const OPEN: Self = Self { status: "AUTHORIZE_REQUEST", code: Code::SUCCESS };
    /// Module 155 is Trustly; the details are those of the vendor's list (A4 Error codes).
    pub(crate) const DECLINED: Self = Self::failed(Code::from_static("21550100"));
    pub(crate) const CANCELLED: Self = Self::failed(Code::from_static("21550053"));
    pub(crate) const TIMED_OUT: Self = Self::failed(Code::from_static("21550051"));

    pub(crate) const fn failed(code: Code) -> Self {
        Self { status: "FAILED", code }
    }

    /// What Description says: words for people.
    pub(crate) fn description(self) -> String {
        if self.code == Code::SUCCESS {
            return "success".to_owned();
        }
        self.code.explain().to_string()
    }
}
