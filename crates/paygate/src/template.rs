//! The shop's own page around Trustly's form (`URLTemplate`): checked against Trustly's security guidelines.
//!
//! The vendor's page (Trustly, row URLTemplate) says what the page at that address must keep:
//!
//! - all pictures need an absolute URL;
//! - all links must start with https;
//! - tags like script, iframe, frame, frameset, object, applet, etc are not allowed;
//! - the page must contain the tag `<!—TRUSTLY-PAYMENT-PAGE-GOES-HERE >`, where the payment page of 600 × 600
//!   pixels is shown.
//!
//! [`Template::parse`] holds a page against these and names every line that breaks one of them.
//!
//! ```
//! use paygate::template::{Rule, Template, TemplateError};
//!
//! let page = "<!DOCTYPE html>\n<title>Tea</title>\n<img src='https://shop.example/logo.png' alt='Tea'>\n\
//!             <div><!--TRUSTLY-PAYMENT-PAGE-GOES-HERE --></div>";
//! assert!(Template::parse(page).is_ok());
//!
//! let worse = format!("{page}\n<script src='https://shop.example/tea.js'></script>");
//! let error = Template::parse(worse).unwrap_err();
//! let found: Vec<_> = error.problems().iter().map(|problem| problem.to_string()).collect();
//! assert_eq!(found, ["line 5: <script> is not allowed"]);
//! ```
//!
//! # What the vendor leaves open
//!
//! The "etc" is read widely: whatever runs a program, loads another document or moves the page elsewhere is
//! refused: event handlers, `javascript:`, animations of SVG, `<link rel=modulepreload>` and `rel=prerender`,
//! conditional comments, a doctype that defines something.
//!
//! Two promises are made. No forbidden element stands in the bytes, be it in a comment, an attribute or a style:
//! a `<script>` that is commented out is refused too, since parsers disagree on where comments and texts end.
//! All else is checked as today's parsers read the page: with scripts on and off, and the tag replaced or not.
//! A problem in any of these readings counts.
//!
//! Sound pages are refused for what nobody needs beside a payment form: a link to `#top` or to `mailto:` does
//! not start with https either. Words that are shown or read out may begin like an address (`alt='Data: …'`).
//!
//! The page must be UTF-8 and hold no characters that HTML forbids. So that a check costs what the page's length
//! allows, it holds at most 1 MiB, 65536 elements, 512 of them within each other, 256 attributes on an element
//! and 32 KiB in a tag or a comment. The first 1000 problems are told.
//!
//! Three things are not checked: what stands behind the addresses (a style sheet at an absolute https URL is
//! taken, whether a `<link>` or an `@import` names it), whether a style hides the tag or lays something over it,
//! and what browsers that nobody supports any more make of a page: Internet Explorer up to 7 ran an `expression`
//! with a comment within the word, or in full-width letters.

mod address;
mod css;
mod element;
mod forbidden;
mod line;
mod meta;
mod page;
mod problem;
mod problems;
mod tag;
mod tree;

pub use problem::{Problem, Rule};
pub use tag::Spelling;

use line::Lines;
use problems::{Listed, Problems};
use tag::Tag;

/// A page that keeps Trustly's guidelines as far as a program can tell; [`Template::parse`] makes it.
///
/// ```
/// use paygate::template::{Spelling, Template};
/// let template = Template::parse("<h1>Tea</h1>\n<!—TRUSTLY-PAYMENT-PAGE-GOES-HERE >")?;
/// assert_eq!((template.spelling(), template.line()), (Spelling::Dash, 2));
/// # Ok::<(), paygate::template::TemplateError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Template {
    html: Box<str>,
    tag: Tag,
}

/// A page that cannot stand at `URLTemplate`.
///
/// ```
/// use paygate::template::{Template, TemplateError};
/// assert_eq!(Template::parse(b"Tea\nTh\xe9"), Err(TemplateError::NotUtf8 { line: 2 }));
/// assert_eq!(Template::parse(vec![b' '; 2_000_000]), Err(TemplateError::TooLarge));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// More than [`Template::MAX_BYTES`].
    #[error("the template is larger than 1 MiB")]
    TooLarge,
    /// Bytes that are not UTF-8, which the check could read otherwise than a browser does.
    #[error("the template is not UTF-8 in line {line}")]
    NotUtf8 {
        /// The line of the first such byte.
        line: u64,
    },
    /// The page breaks rules: the first 1000 problems, in the order of the lines. The message has 20 of them.
    #[error("the template breaks {} rule(s): {}", .0.len(), Listed(.0))]
    Rules(Vec<Problem>),
}

impl TemplateError {
    /// The rules that the page breaks, the first 1000 of them; empty where the page could not be read at all.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::Rules(problems) => problems,
            _ => &[],
        }
    }
}

impl Template {
    /// The most that a page may hold. The vendor names no limit; a page of a form is far from this one.
    pub const MAX_BYTES: usize = 1024 * 1024;

    /// Checks a page: text, or the bytes as they are served.
    ///
    /// # Errors
    ///
    /// The rules that the page breaks, the first 1000 of them, or why it cannot be read.
    pub fn parse(page: impl AsRef<[u8]>) -> Result<Self, TemplateError> {
        let bytes = page.as_ref();
        if bytes.len() > Self::MAX_BYTES {
            return Err(TemplateError::TooLarge);
        }
        let html = core::str::from_utf8(bytes)
            .map_err(|error| TemplateError::NotUtf8 { line: Lines::of(bytes).at(error.valid_up_to()) })?;
        let mut problems = Problems::default();
        characters(html, &mut problems);
        forbidden::check(html, &mut problems);
        let tag = tag::find(html, &mut problems);
        page::check(html, tag.as_ref(), &mut problems);
        match tag {
            Some(tag) if problems.is_empty() => Ok(Self { html: html.into(), tag }),
            _ => Err(TemplateError::Rules(problems.into_vec())),
        }
    }

    /// The page as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.html
    }

    /// How the mandatory tag begins in this page.
    #[must_use]
    pub fn spelling(&self) -> Spelling {
        self.tag.spelling
    }

    /// The line of the mandatory tag, counted from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.tag.line
    }
}

/// The page's addresses may hold a token.
impl core::fmt::Debug for Template {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Template")
            .field("spelling", &self.spelling())
            .field("line", &self.line())
            .finish_non_exhaustive()
    }
}

/// The characters that HTML does not allow, and that readers drop or keep as they like.
fn characters(html: &str, problems: &mut Problems) {
    let mut lines = Lines::of(html.as_bytes());
    for (index, _) in html.char_indices().filter(|(_, c)| is_forbidden(*c)) {
        problems.add(Problem::new(lines.at(index), Rule::Character));
    }
}

fn is_forbidden(c: char) -> bool {
    let noncharacter = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    noncharacter || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAG: &str = "<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE-->";

    #[test]
    fn a_page_of_the_greatest_size_is_read_and_one_byte_more_is_not() {
        let page = |size: usize| format!("{TAG}{}", " ".repeat(size - TAG.len()));
        assert!(Template::parse(page(Template::MAX_BYTES)).is_ok());
        assert_eq!(Template::parse(page(Template::MAX_BYTES + 1)), Err(TemplateError::TooLarge));
    }

    #[test]
    fn a_character_that_html_does_not_allow_is_refused() {
        for character in ["\0", "\x08", "\x7f", "\u{85}", "\u{fdd0}", "\u{fffe}", "\u{1ffff}"] {
            let error = Template::parse(format!("{TAG}\n{character}")).unwrap_err();
            assert_eq!(error.problems(), [Problem::new(2, Rule::Character)], "{character:?}");
        }
        assert!(Template::parse(format!("\u{feff}\t\r\n{TAG}ä – 😀")).is_ok());
    }

    #[test]
    fn debug_shows_nothing_of_the_page() {
        let template =
            Template::parse(format!("<a href='https://shop.example/?token=t0p'>x</a>{TAG}")).unwrap();
        assert_eq!(format!("{template:?}"), "Template { spelling: Hyphens, line: 1, .. }");
    }

    #[test]
    fn problems_stand_in_the_order_of_the_lines() {
        let error = Template::parse("<script>\n</script><iframe></iframe>\n<a href='#'>").unwrap_err();
        let lines: Vec<_> = error.problems().iter().map(Problem::line).collect();
        assert!(lines.is_sorted(), "{error}");
        assert!(error.to_string().starts_with("the template breaks 4 rule(s): line 1: "), "{error}");
    }

    #[test]
    fn the_first_1000_problems_are_told_and_20_of_them_printed() {
        for line in ["\u{80}\n", "<set>\n", "<p onx>\n", "<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE-->\n"] {
            let error = Template::parse(line.repeat(Template::MAX_BYTES / line.len())).unwrap_err();
            assert_eq!(error.problems().len(), 1000);
            let lines = error.problems().iter().map(Problem::line);
            assert!(lines.max() <= Some(1002), "{error}");
            let text = error.to_string();
            assert!(text.ends_with("… and 980 more") && text.matches("; line ").count() == 19, "{text}");
        }
        let style = format!("<style>{}</style>", "a{b:url(x)}\n".repeat(5000));
        assert_eq!(Template::parse(style).unwrap_err().problems().len(), 1000);
    }
}
