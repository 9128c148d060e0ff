//! What a `Code` means, in words for people.
//!
//! The vendor's page "A4 Error codes" says how a code is made; most labels come from the tables inside public
//! client libraries for Paygate. They stay as they are there, slips and German ones among them. One row is the
//! page's alone: module `019`.

mod line;
mod parameter;
mod table;

use crate::Code;
use table::{DETAILS, MODULES, STATES};

/// The words for a [`Code`], as the vendor has them: made by [`Code::explain`].
///
/// The three parts are looked up each for itself, without regard to case. The set is open: Paygate sends codes
/// that no table has, so what is unknown is `None`, and [`Display`](core::fmt::Display) shows its characters.
///
/// For logs and for the people who read them. **Decide nothing by these words**: they change when the vendor's
/// do, and a code alone does not say how a payment went. [`Verdict::of`](crate::Verdict::of) does.
///
/// ```
/// use paygate_params::Code;
/// for (code, words) in [
///     ("00000000", "success"),
///     ("20110005", "error: parameter format error: Amount"),
///     ("21550053", "error: Trustly: Cancel by User"),
///     ("61550985", "pending: Trustly: Pending"),
///     ("2999ZZZZ", "error: unknown module 999: unknown detail ZZZZ"),
/// ] {
///     assert_eq!(Code::new(code)?.explain().to_string(), words);
/// }
/// # Ok::<(), paygate_params::FormatError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Explanation {
    code: Code,
    state: Option<&'static str>,
    module: Option<&'static str>,
    detail: Option<&'static str>,
}

impl Code {
    /// What the code means, in the vendor's words. For people to read, not for programs to decide by.
    ///
    /// PayPal Express shows why: its ordinary step in between comes as an error. With the `Status` beside it,
    /// `AUTHORIZE_REQUEST`, the same code reads as what it is, an open payment.
    ///
    /// ```
    /// use paygate_params::{Code, Status, Verdict};
    /// let code = Code::new("21500985")?;
    /// assert_eq!(code.explain().to_string(), "error: PayPal: Pending");
    /// assert_eq!(Verdict::of(&Status::new("AUTHORIZE_REQUEST")?, code), Ok(Verdict::Open));
    /// # Ok::<(), paygate_params::FormatError>(())
    /// ```
    #[must_use]
    pub fn explain(&self) -> Explanation {
        Explanation {
            code: *self,
            state: self.as_str().get(..1).and_then(|key| STATES.label(key)),
            module: MODULES.label(self.module()),
            detail: DETAILS.label(self.detail()),
        }
    }
}

impl Explanation {
    /// The label of the first character: `OK`, `Error`, `Fatal`, `Continue`, `EMV`, and `Warning` (1) and
    /// `Retry` (8), which the vendor's page does not have and client libraries do.
    ///
    /// ```
    /// use paygate_params::Code;
    /// assert_eq!(Code::SUCCESS.explain().state(), Some("OK"));
    /// assert_eq!(Code::new("A0000000")?.explain().state(), None);
    /// # Ok::<(), paygate_params::FormatError>(())
    /// ```
    #[must_use]
    pub const fn state(&self) -> Option<&'static str> {
        self.state
    }

    /// The label of characters 2 to 4: a kind of error below 100, a payment method or its like from there on.
    ///
    /// Module `000` is known and has no name: an empty label, which is not the same as `None`.
    ///
    /// ```
    /// use paygate_params::Code;
    /// assert_eq!(Code::new("21550053")?.explain().module(), Some("Trustly"));
    /// assert_eq!(Code::SUCCESS.explain().module(), Some(""));
    /// assert_eq!(Code::new("2FFF0053")?.explain().module(), None);
    /// # Ok::<(), paygate_params::FormatError>(())
    /// ```
    #[must_use]
    pub const fn module(&self) -> Option<&'static str> {
        self.module
    }

    /// The label of characters 5 to 8, as it stands in the vendor's table.
    ///
    /// ```
    /// use paygate_params::Code;
    /// assert_eq!(Code::new("21550053")?.explain().detail(), Some("Cancel by User"));
    /// assert_eq!(Code::new("2155002c")?.explain().detail(), Some("EMail"));
    /// assert_eq!(Code::new("2155014Z")?.explain().detail(), None);
    /// # Ok::<(), paygate_params::FormatError>(())
    /// ```
    #[must_use]
    pub const fn detail(&self) -> Option<&'static str> {
        self.detail
    }

    /// The parameter that Paygate refused, if the code is a [parameter error](Code::is_parameter_error): then
    /// characters 5 to 8 name it (vendor page "A4 Error codes").
    ///
    /// Spelled as in the message tables ([`Message::ROWS`](crate::Message::ROWS)) where it stands there, or as
    /// `Len` or `Data`; else the label as it stands. `None` for detail `0000`, which names none, and for unknown
    /// details.
    ///
    /// ```
    /// use paygate_params::Code;
    /// let parameter = |code| Code::new(code).map(|code| code.explain().parameter());
    /// assert_eq!(parameter("20100002")?, Some("TransID")); // the label is "transId"
    /// assert_eq!(parameter("20120020")?, Some("URLSuccess")); // "INVALID PARAM: URLSUCCESS"
    /// assert_eq!(parameter("40140015")?, Some("CCNr")); // a card's, in none of the tables
    /// assert_eq!(parameter("21550002")?, None); // module 155: no parameter error
    /// # Ok::<(), paygate_params::FormatError>(())
    /// ```
    #[must_use]
    pub fn parameter(&self) -> Option<&'static str> {
        let named = self.code.is_parameter_error() && !self.is_unspecified();
        self.detail.filter(|_| named).map(parameter::named_by)
    }

    fn is_unspecified(&self) -> bool {
        self.code.detail() == "0000"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(code: &str) -> Option<&'static str> {
        Code::new(code).unwrap().explain().parameter()
    }

    #[test]
    fn the_vendors_slips_stay_and_letters_are_found_in_either_case() {
        let explained = Code::new("2103003a").unwrap().explain();
        assert_eq!(explained.module(), Some("VbV/MCSC-porcessing"));
        assert_eq!(explained.detail(), Some("AddrStreet/ Straße"));
    }

    #[test]
    fn only_a_failure_of_modules_010_to_019_names_a_parameter() {
        for code in ["20100005", "20190005", "40100005"] {
            assert_eq!(parameter(code), Some("Amount"), "{code}");
        }
        for code in ["00100005", "60100005", "10100005", "20000005", "20300005", "201A0005", "21550005"] {
            assert_eq!(parameter(code), None, "{code}");
        }
        assert_eq!(parameter("20100000"), None);
        assert_eq!(parameter("2010ZZZZ"), None);
    }
}
