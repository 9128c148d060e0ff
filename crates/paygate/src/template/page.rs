//! Reads a page in every way in which today's parsers read it, and gathers what breaks a rule.
//!
//! The rules are held against the tokens, before the parser makes a tree of them: it drops what it has no
//! place for, a `<body onload>` in the body's midst say, and another reader might not.

use super::css;
use super::element::{self, cut, style_rule};
use super::problem::{Problem, Rule};
use super::problems::Problems;
use super::tag::Tag;
use super::tree::{Handle, MARK, Tree};
use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    self, CommentToken, ParseError, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use std::cell::{Cell, RefCell};

/// A tag or a comment may be this long. The parser is not linear in the number of a tag's attributes.
const MAX_TOKEN: usize = 32 * 1024;
const MAX_ATTRIBUTES: usize = 256;
/// What every parser takes in a `<select>`.
const IN_SELECT: [&str; 3] = ["option", "optgroup", "hr"];
const CHUNK: usize = 4 * 1024;

/// Adds everything in the page that breaks a rule.
pub(super) fn check(html: &str, tag: Option<&Tag>, problems: &mut Problems) {
    // What is in `<noscript>` is markup for a browser without scripts, and for one with scripts a text.
    for scripts in [false, true] {
        // With the tag where it is: whoever does not replace it reads a comment, which may end anywhere.
        read(&[html], scripts, problems);
        let Some(tag) = tag else { continue };
        // And with the tag replaced: what it would comment out is there.
        let before = html.get(..tag.range.start).unwrap_or_default();
        let lines = html.get(tag.range.clone()).unwrap_or_default().replace(|c| c != '\n' && c != '\r', "");
        let after = html.get(tag.range.end..).unwrap_or_default();
        let shows_mark = read(&[before, MARK, &lines, after], scripts, problems);
        if !shows_mark {
            problems.add(Problem::new(tag.line, Rule::TagHidden));
        }
    }
}

/// Reads the pieces of a page as one text. Whether the mark is shown; a reading that stopped does not deny it.
fn read(pieces: &[&str], scripts: bool, problems: &mut Problems) -> bool {
    let options = TreeBuilderOpts { scripting_enabled: scripts, ..TreeBuilderOpts::default() };
    let watch = Watch {
        builder: TreeBuilder::new(Tree::new(), options),
        problems: RefCell::new(problems),
        line: Cell::new(1),
        tokens: Cell::new(0),
        stopped: Cell::new(false),
        in_select: Cell::new(false),
    };
    let tokenizer = Tokenizer::new(watch, TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut silent = 0_usize;
    for chunk in pieces.iter().flat_map(|piece| chunks(piece)) {
        let before = tokenizer.sink.tokens.get();
        input.push_back(StrTendril::from_slice(chunk));
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        let moved = before != tokenizer.sink.tokens.get();
        silent = if moved { 0 } else { silent.saturating_add(chunk.len()) };
        if silent > MAX_TOKEN {
            tokenizer.sink.stop(Rule::TooLong);
        }
        if tokenizer.sink.stopped.get() {
            break;
        }
    }
    if !tokenizer.sink.stopped.get() {
        tokenizer.end();
    }
    tokenizer.sink.finish()
}

/// Cuts a text between characters.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    core::iter::from_fn(move || {
        // A character has at most four bytes, so one of these is between two.
        let ends = [0, 1, 2, 3].map(|back| CHUNK.saturating_sub(back));
        let (chunk, tail) = ends.into_iter().find_map(|end| rest.split_at_checked(end)).unwrap_or((rest, ""));
        rest = tail;
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// Stands between the parser's two halves and looks at every token that goes through.
struct Watch<'a> {
    builder: TreeBuilder<Handle, Tree>,
    problems: RefCell<&'a mut Problems>,
    /// Where the last token ended, which is where the next one begins.
    line: Cell<u64>,
    tokens: Cell<u64>,
    stopped: Cell<bool>,
    in_select: Cell<bool>,
}

impl Watch<'_> {
    fn report(&self, rule: Rule) {
        self.problems.borrow_mut().add(Problem::new(self.line.get(), rule));
    }

    fn stop(&self, rule: Rule) {
        self.report(rule);
        self.stopped.set(true);
    }

    fn look_at(&self, token: &Token) {
        match token {
            TagToken(tag) if tag.attrs.len() > MAX_ATTRIBUTES => {
                self.stop(Rule::TooManyAttributes { element: cut(&tag.name) });
            }
            TagToken(tag) => {
                self.look_at_select(tag);
                if tag.kind == StartTag {
                    element::check(tag, |rule| self.report(rule));
                }
            }
            CommentToken(text) if is_active(text) => self.report(Rule::ActiveComment),
            _ => {}
        }
    }

    /// Older parsers drop elements in a `<select>`, a `<style>` among them, and read its content as markup.
    fn look_at_select(&self, tag: &tokenizer::Tag) {
        if tag.kind == StartTag && self.in_select.get() && !IN_SELECT.contains(&&*tag.name) {
            self.report(Rule::WithinSelect { element: cut(&tag.name) });
        }
        if &*tag.name == "select" {
            self.in_select.set(tag.kind == StartTag);
        }
    }

    fn finish(self) -> bool {
        let problems = self.problems.into_inner();
        let tree = self.builder.sink;
        for style in tree.styles() {
            css::check(&style.text, |lines, finding| {
                problems.add(Problem::new(style.line.saturating_add(lines), style_rule("style", finding)));
            });
        }
        self.stopped.get() || tree.shows_mark()
    }
}

impl TokenSink for Watch<'_> {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if self.stopped.get() || matches!(token, ParseError(_)) {
            return TokenSinkResult::Continue;
        }
        self.tokens.set(self.tokens.get().saturating_add(1));
        self.look_at(&token);
        self.line.set(line);
        if self.stopped.get() {
            return TokenSinkResult::Continue;
        }
        let tag = if let TagToken(tag) = &token { Some((&*tag.name, tag.kind)) } else { None };
        self.builder.sink.expect(line, tag);
        let result = self.builder.process_token(token, line);
        match self.builder.sink.broken_limit() {
            Some(rule) => self.stop(rule),
            None => return result,
        }
        TokenSinkResult::Continue
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Conditional comments of Internet Explorer and processing instructions; `<?xml …?>` alone is common and idle.
fn is_active(comment: &str) -> bool {
    let text = comment.trim_start();
    text.starts_with("[if") || (text.starts_with('?') && !text.starts_with("?xml "))
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Problem, Rule};
    use crate::template::{Template, TemplateError};

    const TAG: &str = "<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE-->";

    fn rules_of(page: &str) -> Vec<Rule> {
        match Template::parse(page) {
            Err(TemplateError::Rules(problems)) => {
                problems.iter().map(|problem| problem.rule().clone()).collect()
            }
            other => other.map(|_| Vec::new()).unwrap(),
        }
    }

    /// The rules that a page breaks which begins with the tag.
    pub(in crate::template) fn rules(html: &str) -> Vec<Rule> {
        rules_of(&format!("{TAG}{html}"))
    }

    fn handler() -> Rule {
        Rule::EventHandler { element: "p".to_owned(), attribute: "onclick".to_owned() }
    }

    #[test]
    fn a_tag_may_have_256_attributes_and_after_more_nothing_is_looked_at() {
        let tag = |count: usize| {
            let attributes = (0..count).map(|number| format!(" a{number}")).collect::<Vec<_>>().concat();
            format!("<p{attributes}><p onclick=x>")
        };
        assert_eq!(rules(&tag(256)), [handler()]);
        for count in [257, 300] {
            assert_eq!(rules(&tag(count)), [Rule::TooManyAttributes { element: "p".to_owned() }]);
        }
    }

    #[test]
    fn a_page_may_be_512_elements_deep() {
        // `<html>` and `<body>` are two.
        assert_eq!(rules(&"<div>".repeat(510)), []);
        for depth in [511, 520] {
            assert_eq!(rules(&"<div>".repeat(depth)), [Rule::TooDeep]);
        }
    }

    #[test]
    fn a_comment_may_have_32_kib() {
        let comment = |length| format!("<p><!--{}-->", "x".repeat(length));
        // In pieces of 4 KiB, those in which it begins and ends are not counted.
        assert_eq!(rules(&comment(37_500)), []);
        assert_eq!(rules(&comment(41_500)), [Rule::TooLong]);
    }

    #[test]
    fn what_the_page_does_not_end_is_looked_at_too() {
        assert_eq!(rules("<!--[if IE]"), [Rule::ActiveComment]);
    }

    #[test]
    fn cdata_is_text_in_svg_and_begins_a_comment_elsewhere() {
        assert_eq!(rules("<div><![CDATA[><p onclick=x>]]></div>"), [handler()]);
        let style = "<svg><style><![CDATA[a{background:url(a.png)}]]></style></svg>";
        assert_eq!(rules(style), [Rule::StyleUrl { element: "style".to_owned() }]);
    }

    #[test]
    fn a_tag_of_several_lines_counts_as_these_in_every_reading() {
        for end in ["\n", "\r", "\r\n"] {
            let page = format!("<!--{end}TRUSTLY-PAYMENT-PAGE-GOES-HERE{end}-->{end}<p onclick=x>");
            let error = Template::parse(page).unwrap_err();
            assert_eq!(error.problems().iter().map(Problem::line).collect::<Vec<_>>(), [4], "{end:?}");
        }
    }

    #[test]
    fn an_end_tag_ends_what_was_begun_within_its_element() {
        assert_eq!(rules_of(&format!("<b><meter><i></b>{TAG}")), []);
        assert_eq!(rules_of(&format!("<b><meter><i></i>{TAG}")), [Rule::TagHidden]);
    }
}
