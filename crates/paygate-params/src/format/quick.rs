//! The check of the usual text, which is ASCII and right: one pass that the compiler makes vector code of.

use super::alphabet::Alphabet;
use super::check::check;
use super::error::FormatError;

/// As [`check`], for texts that are only known at run time.
///
/// # Errors
///
/// The first rule that the text breaks.
pub(crate) fn check_quickly(
    text: &str,
    alphabet: Alphabet,
    min: usize,
    max: usize,
) -> Result<usize, FormatError> {
    let bytes = text.as_bytes();
    let is_usual = (min..=max).contains(&bytes.len())
        && !matches!(bytes, [] | [b' ', ..] | [.., b' '])
        && holds_all(alphabet, bytes);
    // What is wrong, and where, the other one finds; and it reads what is not ASCII.
    if is_usual { Ok(bytes.len()) } else { check(text, alphabet, min, max) }
}

/// Texts up to so many bytes are looked up byte by byte; vectors pay for longer ones.
const SHORT: usize = 24;

/// Whether all bytes are ASCII characters of the alphabet.
fn holds_all(alphabet: Alphabet, bytes: &[u8]) -> bool {
    if bytes.len() <= SHORT {
        let set = bit(alphabet);
        return bytes.iter().fold(set, |left, byte| left & sets_of(*byte)) != 0;
    }
    let is_text = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'&';
    match alphabet {
        Alphabet::Letters => all(bytes, |byte| byte.is_ascii_alphabetic() || byte == b'_'),
        Alphabet::Upper => all(bytes, |byte| byte.is_ascii_uppercase()),
        Alphabet::LettersSpecial => all(bytes, |byte| is_text(byte) && !byte.is_ascii_digit()),
        Alphabet::Digits => all(bytes, |byte| byte.is_ascii_digit()),
        Alphabet::DigitsSpecial => all(bytes, |byte| is_text(byte) && !byte.is_ascii_alphabetic()),
        Alphabet::Alnum => all(bytes, |byte| byte.is_ascii_alphanumeric()),
        Alphabet::Identifier => all(bytes, |byte| is_text(byte) && byte != b'*'),
        Alphabet::Text => all(bytes, is_text),
        Alphabet::CustomerText => all(bytes, |byte| is_text(byte) && byte != b'='),
    }
}

/// Looks at every byte, whatever the ones before it are: leaving early would forbid vectors.
#[inline]
fn all(bytes: &[u8], holds: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(0, |wrong, byte| wrong | u8::from(!holds(*byte))) == 0
}

/// The alphabets that hold a byte, a bit for each; none of them for a byte outside ASCII.
#[expect(clippy::indexing_slicing, reason = "a byte is below 256: the compiler knows it and checks nothing")]
fn sets_of(byte: u8) -> u16 {
    static SETS: [u16; 256] = sets();
    SETS[usize::from(byte)]
}

const fn bit(alphabet: Alphabet) -> u16 {
    1 << alphabet as u16
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which refuses what is out of bounds")]
const fn sets() -> [u16; 256] {
    let mut sets = [0; 256];
    let mut byte: u8 = 0;
    while byte.is_ascii() {
        let mut alphabets: &[Alphabet] = &Alphabet::ALL;
        while let [alphabet, rest @ ..] = alphabets {
            if alphabet.contains(byte) {
                sets[byte as usize] |= bit(*alphabet);
            }
            alphabets = rest;
        }
        byte = byte.wrapping_add(1);
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    #[test]
    fn every_byte_is_in_the_sets_of_the_alphabets_that_hold_it() {
        for (byte, sets) in (0..=u8::MAX).zip(sets()) {
            let held =
                Alphabet::ALL.into_iter().filter(|alphabet| byte.is_ascii() && alphabet.contains(byte));
            assert_eq!(sets, held.fold(0, |sets, alphabet| sets | bit(alphabet)), "{byte}");
            assert_eq!(sets, sets_of(byte), "{byte}");
        }
    }

    #[test]
    fn every_character_by_itself_and_among_others_is_judged_alike() {
        for alphabet in Alphabet::ALL {
            for code in 0..=0x17F_u32 {
                let character = char::from_u32(code).unwrap();
                for text in [
                    String::from(character),
                    ["aA0_", "-", "z9"].join(&*String::from(character)),
                    String::from(character).repeat(SHORT + 9),
                ] {
                    let (quick, slow) =
                        (check_quickly(&text, alphabet, 1, 40), check(&text, alphabet, 1, 40));
                    assert_eq!(quick, slow, "{alphabet:?} {text:?}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn it_says_what_the_check_says(
            bytes in proptest::collection::vec(prop_oneof![Just(b' '), Just(b'a'), Just(b'7'), any::<u8>()], 0..40),
            alphabet in proptest::sample::select(Vec::from(Alphabet::ALL)),
            min in 0..20_usize,
            more in 0..20_usize,
        ) {
            let text: String = bytes.into_iter().map(char::from).collect();
            let max = min.saturating_add(more);
            prop_assert_eq!(check_quickly(&text, alphabet, min, max), check(&text, alphabet, min, max));
        }
    }
}
