//! What can be wrong with the file of a profile, line by line.

use paygate_params::FormatError;
use std::fmt;

/// A file is no profile; all that is wrong with it is here, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileError(pub(super) Vec<ProfileProblem>);

/// What is wrong with a line of the file. No value is shown: somebody may have pasted a key into the wrong file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileProblem {
    pub(super) line: usize,
    pub(super) rule: ProfileRule,
}

/// The rule that a line breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileRule {
    /// It is no TOML.
    #[error("is no TOML: {0}")]
    Syntax(String),
    /// A profile has no such key.
    #[error("sets a key that a profile does not have; it has {KEYS}")]
    UnknownKey,
    /// The value is of another kind.
    #[error("{key} must be {wanted}")]
    Kind {
        /// The key.
        key: &'static str,
        /// What it must be.
        wanted: &'static str,
    },
    /// A key of `countries` is no country.
    #[error("countries has a key that is no country code of ISO 3166, such as SE: {0}")]
    Country(FormatError),
    /// The value breaks a format.
    #[error("{key} {rule}")]
    Format {
        /// The key.
        key: &'static str,
        /// The rule.
        rule: FormatError,
    },
}

const KEYS: &str = "white_label, endpoint, currencies, country_match, countries, minimum, amount_digits, ref_nr_max, \
    ref_nr_required, long_ip_addr, random_req_id, requests, answers";

impl ProfileError {
    /// All that is wrong, in the order of the lines.
    #[must_use]
    pub fn problems(&self) -> &[ProfileProblem] {
        &self.0
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            write!(f, "{}{problem}", if index == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for ProfileError {}

impl ProfileProblem {
    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The rule that the line breaks.
    #[must_use]
    pub fn rule(&self) -> &ProfileRule {
        &self.rule
    }
}

impl fmt::Display for ProfileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.rule)
    }
}
