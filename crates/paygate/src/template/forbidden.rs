//! Finds the elements that no page may have, in the text itself.
//!
//! Parsers disagree on where a style, a title or a comment ends, and with it on what is markup. Where the bytes
//! hold no such element, none of them can read one; so a `<script>` within a comment is refused too.

use super::element::{cut, without_prefix};
use super::line::Lines;
use super::problem::{Problem, Rule};
use super::problems::Problems;
use memchr::memchr3_iter;

const FORBIDDEN: &[&str] = &[
    // The vendor's own list.
    "script",
    "iframe",
    "frame",
    "frameset",
    "object",
    "applet",
    // What belongs to these: it gives them parameters, or is shown in their place.
    "param",
    "noframes",
    "noembed",
    // They load a document, a plugin or a sound, or did so in browsers of old.
    "embed",
    "portal",
    "fencedframe",
    "bgsound",
    "xml",
    "import",
    // It moves every address of the page.
    "base",
    // Animations of SVG, which set any attribute: an address, a style, an event handler.
    "animate",
    "set",
    "animatemotion",
    "animatetransform",
    "animatecolor",
    // What follows them is text for one reader and markup for another.
    "plaintext",
    "xmp",
    // Forms of old that need no action.
    "isindex",
    "keygen",
];

/// What ends a name. Browsers go on after a `<`, and did not always; with it, the walk is linear.
const ENDS: [char; 8] = [' ', '\t', '\n', '\r', '\x0c', '/', '>', '<'];

/// Adds the forbidden elements, and definitions within a doctype, which can make any of them of harmless text.
pub(super) fn check(html: &str, problems: &mut Problems) {
    let mut lines = Lines::of(html.as_bytes());
    let mut in_doctype = false;
    for at in memchr3_iter(b'<', b'>', b'[', html.as_bytes()) {
        let text = html.get(at..).unwrap_or_default();
        let Some(tag) = text.strip_prefix('<') else {
            if core::mem::take(&mut in_doctype) && text.starts_with('[') {
                problems.add(Problem::new(lines.at(at), Rule::Doctype));
            }
            continue;
        };
        let name = tag.split(ENDS).next().unwrap_or_default();
        in_doctype |= name.eq_ignore_ascii_case("!doctype");
        let bare = without_prefix(name);
        if FORBIDDEN.iter().any(|forbidden| bare.eq_ignore_ascii_case(forbidden)) {
            let element = cut(&name.to_ascii_lowercase());
            problems.add(Problem::new(lines.at(at), Rule::Element { element }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<Problem> {
        let mut problems = Problems::default();
        check(html, &mut problems);
        problems.into_vec()
    }

    fn rules(html: &str) -> Vec<Rule> {
        found(html).iter().map(|problem| problem.rule().clone()).collect()
    }

    #[test]
    fn every_element_of_the_list_is_found_in_any_case_and_with_any_end() {
        for name in FORBIDDEN {
            for end in ["", " ", "\t", "\n", "\r", "\x0c", "/", ">", "<"] {
                let element = (*name).to_owned();
                assert_eq!(
                    rules(&format!("ä<{}{end}", name.to_ascii_uppercase())),
                    [Rule::Element { element }]
                );
                let element = format!("svg:{name}");
                assert_eq!(rules(&format!("<<a<SVG:{name}{end}")), [Rule::Element { element }]);
            }
        }
    }

    #[test]
    fn a_longer_name_and_an_end_tag_are_other_things() {
        for html in
            ["<scripts>", "<my-script>", "<script-x>", "<setä>", "</script>", "< script>", "script>", "<"]
        {
            assert_eq!(rules(html), [], "{html}");
        }
    }

    #[test]
    fn a_doctype_with_definitions_is_refused() {
        for html in ["<!DOCTYPE html [<!ENTITY a 'b'>]>", "<!doctype\nhtml SYSTEM '<'[", "<!DOCTYPE [ ["] {
            assert_eq!(rules(html), [Rule::Doctype], "{html}");
        }
        assert_eq!(rules("<!DOCTYPE html><p>[1] <!-- [2] --> a[3]"), []);
    }

    #[test]
    fn a_find_knows_its_line() {
        let lines: Vec<_> = found("a\n<p><set>\r\n\n<base>").iter().map(Problem::line).collect();
        assert_eq!(lines, [2, 4]);
    }
}
