//! An explanation in one line: how it went, who speaks, and what about.

use super::Explanation;
use crate::{Code, State};
use core::fmt::{self, Write};

/// One line for people: how it went, who speaks, and what about. Only `00000000` reads `success`.
///
/// ```
/// use paygate_params::Code;
/// assert_eq!(Code::new("40100000")?.explain().to_string(), "fatal error: parameter missing: Unspecified");
/// assert_eq!(Code::new("01550000")?.explain().to_string(), "OK: Trustly"); // and still no success
/// # Ok::<(), paygate_params::FormatError>(())
/// ```
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.code == Code::SUCCESS {
            return f.write_str("success");
        }
        self.write_state(f)?;
        self.write_module(f)?;
        self.write_detail(f)
    }
}

impl Explanation {
    fn is_failure(&self) -> bool {
        matches!(self.code.state(), State::Error | State::Fatal)
    }

    fn write_state(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The page's meaning rather than the label where there is one: "Continue" tells nobody what goes on.
        match (self.code.state(), self.state) {
            (State::Ok, _) => f.write_str("OK"),
            (State::Error, _) => f.write_str("error"),
            (State::Fatal, _) => f.write_str("fatal error"),
            (State::Pending, _) => f.write_str("pending"),
            (State::ThreeDSecure, _) => f.write_str("step of 3-D Secure"),
            (State::Other(_), Some(label)) => write_small(f, label),
            (State::Other(first), None) => write!(f, "unknown state {first}"),
        }
    }

    fn write_module(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.module {
            Some("") => Ok(()),
            Some(label) if self.code.is_parameter_error() => {
                f.write_str(": ")?;
                write_small(f, label)
            }
            Some(label) => write!(f, ": {label}"),
            None => write!(f, ": unknown module {}", self.code.module()),
        }
    }

    fn write_detail(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parameter().or(self.detail) {
            // That Paygate gives no reason is worth a word where there must be one.
            Some(_) if self.is_unspecified() && !self.is_failure() => Ok(()),
            Some(label) => write!(f, ": {label}"),
            None => write!(f, ": unknown detail {}", self.code.detail()),
        }
    }
}

fn write_small(f: &mut fmt::Formatter<'_>, label: &str) -> fmt::Result {
    label.chars().try_for_each(|character| f.write_char(character.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::{String, ToString};

    fn words(code: &str) -> String {
        Code::new(code).unwrap().explain().to_string()
    }

    #[test]
    fn only_eight_zeros_read_as_success() {
        assert_eq!(words("00000000"), "success");
        for code in ["00000001", "00010000", "0000000A", "60000000", "01550000"] {
            assert!(!words(code).contains("success"), "{code}");
        }
    }

    #[test]
    fn every_state_has_its_word() {
        assert_eq!(words("01550000"), "OK: Trustly");
        assert_eq!(words("11550000"), "warning: Trustly");
        assert_eq!(words("21550000"), "error: Trustly: Unspecified");
        assert_eq!(words("41550000"), "fatal error: Trustly: Unspecified");
        assert_eq!(words("60000000"), "pending");
        assert_eq!(words("71200000"), "step of 3-D Secure: 3DSecure general");
        assert_eq!(words("80000051"), "retry: Timeout / Request timed out");
        assert_eq!(words("A0000053"), "unknown state A: Cancel by User");
    }

    #[test]
    fn a_parameter_error_names_the_kind_and_the_parameter() {
        assert_eq!(words("20100020"), "error: parameter missing: URLSuccess");
        assert_eq!(words("40150002"), "fatal error: parameter value missing: TransID");
        assert_eq!(words("20190008"), "error: parameter not allowed for current message version: Len");
        assert_eq!(words("2011ZZZZ"), "error: parameter format error: unknown detail ZZZZ");
    }

    #[test]
    fn what_is_unknown_shows_its_characters() {
        assert_eq!(words("zzzzzzzz"), "unknown state z: unknown module zzz: unknown detail zzzz");
        assert_eq!(words("2FFF0053"), "error: unknown module FFF: Cancel by User");
    }
}
