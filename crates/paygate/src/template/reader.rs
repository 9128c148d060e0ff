//! Who may read the page: programs that disagree on where a text ends and markup goes on.

use super::tree::Handle;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{StartTag, TagToken, Token, TokenSinkResult};

/// A way of reading.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// A browser without scripts, which reads what is in `<noscript>`.
    WithoutScripts,
    /// A browser with scripts, for which that is a text, with another end.
    WithScripts,
    /// One that knows no elements whose content is text, such as `<style>` and `<textarea>`; where these may
    /// stand, browsers of different age disagree.
    Plain,
    /// One that knows them and no SVG, in which such an element's content is markup.
    WithoutSvg,
}

/// The elements whose content is text, and ends at their own end tag alone.
const RAW_TEXT: [&str; 3] = ["style", "textarea", "title"];

impl Reader {
    pub(super) const ALL: [Self; 4] =
        [Self::WithoutScripts, Self::WithScripts, Self::Plain, Self::WithoutSvg];

    pub(super) fn runs_scripts(self) -> bool {
        matches!(self, Self::WithScripts)
    }

    /// Whether it makes a tree of the tokens, as a browser of today does.
    pub(super) fn builds(self) -> bool {
        matches!(self, Self::WithoutScripts | Self::WithScripts)
    }

    /// How a reader that makes no tree goes on after a token.
    pub(super) fn content_after(self, token: &Token) -> TokenSinkResult<Handle> {
        match (self, token) {
            (Self::WithoutSvg, TagToken(tag)) if tag.kind == StartTag && RAW_TEXT.contains(&&*tag.name) => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            _ => TokenSinkResult::Continue,
        }
    }
}
