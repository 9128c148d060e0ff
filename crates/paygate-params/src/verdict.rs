//! What a pair of `Status` and `Code` says about a payment.

use crate::{Code, State, Status};

/// How a payment stands, by the two signed fields that tell it.
///
/// A verdict is a reading of two words and nothing to ship goods on: it says nothing about who sent them
/// and to which order they belong. The crate `paygate` turns it into an `Outcome` once both are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The money is there.
    Paid,
    /// The money is reserved and not yet captured; Trustly has no such status.
    Authorized,
    /// Undecided: a later notify tells the end.
    Open,
    /// It came to nothing.
    Failed,
}

/// Why a `Status` and a `Code` cannot be believed together: never paid, never failed, a matter for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Contradiction {
    /// `OK` or `AUTHORIZED` with a code other than `00000000`.
    #[error("Status says success, Code is not 00000000")]
    SuccessWithoutZeroCode,
    /// `FAILED` with a code whose state is neither 2 nor 4.
    #[error("Status is FAILED, the state in Code is neither 2 nor 4")]
    FailureWithoutErrorCode,
    /// `AUTHORIZE_REQUEST` or `PENDING` with a code of state 4.
    #[error("Status says open, the state in Code is 4 (fatal)")]
    OpenWithFatalCode,
    /// A status that the vendor's pages do not define.
    #[error("Status is none of OK, AUTHORIZED, AUTHORIZE_REQUEST, PENDING, FAILED")]
    UnknownStatus,
}

impl Verdict {
    /// Judges by the pair, never by one of the two alone.
    ///
    /// Only `00000000` is success (Trustly page, notes at URLSuccess); 6 means pending, and state 2 does
    /// accompany `AUTHORIZE_REQUEST` in ordinary runs of other methods.
    ///
    /// ```
    /// use paygate_params::{Code, Contradiction, Status, Verdict};
    ///
    /// let status = Status::new("OK")?;
    /// assert_eq!(Verdict::of(&status, Code::SUCCESS), Ok(Verdict::Paid));
    /// assert_eq!(Verdict::of(&status, Code::new("60000000")?), Err(Contradiction::SuccessWithoutZeroCode));
    /// # Ok::<(), paygate_params::FormatError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The contradiction between the two.
    pub fn of(status: &Status, code: Code) -> Result<Self, Contradiction> {
        match (status.as_str(), code.state()) {
            ("OK", _) if code == Code::SUCCESS => Ok(Self::Paid),
            ("AUTHORIZED", _) if code == Code::SUCCESS => Ok(Self::Authorized),
            ("OK" | "AUTHORIZED", _) => Err(Contradiction::SuccessWithoutZeroCode),
            ("AUTHORIZE_REQUEST" | "PENDING", State::Fatal) => Err(Contradiction::OpenWithFatalCode),
            ("AUTHORIZE_REQUEST" | "PENDING", _) => Ok(Self::Open),
            ("FAILED", State::Error | State::Fatal) => Ok(Self::Failed),
            ("FAILED", _) => Err(Contradiction::FailureWithoutErrorCode),
            _ => Err(Contradiction::UnknownStatus),
        }
    }

    /// The word for it in lower case, as the command `paygate open` prints it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Authorized => "authorized",
            Self::Open => "open",
            Self::Failed => "failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(status: &str, code: &str) -> Result<Verdict, Contradiction> {
        Verdict::of(&Status::new(status).unwrap(), Code::new(code).unwrap())
    }

    #[test]
    fn paid_needs_ok_and_eight_zeros() {
        assert_eq!(verdict("OK", "00000000"), Ok(Verdict::Paid));
        for code in ["00000001", "0000000A", "20000000", "40000000", "60000000", "70000000", "A0000000"] {
            assert_eq!(verdict("OK", code), Err(Contradiction::SuccessWithoutZeroCode), "{code}");
        }
    }

    #[test]
    fn authorized_needs_eight_zeros_too() {
        assert_eq!(verdict("AUTHORIZED", "00000000"), Ok(Verdict::Authorized));
        for code in ["00000001", "20000000", "60000000"] {
            let contradiction = Err(Contradiction::SuccessWithoutZeroCode);
            assert_eq!(verdict("AUTHORIZED", code), contradiction, "{code}");
        }
    }

    #[test]
    fn each_verdict_has_its_word() {
        let verdicts = [Verdict::Paid, Verdict::Authorized, Verdict::Open, Verdict::Failed];
        assert_eq!(verdicts.map(Verdict::as_str), ["paid", "authorized", "open", "failed"]);
    }

    #[test]
    fn failed_needs_a_code_of_state_2_or_4() {
        assert_eq!(verdict("FAILED", "22060203"), Ok(Verdict::Failed));
        assert_eq!(verdict("FAILED", "42060203"), Ok(Verdict::Failed));
        for code in ["00000000", "60000985", "70000000", "10000000"] {
            assert_eq!(verdict("FAILED", code), Err(Contradiction::FailureWithoutErrorCode), "{code}");
        }
    }

    #[test]
    fn an_open_status_takes_any_code_but_a_fatal_one() {
        for status in ["AUTHORIZE_REQUEST", "PENDING"] {
            for code in ["00000000", "21500985", "60000000"] {
                assert_eq!(verdict(status, code), Ok(Verdict::Open), "{status} {code}");
            }
            assert_eq!(verdict(status, "41500985"), Err(Contradiction::OpenWithFatalCode));
        }
    }

    #[test]
    fn an_unknown_status_is_never_a_success() {
        for status in ["success", "ok", "Ok", "PAID", "AUTHORISED"] {
            assert_eq!(verdict(status, "00000000"), Err(Contradiction::UnknownStatus), "{status}");
        }
    }
}
