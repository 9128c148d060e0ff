//! What valgrind reported of each step, held against what it may report.

use std::process::ExitCode;

use crabgrind::count_errors;

/// How many reports a step may have.
#[derive(Clone, Copy)]
pub enum Allowed {
    /// Nothing depends on a secret.
    Nothing,
    /// One thing at most: the answer itself, yes or no.
    Verdict,
    /// It is known to leak, and must be seen to.
    AtLeastOne,
}

impl Allowed {
    fn holds(self, reports: usize) -> bool {
        match self {
            Self::Nothing => reports == 0,
            Self::Verdict => reports <= 1,
            Self::AtLeastOne => reports >= 1,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Nothing => "none",
            Self::Verdict => "at most the verdict",
            Self::AtLeastOne => "one or more",
        }
    }
}

#[derive(Default)]
pub struct Ledger {
    failed: bool,
}

impl Ledger {
    /// Does a step and counts what is reported of it.
    pub fn count<T>(&mut self, name: &str, allowed: Allowed, step: impl FnOnce() -> T) -> T {
        let before = count_errors();
        let made = std::hint::black_box(step());
        let reports = count_errors() - before;
        let holds = allowed.holds(reports);
        self.failed |= !holds;
        let mark = if holds { "" } else { "  <- WRONG" };
        println!("{reports:>6}  {name} ({}){mark}", allowed.words());
        made
    }

    pub fn verdict(&self) -> ExitCode {
        if self.failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}
