//! A record: one refund, as a line of a file has it.

use crate::{Edition, Part};
use paygate_params::{Code, MerchantId, Money, PayId, RefNr, State, Status, TransId};

/// One refund: `Trustly,Credit,(MID,)Amount,Currency,TransID,(RefNr,)PayID`.
///
/// What stands for RefNr and the slave MID is a type: [`Writer`](crate::Writer) takes those records alone that its version has
/// fields for. What is read, or whose version is not known before, has an `Option` for both.
///
/// ```
/// use paygate_batch::Record;
/// use paygate_params::{Currency, FormatError, Money, PayId, RefNr, TransId};
///
/// let refund = Record::new(
///     Money::new(999, Currency::EUR)?,
///     TransId::new("refund-4711")?,
///     PayId::new("7bbb448155234d8cbee323778952ce28")?,
/// );
/// let with_ref_nr = refund.with_ref_nr(Some(RefNr::new("2026-11")?));
/// assert_eq!(with_ref_nr.trans_id, refund.trans_id);
/// # Ok::<(), FormatError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<R = Option<RefNr>, S = Option<MerchantId>> {
    /// How much goes back: `Amount` in the smallest unit of `Currency`.
    pub money: Money,
    /// The shop's name for the refund, unique for each.
    pub trans_id: TransId,
    /// The shop's reference number.
    pub ref_nr: R,
    /// Paygate's name for the payment of which money goes back.
    pub pay_id: PayId,
    /// Whose payment it is, in the file of a master MID.
    pub slave: S,
}

/// What Paygate wrote behind a record. No MAC covers it: it is as authentic as the way by which the file came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// `OK` or `FAILED`.
    pub status: Status,
    /// The response code; there is none in versions 1.0 and 2.0.
    pub code: Option<Code>,
}

/// What an answer says of a refund. Closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The money goes back: `OK`, and `00000000` where there is a Code.
    PaidBack,
    /// No money goes back: `FAILED`, and a Code of state 2 or 4 where there is one.
    Failed,
    /// Status and Code contradict each other, or say neither: a person must look.
    Unclear,
}

impl Record<(), ()> {
    /// A refund, as version 1.0 has it.
    #[must_use]
    pub const fn new(money: Money, trans_id: TransId, pay_id: PayId) -> Self {
        Self { money, trans_id, ref_nr: (), pay_id, slave: () }
    }
}

impl<R, S> Record<R, S> {
    /// The same with a RefNr, or with an empty field for it: for every version but 1.0.
    pub fn with_ref_nr(self, ref_nr: Option<RefNr>) -> Record<Option<RefNr>, S> {
        let Self { money, trans_id, pay_id, slave, .. } = self;
        Record { money, trans_id, ref_nr, pay_id, slave }
    }

    /// The same, of a payment of this slave MID: for files of a master MID.
    pub fn with_slave(self, slave: MerchantId) -> Record<R, MerchantId> {
        let Self { money, trans_id, ref_nr, pay_id, .. } = self;
        Record { money, trans_id, ref_nr, pay_id, slave }
    }

    /// The same, with its version forgotten.
    pub fn forget(&self) -> Record
    where
        R: Part<RefNr>,
        S: Part<MerchantId>,
    {
        let Self { money, trans_id, pay_id, .. } = *self;
        Record {
            money,
            trans_id,
            ref_nr: self.ref_nr.value().copied(),
            pay_id,
            slave: self.slave.value().copied(),
        }
    }
}

/// The record of a version's lines.
pub type RecordOf<E> = Record<<E as Edition>::RefNr, <E as Edition>::Slave>;

impl Answer {
    /// What it says.
    ///
    /// ```
    /// use paygate_batch::{Answer, Verdict};
    /// use paygate_params::{Code, FormatError, Status};
    ///
    /// let says = |status: &str, code: &str| -> Result<_, FormatError> {
    ///     Ok(Answer { status: Status::new(status)?, code: Some(Code::new(code)?) }.verdict())
    /// };
    /// assert_eq!(says("OK", "00000000")?, Verdict::PaidBack);
    /// assert_eq!(says("FAILED", "21550957")?, Verdict::Failed);
    /// assert_eq!(says("OK", "21550957")?, Verdict::Unclear);
    /// # Ok::<(), FormatError>(())
    /// ```
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let state = self.code.map(|code| code.state());
        match (self.status.as_str(), self.code, state) {
            ("OK", None | Some(Code::SUCCESS), _) => Verdict::PaidBack,
            ("FAILED", _, None | Some(State::Error | State::Fatal)) => Verdict::Failed,
            _ => Verdict::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ok_with_zeros_is_paid_back_and_only_failed_with_state_2_or_4_is_failed() {
        for status in ["OK", "FAILED", "PENDING", "ok", "AUTHORIZE_REQUEST"] {
            for code in [
                None,
                Some("00000000"),
                Some("21550957"),
                Some("40110005"),
                Some("60000000"),
                Some("00000001"),
            ] {
                let answer = Answer {
                    status: Status::new(status).unwrap(),
                    code: code.map(|code| Code::new(code).unwrap()),
                };
                let expected = match (status, code) {
                    ("OK", None | Some("00000000")) => Verdict::PaidBack,
                    ("FAILED", None | Some("21550957" | "40110005")) => Verdict::Failed,
                    _ => Verdict::Unclear,
                };
                assert_eq!(answer.verdict(), expected, "{status} {code:?}");
            }
        }
    }
}
