//! Cells of tables: text that no spreadsheet takes for a formula.

use std::borrow::Cow;

/// The text, with an apostrophe before it where a spreadsheet would calculate.
///
/// Values come from whoever wrote a file; a TransID may begin with `=` or `@`.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_gets_an_apostrophe() {
        for text in ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(safe(text), format!("'{text}"));
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["", "999", "refund-1", "a=b", " =1", "'=1"] {
            assert_eq!(safe(text), text);
        }
    }
}
