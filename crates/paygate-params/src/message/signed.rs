//! The five fields of a result that its MAC covers: the only ones that may decide about money.

use super::{Coverage, Field, Message, Row, number_of};
use crate::format::FormatError;
use crate::{Code, MerchantId, PayId, Status, TransId};

/// The fields of a result that the MAC covers, as short copies.
///
/// Made by [`Signed::parse`] alone, it says nothing about whether the MAC holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Signed {
    mid: MerchantId,
    pay_id: PayId,
    trans_id: TransId,
    status: Status,
    code: Code,
}

/// A field that decides is missing or breaks its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum SignedError {
    /// It is not there.
    #[error("{name} is missing")]
    Missing {
        /// The vendor's name of it.
        name: &'static str,
    },
    /// It breaks its format.
    #[error("{name} {rule}")]
    Format {
        /// The vendor's name of it.
        name: &'static str,
        /// The rule that it breaks.
        rule: FormatError,
    },
}

impl Signed {
    /// Reads the five from the raw values that `value` finds by the vendor's names.
    ///
    /// # Errors
    ///
    /// The first one that is missing or breaks its format: these are strict, all others are not.
    pub fn parse<'a>(value: impl Fn(&'static str) -> Option<&'a [u8]>) -> Result<Self, SignedError> {
        Self::of(Self::NAMES.map(value))
    }

    /// The vendor's names of the five.
    pub(crate) const NAMES: [&'static str; 5] = ["mid", "PayID", "TransID", "Status", "Code"];

    /// Where the five stand in a table. A table of which the MAC covers anything has all five, or does not compile.
    pub(crate) const fn rows_of<M: Message>() -> [Option<usize>; 5] {
        let [mid, pay_id, trans_id, status, code] = Self::NAMES;
        let rows = [
            number_of(M::ROWS, mid),
            number_of(M::ROWS, pay_id),
            number_of(M::ROWS, trans_id),
            number_of(M::ROWS, status),
            number_of(M::ROWS, code),
        ];
        let has_all = matches!(rows, [Some(_), Some(_), Some(_), Some(_), Some(_)]);
        let has_mac = number_of(M::ROWS, "MAC").is_some();
        assert!(
            has_all && has_mac || !has_signed(M::ROWS),
            "signed rows are mid, PayID, TransID, Status, Code, with MAC"
        );
        rows
    }

    /// Reads the five from their raw values, in the order of [`Signed::NAMES`].
    pub(crate) fn of([mid, pay_id, trans_id, status, code]: [Option<&[u8]>; 5]) -> Result<Self, SignedError> {
        Ok(Self {
            mid: read_strictly("mid", mid)?,
            pay_id: read_strictly("PayID", pay_id)?,
            trans_id: read_strictly("TransID", trans_id)?,
            status: read_strictly("Status", status)?,
            code: read_strictly("Code", code)?,
        })
    }

    /// `mid`: the merchant that was paid.
    #[must_use]
    pub fn mid(&self) -> &MerchantId {
        &self.mid
    }

    /// `PayID`: Paygate's name for the payment.
    #[must_use]
    pub fn pay_id(&self) -> &PayId {
        &self.pay_id
    }

    /// `TransID`: the shop's name for the attempt.
    #[must_use]
    pub fn trans_id(&self) -> &TransId {
        &self.trans_id
    }

    /// `Status`.
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// `Code`.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// The five with the vendor's names, in the order of the vendor's table.
    #[must_use]
    pub fn pairs(&self) -> [(&'static str, &str); 5] {
        [
            ("mid", self.mid.as_str()),
            ("PayID", self.pay_id.as_str()),
            ("TransID", self.trans_id.as_str()),
            ("Status", self.status.as_str()),
            ("Code", self.code.as_str()),
        ]
    }
}

const fn has_signed(mut rows: &[Row]) -> bool {
    while let [row, rest @ ..] = rows {
        if matches!(row.coverage, Coverage::Signed | Coverage::Mac) {
            return true;
        }
        rows = rest;
    }
    false
}

/// Reads a field that decides, from its raw value.
///
/// ```
/// use paygate_params::message::{SignedError, read_strictly};
/// use paygate_params::{Code, FormatError};
/// assert_eq!(read_strictly::<Code>("Code", Some(b"00000000")), Ok(Code::SUCCESS));
/// assert_eq!(read_strictly::<Code>("Code", None), Err(SignedError::Missing { name: "Code" }));
/// let short = FormatError::WrongLength { expected: 8, found: 1 };
/// assert_eq!(read_strictly::<Code>("Code", Some(b"0")), Err(SignedError::Format { name: "Code", rule: short }));
/// ```
///
/// # Errors
///
/// If it is not there or breaks its format.
pub fn read_strictly<T: Field>(name: &'static str, value: Option<&[u8]>) -> Result<T, SignedError> {
    let bytes = value.ok_or(SignedError::Missing { name })?;
    // All such fields are ASCII, so what is not even UTF-8 has a character that is not allowed.
    let text = str::from_utf8(bytes).map_err(|error| {
        let position = error.valid_up_to().saturating_add(1);
        SignedError::Format { name, rule: FormatError::Character { position, allowed: "ASCII" } }
    })?;
    T::parse(text).map_err(|rule| SignedError::Format { name, rule })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::follow_ups::credit::CreditRequest;
    use crate::methods::trustly::PaymentResult;

    #[test]
    fn the_five_are_found_in_the_table_of_a_result_alone() {
        let rows = Signed::rows_of::<PaymentResult>();
        let names = rows.map(|row| row.and_then(|row| PaymentResult::ROWS.get(row)).map(|row| row.name));
        assert_eq!(names, Signed::NAMES.map(Some));
        assert_eq!(Signed::rows_of::<CreditRequest>()[3..], [None, None], "Status and Code");
    }

    /// What is asked while the compiler builds a table: one that has signed rows and no MAC does not compile.
    #[test]
    fn signed_rows_are_known_by_what_covers_them() {
        assert!(has_signed(PaymentResult::ROWS));
        assert!(!has_signed(CreditRequest::ROWS), "its MAC is the shop's own");
    }
}
