//! The versions of a file: what HEAD says, and which fields follow from it.

use std::fmt;
use std::num::NonZeroU8;
use std::str::FromStr;

/// The `x` of versions 1.x and 2.x: a number from 1, or the letter.
///
/// Which numbers there are, the public pages do not say. Write the one that Computop has told you; the letter is written as it
/// is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Minor {
    /// A number, 1 to 99.
    Number(NonZeroU8),
    /// The letter `x`, as the vendor's page has it.
    Letter,
}

/// The version of a file, the last field of HEAD (vendor's page "Trustly", "Batch processing via the interface").
///
/// | version | `RefNr` | `Code` in the answer | slave MID behind Action |
/// |---|---|---|---|
/// | 1.0 | no field | no | no |
/// | 1.x | a field, which may be empty | yes | no |
/// | 2.0 | a field, which may be empty | no | in files of a master MID |
/// | 2.x | a field, which may be empty | yes | in files of a master MID |
///
/// ```
/// use paygate_batch::Version;
///
/// let version: Version = "2.1".parse()?;
/// assert!(version.has_ref_nr() && version.has_code() && version.may_have_slave());
/// assert!("1.00".parse::<Version>().is_err());
/// # Ok::<(), paygate_batch::UnknownVersion>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    /// `1.0`
    V1_0,
    /// `1.1` and on, or `1.x`
    V1x(Minor),
    /// `2.0`
    V2_0,
    /// `2.1` and on, or `2.x`
    V2x(Minor),
}

/// The text is none of `1.0`, `1.x`, `2.0`, `2.x`, with `x` the letter or a number from 1 to 99.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is none of 1.0, 1.x, 2.0, 2.x, with x the letter or a number from 1 to 99")]
pub struct UnknownVersion;

impl Version {
    /// Whether lines have a field for RefNr: "with RefNr (valid for all versions other than 1.0)".
    #[must_use]
    pub const fn has_ref_nr(self) -> bool {
        !matches!(self, Self::V1_0)
    }

    /// Whether lines of the answer have a Code: "1.0 / 2.0 Standard version without return of parameter Code".
    #[must_use]
    pub const fn has_code(self) -> bool {
        matches!(self, Self::V1x(_) | Self::V2x(_))
    }

    /// Whether it may be the file of a master MID, whose lines name the slave MID.
    #[must_use]
    pub const fn may_have_slave(self) -> bool {
        matches!(self, Self::V2_0 | Self::V2x(_))
    }
}

impl Minor {
    /// The number.
    ///
    /// # Errors
    ///
    /// If it is none from 1 to 99.
    pub const fn new(number: u8) -> Result<Self, UnknownVersion> {
        match NonZeroU8::new(number) {
            Some(number) if number.get() <= 99 => Ok(Self::Number(number)),
            _ => Err(UnknownVersion),
        }
    }

    fn parse(text: &str) -> Result<Self, UnknownVersion> {
        if text.eq_ignore_ascii_case("x") {
            return Ok(Self::Letter);
        }
        let is_plain = matches!(text.as_bytes(), [b'1'..=b'9'] | [b'1'..=b'9', b'0'..=b'9']);
        if is_plain { Self::new(text.parse().map_err(|_| UnknownVersion)?) } else { Err(UnknownVersion) }
    }
}

impl FromStr for Version {
    type Err = UnknownVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('.') {
            Some(("1", "0")) => Ok(Self::V1_0),
            Some(("2", "0")) => Ok(Self::V2_0),
            Some(("1", minor)) => Minor::parse(minor).map(Self::V1x),
            Some(("2", minor)) => Minor::parse(minor).map(Self::V2x),
            _ => Err(UnknownVersion),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V1_0 => f.write_str("1.0"),
            Self::V1x(minor) => write!(f, "1.{minor}"),
            Self::V2_0 => f.write_str("2.0"),
            Self::V2x(minor) => write!(f, "2.{minor}"),
        }
    }
}

impl fmt::Display for Minor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Letter => f.write_str("x"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_is_read_as_it_is_written() {
        for text in ["1.0", "2.0", "1.x", "2.x", "1.1", "2.1", "1.10", "2.99"] {
            assert_eq!(text.parse::<Version>().unwrap().to_string(), text);
        }
        assert_eq!("2.X".parse(), Ok(Version::V2x(Minor::Letter)));
    }

    #[test]
    fn nothing_else_is_a_version() {
        for text in
            ["", "1", "1.", "3.0", "1.00", "1.01", "1.100", "1.0.0", " 1.0", "1,0", "2.y", "2.+1", "x.0"]
        {
            assert_eq!(text.parse::<Version>(), Err(UnknownVersion), "{text:?}");
        }
    }

    #[test]
    fn fields_follow_the_page() {
        let follows = |text: &str| {
            let version: Version = text.parse().unwrap();
            (version.has_ref_nr(), version.has_code(), version.may_have_slave())
        };
        assert_eq!(follows("1.0"), (false, false, false));
        assert_eq!(follows("1.x"), (true, true, false));
        assert_eq!(follows("2.0"), (true, false, true));
        assert_eq!(follows("2.3"), (true, true, true));
    }
}
