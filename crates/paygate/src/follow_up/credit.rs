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
    /// Paygate refused, and by the code no money goes back.
    Refused(Code),
    /// Nobody can tell by the answer: Status and Code contradict each other, or the code says that somebody behind Paygate
    /// did not answer, or that this was credited already. No money may be given back again before an inquiry told how
    /// much was: [`Amounts::credited_of`](crate::Amounts::credited_of).
    Unclear(Code),
}

/// Details of failures after which money may have gone back all the same: silence and trouble behind Paygate, and what
/// speaks of an earlier credit. (Vendor page "A4 Error codes", characters 5 to 8; the labels are in the codes' table.)
const MAY_HAVE_WORKED: &[&str] = &[
    "0040", "0050", "0051", "0052", "0055", "0056", "0073", "0083", "0121", "0368", "0391", "0399", "0405",
    "0406", "0407", "0409", "040A", "040B", "0411", "0412", "0710", "0804", "0805", "0809", "0810", "0902",
    "0926", "0931", "0934", "0935", "0949", "0958", "0960", "0985", "0994", "1004", "1040", "1100", "110A",
    "1251", "1374", "1465", "1519", "1716", "1822", "2002", "2003", "2005", "2008", "2206", "2306", "9000",
    "9040",
];

impl WithoutMac<Credit> {
    /// How the credit stands.
    ///
    /// A request that is sent again under its `ReqId` is answered with the state of the first one, once that is finished.
    ///
    /// ```
    /// use paygate::follow_ups::credit::CreditRequest;
    /// use paygate::{Call, Code, CreditState, Currency, Money, PayId, TransId, testing};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let pay_id = PayId::new("7bbb448155234d8cbee323778952ce28")?;
    /// # let money = Money::new(999, Currency::EUR)?;
    /// let call = testing::merchant().credit(&CreditRequest::builder(pay_id, TransId::random()?, money).build())?;
    /// let state = |code: &str| -> Result<CreditState, Box<dyn std::error::Error>> {
    ///     let answer = testing::Answer::to(&call).with("Status", "FAILED").with("Code", code);
    ///     Ok(call.read(&answer.response()?)?.state())
    /// };
    /// assert_eq!(state("20110005")?, CreditState::Refused(Code::new("20110005")?)); // Amount has a wrong format
    /// assert_eq!(state("21550051")?, CreditState::Unclear(Code::new("21550051")?)); // Trustly did not answer in time
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn state(&self) -> CreditState {
        let code = self.code();
        match Verdict::of(self.status(), code) {
            Ok(Verdict::Paid) => CreditState::Done,
            Ok(Verdict::Open) => CreditState::Open,
            Ok(Verdict::Failed) if was_not_carried_out(code) => CreditState::Refused(code),
            Ok(Verdict::Failed | Verdict::Authorized) | Err(_) => CreditState::Unclear(code),
        }
    }
}

/// Whether a code of a failure tells that nothing was done. Where a parameter is at fault, nothing was even begun.
fn was_not_carried_out(code: Code) -> bool {
    code.is_parameter_error()
        || !MAY_HAVE_WORKED.iter().any(|detail| detail.eq_ignore_ascii_case(code.detail()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every label that speaks of silence, trouble or an earlier credit; a new row of the table must be thought about.
    #[test]
    fn no_detail_that_speaks_of_silence_or_of_an_earlier_credit_counts_as_refused() {
        let words = [
            "timeout",
            "timed out",
            "no response",
            "communicat",
            "not responding",
            "status unknown",
            "status of the banking",
            "already been",
            "already reversed",
            "already performed",
            "already exists",
            "pending",
            "system error",
            "internal error",
            "internal connection",
            "technical error",
            "no connection",
            "not reachable",
            "unavailable",
            "disturbed",
        ];
        let digits = || ('0'..='9').chain('A'..='Z');
        let (mut seen, mut forgotten) = (0, Vec::new());
        for [a, b, c] in digits().flat_map(|a| digits().flat_map(move |b| digits().map(move |c| [a, b, c]))) {
            for d in digits().filter(|_| a.is_ascii_digit() && b.is_ascii_digit()) {
                let code = Code::new(&format!("2155{a}{b}{c}{d}")).unwrap();
                let Some(label) = code.explain().detail().map(str::to_lowercase) else { continue };
                if words.iter().any(|word| label.contains(word)) && !label.starts_with("red:") {
                    seen += 1;
                    forgotten.extend(was_not_carried_out(code).then(|| format!("{code}: {label}")));
                }
            }
        }
        assert!(forgotten.is_empty(), "{forgotten:#?}");
        assert!(seen >= 30, "{seen} labels were looked at");
    }

    #[test]
    fn every_detail_in_the_list_is_in_the_table_of_codes() {
        for detail in MAY_HAVE_WORKED {
            assert!(Code::new(&format!("2155{detail}")).unwrap().explain().detail().is_some(), "{detail}");
        }
    }
}
