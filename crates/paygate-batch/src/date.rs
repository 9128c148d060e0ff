//! The day of a file, as its name and its HEAD have it.

use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// A day of the calendar, written `YYYYMMDD`: the form of the file's name (white label's page "Batch manager"). How HEAD writes
/// its date, no public page says; it is written in the same form.
///
/// ```
/// use paygate_batch::BatchDate;
///
/// let date: BatchDate = "20261122".parse()?;
/// assert_eq!(date.to_string(), "20261122");
/// assert!("20260230".parse::<BatchDate>().is_err());
/// # Ok::<(), paygate_batch::NoDate>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchDate(Date);

/// The text is no day of the calendar written as `YYYYMMDD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no day of the calendar written as YYYYMMDD")]
pub struct NoDate;

impl BatchDate {
    /// The first day of the calendar that has a year of four digits.
    pub(crate) const MIN: Self = Self(Date::constant(1000, 1, 1));

    /// A day.
    ///
    /// # Errors
    ///
    /// If there is no such day, or its year has not four digits.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, NoDate> {
        let signed = |number: u8| i8::try_from(number).map_err(|_| NoDate);
        let year = i16::try_from(year).ok().filter(|year| (1000..=9999).contains(year)).ok_or(NoDate)?;
        Date::new(year, signed(month)?, signed(day)?).map(Self).map_err(|_| NoDate)
    }
}

impl FromStr for BatchDate {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        let part = |range| text.get(range).filter(|_| is_plain).ok_or(NoDate);
        let number = |text: &str| text.parse().map_err(|_| NoDate);
        let year = part(0..4)?.parse().map_err(|_| NoDate)?;
        Self::new(year, number(part(4..6)?)?, number(part(6..8)?)?)
    }
}

impl fmt::Display for BatchDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}{:02}{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_taken() {
        for text in ["20261122", "20240229", "10000101", "99991231"] {
            assert_eq!(text.parse::<BatchDate>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "2026112",
            "202611222",
            "20230229",
            "20261301",
            "20260001",
            "09990101",
            "2026-1-1",
            "2026112é",
        ] {
            assert_eq!(text.parse::<BatchDate>(), Err(NoDate), "{text:?}");
        }
    }
}
