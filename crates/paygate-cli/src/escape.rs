//! What others wrote, made harmless for terminals.

use std::fmt::{self, Write};

/// Text with every character that a terminal would act upon, and not show, written as `\u{…}`.
pub(crate) struct Printable<'a>(pub(crate) &'a str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            if acts(character) {
                write!(f, "{}", character.escape_unicode())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}

/// The same for a JSON text, which stays the same JSON: outside its strings there are no such characters.
pub(crate) fn json(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if acts(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(character);
        }
    }
    safe
}

/// Whether a character is a control (C0, DEL, C1), a format character (Unicode's category Cf, with the marks
/// that turn the direction of writing), or a separator of lines or paragraphs.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{AD}'
                | '\u{600}'..='\u{605}'
                | '\u{61C}'
                | '\u{6DD}'
                | '\u{70F}'
                | '\u{890}'..='\u{891}'
                | '\u{8E2}'
                | '\u{180E}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{110BD}'
                | '\u{110CD}'
                | '\u{13430}'..='\u{1343F}'
                | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0001}'
                | '\u{E0020}'..='\u{E007F}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_format_characters_become_visible() {
        let text = "a\x1b[31m\x07\r\n\t\x7f\u{9b}\u{202e}\u{2066}\u{200b}\u{2028}\u{feff}\u{e0041}z";
        let shown = Printable(text).to_string();
        assert_eq!(
            shown,
            r"a\u{1b}[31m\u{7}\u{d}\u{a}\u{9}\u{7f}\u{9b}\u{202e}\u{2066}\u{200b}\u{2028}\u{feff}\u{e0041}z"
        );
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["", "Müller & Söhne", r"back\slash 'quoted'", "Κόσμος 🏰", "e\u{301}"] {
            assert_eq!(Printable(text).to_string(), text);
        }
    }

    #[test]
    fn escaped_json_says_the_same() {
        let value = serde_json::json!({ "\u{202e}k": "\x1b\x7f\u{9b}\u{e0041}ü\"\\" });
        let safe = json(&value.to_string());
        assert!(!safe.chars().any(acts), "{safe}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).unwrap(), value);
    }
}
