//! The mandatory tag: found in the raw text, since that is where it is replaced.

use super::line::Lines;
use super::problem::{Problem, Rule};
use super::problems::Problems;
use core::ops::Range;
use memchr::memmem;

/// How the mandatory tag begins.
///
/// The vendor's page prints [`Self::Dash`]; the dash looks like a word processor's work on the two hyphens
/// that begin a comment in HTML. Which of them Trustly replaces is not said, so a page that shows nothing in
/// the tag's place may need another spelling.
///
/// The tag's end is not told here, and it too can differ: after blanks, or none, come `>` as on the vendor's
/// page, `-->` as in HTML, `—>`, or any of these with `›` for the greater-than sign.
///
/// ```
/// use paygate::template::{Spelling, Template};
/// let template = Template::parse("<p>Tea</p>‹!—TRUSTLY-PAYMENT-PAGE-GOES-HERE ›")?;
/// assert_eq!(template.spelling(), Spelling::AngleQuote);
/// assert_eq!(template.spelling().opening(), "‹!—");
/// # Ok::<(), paygate::template::TemplateError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Spelling {
    /// `<!—`, as the vendor's page (Trustly, row URLTemplate) has it.
    Dash,
    /// `<!--`, as HTML begins a comment.
    Hyphens,
    /// `‹!—`, with a quotation mark in place of the less-than sign.
    AngleQuote,
}

impl Spelling {
    const ALL: [Self; 3] = [Self::Dash, Self::Hyphens, Self::AngleQuote];

    /// The characters before the name.
    #[must_use]
    pub fn opening(self) -> &'static str {
        match self {
            Self::Dash => "<!—",
            Self::Hyphens => "<!--",
            Self::AngleQuote => "‹!—",
        }
    }
}

/// Where the tag stands.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) range: Range<usize>,
    pub(super) line: u64,
    pub(super) spelling: Spelling,
}

const NAME: &str = "TRUSTLY-PAYMENT-PAGE-GOES-HERE";
const BLANKS: [char; 5] = [' ', '\t', '\n', '\r', '\x0c'];

/// Finds the first tag of the page, and says what is wrong with its tags.
pub(super) fn find(html: &str, problems: &mut Problems) -> Option<Tag> {
    let mut lines = Lines::of(html.as_bytes());
    let mut tag = None;
    let mut found = false;
    for start in memmem::find_iter(html.as_bytes(), NAME) {
        let line = lines.at(start);
        found = true;
        match around(html, start) {
            Some((range, spelling)) if tag.is_none() => tag = Some(Tag { range, line, spelling }),
            Some(_) => problems.add(Problem::new(line, Rule::TagTwice)),
            None => problems.add(Problem::new(line, Rule::TagMisspelt)),
        }
    }
    if !found {
        problems.add(Problem::new(lines.at(html.len()), Rule::TagMissing));
    }
    tag
}

/// The whole tag around a name that starts there.
fn around(html: &str, name: usize) -> Option<(Range<usize>, Spelling)> {
    let before = html.get(..name)?.trim_end_matches(BLANKS);
    let (start, spelling) = Spelling::ALL.iter().find_map(|spelling| {
        before.strip_suffix(spelling.opening()).map(|before| (before.len(), *spelling))
    })?;
    let after = html.get(name..)?.strip_prefix(NAME)?.trim_start_matches(BLANKS);
    let after = after.strip_prefix("--").or_else(|| after.strip_prefix('—')).unwrap_or(after);
    let after = after.strip_prefix(['>', '›'])?;
    Some((start..html.len().saturating_sub(after.len()), spelling))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(html: &str) -> Vec<(u64, Rule)> {
        let mut problems = Problems::default();
        find(html, &mut problems);
        problems.into_vec().iter().map(|p| (p.line(), p.rule().clone())).collect()
    }

    #[test]
    fn every_spelling_is_found_whole() {
        for opening in ["<!—", "<!--", "‹!—"] {
            for closing in [">", " >", "-->", " -->", "—>", " ›", "\n-->"] {
                for blank in ["", " ", "\n\t"] {
                    let written = format!("{opening}{blank}TRUSTLY-PAYMENT-PAGE-GOES-HERE{closing}");
                    let html = format!("ä\n<p>{written}</p>");
                    let tag = find(&html, &mut Problems::default()).unwrap();
                    assert_eq!(html.get(tag.range).unwrap(), written);
                    assert_eq!(tag.spelling.opening(), opening);
                }
            }
        }
    }

    #[test]
    fn a_page_without_the_tag_is_refused_at_its_end() {
        assert_eq!(rules("<p>\n</p>\n"), [(3, Rule::TagMissing)]);
        assert_eq!(rules(""), [(1, Rule::TagMissing)]);
    }

    #[test]
    fn a_second_tag_is_refused_where_it_stands() {
        let tag = "<!—TRUSTLY-PAYMENT-PAGE-GOES-HERE >\n";
        assert_eq!(rules(&tag.repeat(3)), [(2, Rule::TagTwice), (3, Rule::TagTwice)]);
    }

    #[test]
    fn the_name_in_any_other_dress_is_refused() {
        for html in [
            "TRUSTLY-PAYMENT-PAGE-GOES-HERE",
            "<!-TRUSTLY-PAYMENT-PAGE-GOES-HERE >",
            "<TRUSTLY-PAYMENT-PAGE-GOES-HERE >",
            "<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE",
            "<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE x>",
            "<!-- put TRUSTLY-PAYMENT-PAGE-GOES-HERE -->",
            "&lt;!--TRUSTLY-PAYMENT-PAGE-GOES-HERE--&gt;",
        ] {
            assert_eq!(rules(html), [(1, Rule::TagMisspelt)], "{html}");
        }
    }
}
