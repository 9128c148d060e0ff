//! Alphabets: which characters a parameter may hold, where the vendor's class leaves it open.

use super::notation::Class;

/// A set of characters, and the rule for blanks at the ends.
///
/// The vendor's `ans` is split in three, since one set cannot serve an identifier that goes into the MAC,
/// a text of the shop and a text that a customer types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alphabet {
    /// `a`: A–Z, a–z and `_` (the page's own status `AUTHORIZE_REQUEST` is of format `a..50`).
    Letters,
    /// `a`: A–Z alone, for ISO codes.
    Upper,
    /// `as`: a text that the shop writes, without digits.
    LettersSpecial,
    /// `n`: 0–9.
    Digits,
    /// `ns`: a text that the shop writes, without letters.
    DigitsSpecial,
    /// `an`: A–Z, a–z, 0–9.
    Alnum,
    /// `ans` of an identifier: ASCII 0x20–0x7E without `&` and `*`, no blank at the ends.
    Identifier,
    /// `ans` of a text that the shop writes: 0x20–0x7E and 0xA0–0xFF of ISO-8859-1 without `&`.
    Text,
    /// `ans` of a text that customers write: as [`Alphabet::Text`], without `=`. A `=` would let a customer
    /// write whole `Key=Value` blocks, which ECB allows to be pasted elsewhere.
    CustomerText,
}

impl Alphabet {
    /// All of them.
    pub(crate) const ALL: [Self; 9] = [
        Self::Letters,
        Self::Upper,
        Self::LettersSpecial,
        Self::Digits,
        Self::DigitsSpecial,
        Self::Alnum,
        Self::Identifier,
        Self::Text,
        Self::CustomerText,
    ];

    /// The vendor's class that this alphabet is a reading of.
    #[must_use]
    pub const fn class(self) -> Class {
        match self {
            Self::Letters | Self::Upper => Class::A,
            Self::LettersSpecial => Class::As,
            Self::Digits => Class::N,
            Self::DigitsSpecial => Class::Ns,
            Self::Alnum => Class::An,
            Self::Identifier | Self::Text | Self::CustomerText => Class::Ans,
        }
    }

    /// Whether the character with this number in ISO-8859-1 belongs to the alphabet.
    #[must_use]
    pub const fn contains(self, latin1: u8) -> bool {
        match self {
            Self::Letters => latin1.is_ascii_alphabetic() || latin1 == b'_',
            Self::Upper => latin1.is_ascii_uppercase(),
            Self::LettersSpecial => Self::Text.contains(latin1) && !latin1.is_ascii_digit(),
            Self::Digits => latin1.is_ascii_digit(),
            Self::DigitsSpecial => Self::Text.contains(latin1) && !is_letter(latin1),
            Self::Alnum => latin1.is_ascii_alphanumeric(),
            Self::Identifier => matches!(latin1, 0x20..=0x7E) && !matches!(latin1, b'&' | b'*'),
            Self::Text => matches!(latin1, 0x20..=0x7E | 0xA0..=0xFF) && latin1 != b'&',
            Self::CustomerText => {
                matches!(latin1, 0x20..=0x7E | 0xA0..=0xFF) && !matches!(latin1, b'&' | b'=')
            }
        }
    }

    /// The alphabet in words, as an error message ends with them.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Letters => "letters A to Z in either case and _",
            Self::Upper => "capital letters A to Z",
            Self::LettersSpecial => "ISO-8859-1 without digits, & and control characters",
            Self::Digits => "digits",
            Self::DigitsSpecial => "ISO-8859-1 without letters, & and control characters",
            Self::Alnum => "letters A to Z in either case and digits",
            Self::Identifier => "ASCII without &, * and control characters",
            Self::Text => "ISO-8859-1 without & and control characters",
            Self::CustomerText => "ISO-8859-1 without &, = and control characters",
        }
    }

    /// Whether a blank may stand first or last.
    #[must_use]
    pub const fn blank_at_ends(self) -> bool {
        matches!(self, Self::Text | Self::CustomerText | Self::LettersSpecial | Self::DigitsSpecial)
    }
}

/// Whether ISO-8859-1 has a letter at this number; U+00D7 and U+00F7 are signs among letters.
const fn is_letter(latin1: u8) -> bool {
    latin1.is_ascii_alphabetic()
        || matches!(latin1, 0xAA | 0xB5 | 0xBA | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0xFF)
}

/// A type that stands for an [`Alphabet`], for use as a type parameter.
pub trait CharSet {
    /// The alphabet.
    const ALPHABET: Alphabet;
}

macro_rules! char_sets {
    ($($name:ident),+ $(,)?) => {$(
        #[doc = concat!("Stands for [`Alphabet::", stringify!($name), "`].")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {}
        impl CharSet for $name {
            const ALPHABET: Alphabet = Alphabet::$name;
        }
    )+};
}
char_sets!(Letters, Upper, LettersSpecial, Digits, DigitsSpecial, Alnum, Identifier, Text, CustomerText);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_alphabet_holds_the_separator_or_a_control() {
        for alphabet in Alphabet::ALL {
            assert!(!alphabet.contains(b'&'), "{alphabet:?}");
            assert!((0..0x20).chain(0x7F..0xA0).all(|c| !alphabet.contains(c)), "{alphabet:?}");
        }
    }

    #[test]
    fn special_characters_are_those_of_a_text() {
        for latin1 in 0..=u8::MAX {
            let letter = char::from(latin1).is_alphabetic();
            let text = Alphabet::Text.contains(latin1);
            assert_eq!(Alphabet::DigitsSpecial.contains(latin1), text && !letter, "{latin1:#x}");
            assert_eq!(
                Alphabet::LettersSpecial.contains(latin1),
                text && !latin1.is_ascii_digit(),
                "{latin1:#x}"
            );
        }
    }

    #[test]
    fn a_part_of_the_mac_input_holds_no_asterisk() {
        assert!(!Alphabet::Identifier.contains(b'*'));
        assert!(Alphabet::Text.contains(b'*'));
    }
}
