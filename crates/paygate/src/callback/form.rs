//! Splitting: pairs at `&`, name and value at the first `=`, and the escapes of a form.

use memchr::{memchr, memchr2};
use percent_encoding::percent_decode;
use std::borrow::Cow;
use std::ops::Range;

/// Where a pair stands: its name and its value. A segment without `=` is a name with an empty value.
pub(crate) struct Pair {
    pub(crate) name: Range<usize>,
    pub(crate) value: Range<usize>,
}

impl Pair {
    /// Whether a `=` stands between name and value.
    pub(super) fn has_equals_sign(&self) -> bool {
        self.value.start > self.name.end
    }
}

/// The pairs of a text; empty segments are passed over.
pub(crate) fn pairs(text: &[u8]) -> Pairs<'_> {
    Pairs { text, start: 0 }
}

/// See [`pairs`].
pub(crate) struct Pairs<'a> {
    text: &'a [u8],
    /// Where the next segment begins; behind the end, once there is none.
    start: usize,
}

impl Iterator for Pairs<'_> {
    type Item = Pair;

    fn next(&mut self) -> Option<Pair> {
        loop {
            let begin = self.start;
            let rest = self.text.get(begin..)?;
            let segment = memchr(b'&', rest).and_then(|length| rest.get(..length)).unwrap_or(rest);
            let end = begin.saturating_add(segment.len());
            self.start = end.saturating_add(1);
            if segment.is_empty() {
                continue;
            }
            // Names are so short that a search by vectors would not have begun before it ended.
            let name_len = segment.iter().position(|byte| *byte == b'=');
            let name_end = name_len.map_or(end, |length| begin.saturating_add(length));
            return Some(Pair { name: begin..name_end, value: name_end.saturating_add(1).min(end)..end });
        }
    }
}

/// Undoes the escapes of a form, to bytes: `%41` and `+`.
pub(super) fn unescape(bytes: &[u8]) -> Cow<'_, [u8]> {
    if memchr2(b'%', b'+', bytes).is_none() {
        return Cow::Borrowed(bytes);
    }
    let blanks: Vec<u8> = bytes.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    Cow::Owned(percent_decode(&blanks).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(&str, &str)> {
        pairs(text.as_bytes()).map(|pair| (&text[pair.name], &text[pair.value])).collect()
    }

    #[test]
    fn a_value_keeps_all_but_the_first_equals_sign() {
        assert_eq!(
            split("a=1&b=x=y==&c=1+1&e=&f"),
            [("a", "1"), ("b", "x=y=="), ("c", "1+1"), ("e", ""), ("f", "")]
        );
    }

    #[test]
    fn empty_segments_are_passed_over() {
        assert_eq!(split("&&a=1&&b&"), [("a", "1"), ("b", "")]);
        assert_eq!(split(""), []);
        assert_eq!(split("="), [("", "")]);
    }

    #[test]
    fn escapes_become_bytes_and_broken_ones_stay() {
        assert_eq!(*unescape(b"a+b%FC%fc%2B"), *b"a b\xFC\xFC+");
        assert_eq!(*unescape(b"100%&%4"), *b"100%&%4");
        assert!(matches!(unescape(b"plain"), Cow::Borrowed(_)));
    }
}
