//! What an examination finds: about which variable, how bad, in words.

use std::borrow::Cow;
use std::fmt;

/// What [`Settings::examine`](super::Settings::examine) has to say about one variable.
///
/// It never holds a value nor a part of one; lengths it may tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    subject: Cow<'static, str>,
    severity: Severity,
    text: Cow<'static, str>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// As it should be.
    Fine,
    /// Unusual, and worth a look.
    Advice,
    /// Payments will not work with it, or not safely.
    Problem,
}

impl Finding {
    /// A finding, also for whoever examines more than the settings: a clock, say.
    ///
    /// ```
    /// use paygate::{Finding, Severity};
    /// let finding = Finding::new("clock", Severity::Problem, "stands in 1970");
    /// assert_eq!(finding.to_string(), "clock: stands in 1970");
    /// ```
    pub fn new(
        subject: impl Into<Cow<'static, str>>,
        severity: Severity,
        text: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { subject: subject.into(), severity, text: text.into() }
    }

    /// What it is about: the name of a variable.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What was found, in words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.text)
    }
}

/// Collects what is found about one variable.
pub(super) struct About {
    subject: &'static str,
    found: Vec<Finding>,
}

impl About {
    pub(super) fn new(subject: &'static str) -> Self {
        Self { subject, found: Vec::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(super) fn note(&mut self, severity: Severity, text: impl Into<Cow<'static, str>>) {
        self.found.push(Finding::new(self.subject, severity, text));
    }

    pub(super) fn problem(&mut self, text: impl Into<Cow<'static, str>>) {
        self.note(Severity::Problem, text);
    }

    pub(super) fn advice(&mut self, text: impl Into<Cow<'static, str>>) {
        self.note(Severity::Advice, text);
    }

    /// What was found, or that nothing was.
    pub(super) fn or_fine(mut self, text: impl Into<Cow<'static, str>>) -> Vec<Finding> {
        if self.found.is_empty() {
            self.note(Severity::Fine, text);
        }
        self.found
    }
}
