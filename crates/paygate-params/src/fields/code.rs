//! `Code`: Paygate's eight-character response code, in its three parts.

use super::ascii_field;

ascii_field! {
    /// `Code`: exactly eight characters, one of state, three of module, four of detail (vendor page "A4 Error
    /// codes"). An open set: codes that nobody has listed are kept as they are.
    ///
    /// ```
    /// use paygate_params::{Code, State};
    /// let code = Code::new("2206014H")?;
    /// assert_eq!((code.state(), code.module(), code.detail()), (State::Error, "206", "014H"));
    /// assert_ne!(code, Code::SUCCESS);
    /// # Ok::<(), paygate_params::FormatError>(())
    /// ```
    ///
    /// The module is no number: its range runs to `FFF`. [`Code::explain`] has the vendor's words for all three
    /// parts, for people. How a payment went, [`Verdict::of`](crate::Verdict::of) tells from the `Status` and
    /// the code together.
    ///
    /// ```
    /// use paygate_params::Code;
    /// let explained = Code::new("20110005")?.explain();
    /// assert_eq!(explained.to_string(), "error: parameter format error: Amount");
    /// assert_eq!(explained.parameter(), Some("Amount"));
    /// # Ok::<(), paygate_params::FormatError>(())
    /// ```
    Code: Alnum 8..=8, "an8";
}

/// The first character of a [`Code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// `0`: done as asked.
    Ok,
    /// `2`: failed.
    Error,
    /// `4`: failed, for example because a mandatory parameter is missing.
    Fatal,
    /// `6`: pending; the end is told later.
    Pending,
    /// `7`: an intermediate state of 3-D Secure.
    ThreeDSecure,
    /// Any other character; the pages define none. Client libraries call 1 a warning and 8 a retry.
    Other(char),
}

impl Code {
    /// `00000000`, the only code that means success.
    pub const SUCCESS: Self = Self::from_static("00000000");

    /// How it went, by the first character.
    #[must_use]
    pub fn state(&self) -> State {
        match self.as_str().chars().next() {
            Some('0') => State::Ok,
            Some('2') => State::Error,
            Some('4') => State::Fatal,
            Some('6') => State::Pending,
            Some('7') => State::ThreeDSecure,
            other => State::Other(other.unwrap_or_default()),
        }
    }

    /// Which part of Paygate speaks: characters 2 to 4. `155` is Trustly, `010` to `019` are parameters.
    #[must_use]
    pub fn module(&self) -> &str {
        self.as_str().get(1..4).unwrap_or_default()
    }

    /// What exactly: characters 5 to 8.
    #[must_use]
    pub fn detail(&self) -> &str {
        self.as_str().get(4..).unwrap_or_default()
    }

    /// Whether a parameter of the request is at fault (modules 010 to 019); then the detail names it, and
    /// [`Explanation::parameter`](crate::Explanation::parameter) has the name.
    ///
    /// ```
    /// use paygate_params::Code;
    /// assert!(Code::new("20110005")?.is_parameter_error());
    /// assert!(!Code::new("21550053")?.is_parameter_error());
    /// # Ok::<(), paygate_params::FormatError>(())
    /// ```
    #[must_use]
    pub fn is_parameter_error(&self) -> bool {
        // Not `01A` to `01F`: the vendor's page keeps 020 to 0FF for Paygate itself and leaves these open.
        matches!(self.state(), State::Error | State::Fatal)
            && matches!(self.module().as_bytes(), [b'0', b'1', b'0'..=b'9'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_eight_letters_and_digits() {
        for text in ["", "0", "0000000", "000000000", "0000000 ", "0000-000"] {
            assert!(Code::new(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn undefined_states_are_kept() {
        assert_eq!(Code::new("A0000000").unwrap().state(), State::Other('A'));
    }

    #[test]
    fn a_parameter_error_is_told_from_others() {
        assert!(Code::new("20110005").unwrap().is_parameter_error());
        assert!(!Code::new("21550053").unwrap().is_parameter_error());
        assert!(!Code::new("00110005").unwrap().is_parameter_error());
        assert!(Code::new("40190005").unwrap().is_parameter_error());
        assert!(!Code::new("201A0005").unwrap().is_parameter_error());
    }
}
