//! The usual line, read from left to right in one pass; whatever is unusual is left to the one that can say what is wrong.

use super::Entry;
use crate::shape::End;
use crate::{Answer, Record, Shape};
use memchr::memchr;
use paygate_params::{Amount, Money};
use std::str::FromStr;

/// The record of a line that is right; `None` where it is not, or might not be.
pub(super) fn entry(line: &[u8], number: u64, shape: Shape) -> Option<Entry> {
    // In vector code; what is not ASCII, no field takes.
    if line.iter().fold(0, |quoted, byte| quoted | u8::from(*byte == b'"')) != 0 {
        return None;
    }
    let mut rest = Rest(str::from_utf8(line).ok()?.strip_prefix("Trustly,Credit,")?);
    let slave = if shape.slave { Some(rest.next()?) } else { None };
    let amount = rest.amount()?;
    let currency = rest.of_length(3)?;
    let trans_id = rest.next()?;
    let ref_nr = match shape.ref_nr.then(|| rest.text()) {
        None | Some(Some("")) => None,
        Some(text) => Some(text?.parse().ok()?),
    };
    let (pay_id, answer) = match shape.end {
        End::Nothing => (rest.last()?, None),
        End::Status => (rest.of_length(32)?, Some(Answer { status: rest.last()?, code: None })),
        End::StatusAndCode => {
            let pay_id = rest.of_length(32)?;
            (pay_id, Some(Answer { status: rest.next()?, code: Some(rest.last()?) }))
        }
    };
    let record = Record { money: Money::of(amount, currency), trans_id, ref_nr, pay_id, slave };
    Some(Entry { line: number, record, answer })
}

/// What of a line was not read yet.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    /// The text before the next comma.
    fn text(&mut self) -> Option<&'a str> {
        let (text, rest) = self.0.split_at_checked(memchr(b',', self.0.as_bytes())?)?;
        self.0 = rest.get(1..)?;
        Some(text)
    }

    fn next<T: FromStr>(&mut self) -> Option<T> {
        self.text()?.parse().ok()
    }

    /// The next one, of which the length is known.
    fn of_length<T: FromStr>(&mut self, length: usize) -> Option<T> {
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest.strip_prefix(',')?;
        // A comma in it is refused by every format of a known length.
        text.parse().ok()
    }

    /// The next one, digit by digit.
    fn amount(&mut self) -> Option<Amount> {
        let bytes = self.0.as_bytes();
        let (mut units, mut length) = (0_u64, 0_usize);
        for byte in bytes.iter().take(12) {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            units = units.saturating_mul(10).saturating_add(u64::from(digit));
            length = length.saturating_add(1);
        }
        // One spelling of each number: no zeros before it.
        if length == 0 || (length > 1 && bytes.first() == Some(&b'0')) {
            return None;
        }
        self.0 = self.0.get(length..)?.strip_prefix(',')?;
        Amount::new(units).ok()
    }

    fn last<T: FromStr>(&mut self) -> Option<T> {
        self.0.parse().ok()
    }
}
