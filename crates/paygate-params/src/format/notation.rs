//! The vendor's notation of a format: a class of characters and a length, `ans..30` or `an8`.

use core::fmt;

/// A class of characters, as Paygate's pages abbreviate it (Trustly page, "Data formats").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// `a`: letters.
    A,
    /// `as`: letters and special characters.
    As,
    /// `n`: digits.
    N,
    /// `an`: letters and digits.
    An,
    /// `ans`: letters, digits and special characters.
    Ans,
    /// `ns`: digits and special characters.
    Ns,
    /// `bool`: `true` or `false`.
    Bool,
    /// `enum`: one of a list of values.
    Enum,
    /// `dttm`: a point in time, `YYYY-MM-DDThh:mm:ss`.
    Dttm,
}

impl Class {
    /// The vendor's abbreviation.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::As => "as",
            Self::N => "n",
            Self::An => "an",
            Self::Ans => "ans",
            Self::Ns => "ns",
            Self::Bool => "bool",
            Self::Enum => "enum",
            Self::Dttm => "dttm",
        }
    }
}

/// How long a value may be, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// Written `8`: exactly so many.
    Fixed(u16),
    /// Written `..8`: so many at most.
    UpTo(u16),
    /// Not written: the class itself says it (`bool`, `enum`, `dttm`).
    Implied,
}

/// A format as the vendor writes it.
///
/// ```
/// use paygate_params::format::{Class, Format, Length};
///
/// const RULE: Format = Format::literal("ans..30");
/// assert_eq!(RULE, Format { class: Class::Ans, length: Length::UpTo(30) });
/// assert_eq!(RULE.to_string(), "ans..30");
/// assert_eq!(Format::parse("ans...30"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Format {
    /// Which characters.
    pub class: Class,
    /// How many of them.
    pub length: Length,
}

impl Format {
    /// Reads the vendor's notation; `None` where the text is none.
    #[must_use]
    pub const fn parse(text: &str) -> Option<Self> {
        let (class, rest) = match text.as_bytes() {
            [b'b', b'o', b'o', b'l', rest @ ..] => (Class::Bool, rest),
            [b'e', b'n', b'u', b'm', rest @ ..] => (Class::Enum, rest),
            [b'd', b't', b't', b'm', rest @ ..] => (Class::Dttm, rest),
            [b'a', b'n', b's', rest @ ..] => (Class::Ans, rest),
            [b'a', b'n', rest @ ..] => (Class::An, rest),
            [b'a', b's', rest @ ..] => (Class::As, rest),
            [b'n', b's', rest @ ..] => (Class::Ns, rest),
            [b'a', rest @ ..] => (Class::A, rest),
            [b'n', rest @ ..] => (Class::N, rest),
            _ => return None,
        };
        let implied = matches!(class, Class::Bool | Class::Enum | Class::Dttm);
        let length = match rest {
            [] if implied => Length::Implied,
            [b'.', b'.', digits @ ..] => match number(digits) {
                Some(max) => Length::UpTo(max),
                None => return None,
            },
            digits => match number(digits) {
                Some(exact) => Length::Fixed(exact),
                None => return None,
            },
        };
        Some(Self { class, length })
    }

    /// Reads a notation that stands in the source.
    ///
    /// # Panics
    ///
    /// If the text is no notation; in a `const` that is an error of the compiler.
    #[must_use]
    pub const fn literal(text: &str) -> Self {
        match Self::parse(text) {
            Some(format) => format,
            None => assert_literal(),
        }
    }

    /// Equality that can be asked for in a `const`.
    #[must_use]
    pub(crate) const fn same(self, other: Self) -> bool {
        let length = match (self.length, other.length) {
            (Length::Fixed(a), Length::Fixed(b)) | (Length::UpTo(a), Length::UpTo(b)) => a == b,
            (Length::Implied, Length::Implied) => true,
            _ => false,
        };
        self.class as u8 == other.class as u8 && length
    }
}

/// Stops the compiler at a literal that is no format.
const fn assert_literal() -> ! {
    #[expect(clippy::panic, reason = "reached in const evaluation only: the literals of this crate's tables")]
    {
        panic!("not a format: write a class and a length, as in ans..30")
    }
}

/// Reads one to four digits.
const fn number(mut digits: &[u8]) -> Option<u16> {
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    let mut value: u16 = 0;
    while let [digit, rest @ ..] = digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        // Four digits are at most 9999, so nothing wraps.
        value = value.wrapping_mul(10).wrapping_add((*digit ^ b'0') as u16);
        digits = rest;
    }
    Some(value)
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.class.as_str())?;
        match self.length {
            Length::Fixed(exact) => write!(f, "{exact}"),
            Length::UpTo(max) => write!(f, "..{max}"),
            Length::Implied => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn every_notation_of_the_page_is_read_and_written_back() {
        for text in ["a", "as", "n", "an", "ans", "ns"] {
            for length in ["3", "..3", "1024"] {
                let whole = [text, length].concat();
                assert_eq!(Format::parse(&whole).unwrap().to_string(), whole);
            }
        }
        for text in ["bool", "enum", "dttm"] {
            assert_eq!(Format::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_notation_is_refused() {
        for text in ["", "x3", "an", "a..", "a.3", "ans..x", "n99999"] {
            assert_eq!(Format::parse(text), None, "{text}");
        }
    }

    #[test]
    fn formats_are_the_same_where_class_and_length_are() {
        let all =
            ["an8", "an..8", "an9", "ans8", "ans..8", "n8", "bool", "enum", "dttm"].map(Format::literal);
        for one in all {
            for other in all {
                assert_eq!(one.same(other), one == other, "{one} {other}");
            }
        }
    }
}
