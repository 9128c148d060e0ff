//! Cells of tables: text that no spreadsheet takes for a formula.

use std::borrow::Cow;

/// What a formula begins with; line ends and tabs, which some spreadsheets pass over, may stand before it.
const BEGINS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// What ends a cell in a spreadsheet that takes something else than commas to stand between cells, as many do where the comma
/// stands in numbers. Behind it, the rest of the text is a cell of its own.
const ENDS: [char; 5] = [';', '|', '\t', '\r', '\n'];

/// The text, with an apostrophe wherever a spreadsheet would begin to calculate.
///
/// Values come from whoever wrote a file; a TransID may begin with `=`, and may hold `;=`.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    let is_begin = |before: Option<char>, here: char| {
        BEGINS.contains(&here) && before.is_none_or(|before| ENDS.contains(&before))
    };
    let mut safe = String::new();
    let (mut before, mut copied) = (None, 0);
    for (index, here) in text.char_indices() {
        if is_begin(before.replace(here), here) {
            safe.push_str(text.get(copied..index).unwrap_or_default());
            safe.push('\'');
            copied = index;
        }
    }
    if safe.is_empty() {
        return Cow::Borrowed(text);
    }
    safe.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_gets_an_apostrophe() {
        for text in ["=1+1", "+49", "-1", "@SUM(A1)", "\t1", "\r1", "\n1"] {
            assert_eq!(safe(text), format!("'{text}"));
        }
    }

    #[test]
    fn what_would_be_the_begin_of_a_cell_between_other_separators_gets_one_too() {
        for (text, expected) in [
            ("a;=1+1", "a;'=1+1"),
            ("ä|@b;+c", "ä|'@b;'+c"),
            ("a\t-1", "a\t'-1"),
            ("a\n=1", "a\n'=1"),
            ("\t=1", "'\t'=1"),
            ("=1;=1", "'=1;'=1"),
            ("a;\t=1", "a;'\t'=1"),
        ] {
            assert_eq!(safe(text), expected, "{text:?}");
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["", "999", "refund-1", "a=b", " =1", "'=1", "a;b|c\td", "a;", "a; b-c", "error: ä"] {
            assert_eq!(safe(text), text);
        }
    }
}
