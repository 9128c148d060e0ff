//! What others wrote: Paygate's descriptions, banks, customers.

use maud::{Markup, html};
use std::fmt::Write;

/// Their words, escaped, apart from ours in the direction of reading, and with what cannot be seen made visible.
#[must_use]
pub fn foreign(text: &str) -> Markup {
    html! { bdi.foreign { (visible(text)) } }
}

/// Controls and invisible marks by their numbers: they could hide a part of the text, or turn it around.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        let hidden = matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
        if hidden || letter.is_control() {
            // Writing to a text cannot fail.
            let _ = write!(shown, "[U+{:04X}]", u32::from(letter));
        } else {
            shown.push(letter);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text_and_controls_are_seen() {
        let shown = foreign("<script>alert(1)</script>\u{1b}[2J\r\n\u{202E}\"'&").into_string();
        assert_eq!(
            shown,
            "<bdi class=\"foreign\">&lt;script&gt;alert(1)&lt;/script&gt;[U+001B][2J[U+000D][U+000A][U+202E]&quot;'&amp;</bdi>"
        );
    }
}
