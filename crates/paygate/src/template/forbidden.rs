//! Finds the elements that no page may have, in the text itself.
//!
//! Parsers disagree on where a style, a title or a comment ends, and with it on what is markup. Where the bytes
//! hold no such element, none of them can read one. A `<script>` within a comment is refused for the same reason.

use super::element::{cut, without_prefix};
use super::line::Lines;
use super::problem::{Problem, Rule};
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

/// What ends a name. Browsers go on after a `<`, and did not always.
const ENDS: [char; 7] = [' ', '\t', '\n', '\r', '\x0c', '/', '>'];

/// The forbidden elements, and definitions within a doctype, which can make any of them from harmless text.
pub(super) fn problems(html: &str) -> impl Iterator<Item = Problem> {
    let mut lines = Lines::of(html.as_bytes());
    let mut in_doctype = false;
    memchr3_iter(b'<', b'>', b'[', html.as_bytes()).filter_map(move |at| {
        let text = html.get(at..)?;
        let Some(tag) = text.strip_prefix('<') else {
            let defines = core::mem::take(&mut in_doctype) && text.starts_with('[');
            return defines.then(|| Problem::new(lines.at(at), Rule::Doctype));
        };
        // Ending the name at the next `<` keeps the walk linear too.
        let name = tag.split('<').next()?.split(ENDS).next()?;
        in_doctype |= name.eq_ignore_ascii_case("!doctype");
        let bare = without_prefix(name);
        let forbidden = FORBIDDEN.iter().any(|forbidden| bare.eq_ignore_ascii_case(forbidden));
        forbidden.then(|| {
            let element = cut(&name.to_ascii_lowercase());
            Problem::new(lines.at(at), Rule::Element { element })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(html: &str) -> Vec<Rule> {
        problems(html).map(|problem| problem.rule().clone()).collect()
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
        let lines: Vec<_> = problems("a\n<p><set>\r\n\n<base>").map(|problem| problem.line()).collect();
        assert_eq!(lines, [2, 4]);
    }
}
