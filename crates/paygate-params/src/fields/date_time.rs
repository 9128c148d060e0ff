//! `dttm`: a point in time as the vendor writes it, without a zone.

use super::{Field, StackText, parse_traits};
use crate::format::{Format, FormatError};
use core::fmt;

/// A date and a time of day, `YYYY-MM-DDThh:mm:ss`; the pages name no time zone.
///
/// ```
/// use paygate_params::{DateTime, FormatError};
/// let leap: DateTime = "2024-02-29T23:59:59".parse()?;
/// assert_eq!(leap.to_string(), "2024-02-29T23:59:59");
/// assert_eq!("2023-02-29T23:59:59".parse::<DateTime>(), Err(FormatError::DateTime));
/// # Ok::<(), FormatError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    year: u16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
}

impl DateTime {
    /// Takes a date of the Gregorian calendar and a time of day.
    ///
    /// # Errors
    ///
    /// If there is no such date or time, or the year has more than four digits.
    pub const fn new(date: (u16, u8, u8), time: (u8, u8, u8)) -> Result<Self, FormatError> {
        let ((year, month, day), (hour, minute, second)) = (date, time);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
            2 => 28,
            1..=12 => 31,
            _ => 0,
        };
        if year > 9999 || day == 0 || day > days || hour > 23 || minute > 59 || second > 59 {
            return Err(FormatError::DateTime);
        }
        Ok(Self { year, month, day, hour, minute, second })
    }

    /// Year, month (1 to 12) and day (1 to 31).
    #[must_use]
    pub const fn date(self) -> (u16, u8, u8) {
        (self.year, self.month, self.day)
    }

    /// Hour (0 to 23), minute and second (0 to 59).
    #[must_use]
    pub const fn time(self) -> (u8, u8, u8) {
        (self.hour, self.minute, self.second)
    }
}

impl Field for DateTime {
    const FORMAT: Format = Format::literal("dttm");

    fn parse(text: &str) -> Result<Self, FormatError> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2] =
            text.as_bytes()
        else {
            return Err(FormatError::DateTime);
        };
        let two = |high: &u8, low: &u8| {
            let digits = high.is_ascii_digit() && low.is_ascii_digit();
            // Two digits are at most 99.
            digits
                .then(|| (high & 0x0F).wrapping_mul(10).wrapping_add(low & 0x0F))
                .ok_or(FormatError::DateTime)
        };
        let year = u16::from(two(y1, y2)?).wrapping_mul(100).wrapping_add(u16::from(two(y3, y4)?));
        Self::new((year, two(m1, m2)?, two(d1, d2)?), (two(h1, h2)?, two(n1, n2)?, two(s1, s2)?))
    }

    fn wire(&self, with: &mut dyn FnMut(&str)) {
        with(StackText::of(self).as_str());
    }
}

parse_traits!(DateTime);

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_taken() {
        for text in ["2000-02-29T00:00:00", "2026-12-31T23:59:59", "0001-01-01T00:00:00"] {
            assert!(DateTime::parse(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "2100-02-29T00:00:00",
            "2026-04-31T00:00:00",
            "2026-00-01T00:00:00",
            "2026-13-01T00:00:00",
            "2026-01-00T00:00:00",
            "2026-01-01T24:00:00",
            "2026-01-01T00:60:00",
            "2026-01-01T00:00:60",
            "2026-01-01 00:00:00",
            "2026-01-01T00:00:00Z",
            "2026-1-1T0:0:0",
            "+026-01-01T00:00:00",
            // The characters behind 9 in ASCII; ten of them would be a day, a minute.
            "2026-01-0:T00:00:00",
            "2026-01-:1T00:00:00",
            "2026-01-01T00:0:00:",
            "2026-01-01T00:00:0:",
        ] {
            assert_eq!(DateTime::parse(text), Err(FormatError::DateTime), "{text:?}");
        }
    }

    #[test]
    fn what_was_read_is_given_back_in_parts() {
        let point = DateTime::parse("2026-11-22T13:45:06").unwrap();
        assert_eq!((point.date(), point.time()), ((2026, 11, 22), (13, 45, 6)));
    }
}
