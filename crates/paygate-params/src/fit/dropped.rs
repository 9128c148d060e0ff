//! Which characters are left out rather than spelled.

/// Whether a character is invisible or a pictograph.
///
/// Both would else become a part of somebody's name: the transliteration spells U+200B as a blank, and an
/// emoji as its English description.
pub(super) const fn is_dropped(character: char) -> bool {
    is_invisible(character) || is_pictograph(character)
}

/// Unicode's `Default_Ignorable_Code_Point`, and the anchors of annotations and objects (U+FFF9–U+FFFC).
///
/// The soft hyphen is one too and stays in most texts, since ISO-8859-1 has it and `new` takes it; in an `OrderDesc` it
/// could hide a `Test:`, and does not.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFC}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// The blocks that Unicode's emoji and their like stand in, and the single ones elsewhere.
///
/// Letters in circles and squares stay out of this: they are spelled as the letters that they show.
const fn is_pictograph(character: char) -> bool {
    matches!(
        character,
        '\u{2139}'
            | '\u{231A}'..='\u{231B}'
            | '\u{2328}'
            | '\u{23CF}'
            | '\u{23E9}'..='\u{23FF}'
            | '\u{2600}'..='\u{27BF}'
            | '\u{2934}'..='\u{2935}'
            | '\u{2B00}'..='\u{2BFF}'
            | '\u{303D}'
            | '\u{1F000}'..='\u{1F0FF}'
            | '\u{1F10D}'..='\u{1F10F}'
            | '\u{1F12F}'
            | '\u{1F16D}'..='\u{1F16F}'
            | '\u{1F18E}'..='\u{1F2FF}'
            | '\u{1F300}'..='\u{1FAFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_latin1_is_dropped() {
        for latin1 in 0..=u8::MAX {
            assert!(!is_dropped(char::from(latin1)), "U+{latin1:02X}");
        }
    }

    #[test]
    fn no_symbol_is_spelled_as_a_word() {
        for code in (0x2300..=0x27BF).chain(0x2900..=0x2BFF).chain(0x1F000..=0x1FAFF) {
            let symbol = char::from_u32(code).unwrap();
            let spelling = deunicode::deunicode_char(symbol).unwrap_or_default();
            let letters = spelling.chars().filter(char::is_ascii_lowercase).count();
            assert!(letters < 4 || is_dropped(symbol), "U+{code:X} is {spelling:?}");
        }
    }

    #[test]
    fn an_emoji_has_no_letters() {
        for emoji in "❤☺⌚⏰✈☎⭐🎉🙂🚀🤖🧑🫠🇩🀄🃏🈚🔥🕉🛒🟢🥇".chars()
        {
            assert!(is_dropped(emoji), "{emoji}");
        }
        for letter in "ŁЖ北Ⓣⓐ𝐓Ｔ₺€–…№™".chars() {
            assert!(!is_dropped(letter), "{letter}");
        }
    }
}
