//! The one check behind every text type: alphabet, length, blanks at the ends; usable in a `const`.

use super::alphabet::Alphabet;
use super::error::FormatError;

/// Checks `text` and returns its length in characters.
///
/// # Errors
///
/// The first rule that the text breaks.
pub(crate) const fn check(
    text: &str,
    alphabet: Alphabet,
    min: usize,
    max: usize,
) -> Result<usize, FormatError> {
    let mut rest = text.as_bytes();
    let mut count: usize = 0;
    let mut blank_first = false;
    let mut blank_last = false;
    let mut all_blank = true;
    loop {
        let (latin1, tail) = match rest {
            [] => break,
            [byte, tail @ ..] if byte.is_ascii() => (*byte, tail),
            // U+0080–U+00FF in UTF-8; everything above is outside ISO-8859-1.
            [0xC2, byte, tail @ ..] => (*byte, tail),
            [0xC3, byte, tail @ ..] => (*byte | 0x40, tail),
            _ => return Err(FormatError::NotLatin1 { position: count.saturating_add(1) }),
        };
        count = count.saturating_add(1);
        if !alphabet.contains(latin1) {
            return Err(FormatError::Character { position: count, allowed: alphabet.in_words() });
        }
        blank_last = latin1 == b' ';
        all_blank = all_blank && is_blank(latin1 as char);
        if count == 1 {
            blank_first = blank_last;
        }
        rest = tail;
    }
    // A text of blanks says nothing, and readers who trim find nothing.
    if all_blank && min > 0 {
        return Err(FormatError::Empty);
    }
    if min == max && count != max {
        return Err(FormatError::WrongLength { expected: max, found: count });
    }
    if count < min {
        return Err(FormatError::TooShort { min, found: count });
    }
    if count > max {
        return Err(FormatError::TooLong { max, found: count });
    }
    if !alphabet.blank_at_ends() && (blank_first || blank_last) {
        return Err(FormatError::BlankAtEnd);
    }
    Ok(count)
}

/// A blank of ISO-8859-1 or ASCII, as a reader who trims would take it.
pub(crate) const fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{A0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!(check("Köln", Alphabet::Text, 1, 4), Ok(4));
    }

    #[test]
    fn a_character_outside_latin1_is_named_by_its_position() {
        assert_eq!(check("aŁb", Alphabet::Text, 1, 9), Err(FormatError::NotLatin1 { position: 2 }));
        assert_eq!(
            check("a\u{80}b", Alphabet::Text, 1, 9),
            Err(FormatError::Character { position: 2, allowed: Alphabet::Text.in_words() })
        );
    }

    #[test]
    fn a_text_of_blanks_is_empty() {
        assert_eq!(check(" \u{A0} ", Alphabet::Text, 1, 9), Err(FormatError::Empty));
        assert_eq!(check(" a ", Alphabet::Text, 1, 9), Ok(3));
    }

    #[test]
    fn all_of_upper_latin1_is_text() {
        for code in 0xA1..=0xFFu32 {
            let text = alloc::string::String::from(char::from_u32(code).unwrap());
            assert_eq!(check(&text, Alphabet::Text, 1, 1), Ok(1), "U+{code:04X}");
        }
    }
}
