//! What `<meta>` may order: it does the work of a header.

use super::problem::Rule;
use html5ever::tokenizer::Tag;

/// The orders that name a type, a language, a policy or a cache. All others are refused, `refresh` and
/// `set-cookie` among them: a list of what is harmful would have to grow with the browsers.
const HARMLESS: &[&str] = &[
    "content-type",
    "content-language",
    "content-security-policy",
    "content-script-type",
    "content-style-type",
    "x-ua-compatible",
    "cache-control",
    "pragma",
    "expires",
    "imagetoolbar",
];
const UTF8: &[&str] = &["utf-8", "utf8"];

/// Calls back with every rule that a `<meta>` breaks.
pub(super) fn check(tag: &Tag, broken: &mut impl FnMut(Rule)) {
    let value = |name: &str| {
        let attribute = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
        attribute.map(|attribute| attribute.value.to_ascii_lowercase())
    };
    let order = value("http-equiv");
    if order.as_deref().is_some_and(|order| !HARMLESS.contains(&order)) {
        broken(Rule::HttpEquiv);
    }
    let content_type = order.filter(|order| order == "content-type").and(value("content"));
    let charsets = [value("charset"), content_type.and_then(|value| charset_of(&value).map(str::to_owned))];
    // Read in another encoding, harmless text can turn into markup.
    if charsets.iter().flatten().any(|charset| !UTF8.contains(&charset.trim())) {
        broken(Rule::Charset);
    }
}

/// The charset in `text/html; charset=utf-8`: the first `charset` that has a `=`, as HTML says.
fn charset_of(content_type: &str) -> Option<&str> {
    let mut tails = content_type.match_indices("charset").filter_map(|(at, name)| {
        let tail = content_type.get(at.saturating_add(name.len())..)?;
        tail.trim_ascii_start().strip_prefix('=')
    });
    let label = tails.next()?.trim_ascii_start().trim_start_matches(['"', '\'']);
    label.split(['"', '\'', ';']).next()?.split_ascii_whitespace().next().or(Some(""))
}

#[cfg(test)]
mod tests {
    use crate::template::{Rule, Template};

    fn rules(meta: &str) -> Vec<Rule> {
        let page = format!("<meta {meta}><p><!--TRUSTLY-PAYMENT-PAGE-GOES-HERE-->");
        let problems = Template::parse(page).map_or_else(|error| error.problems().to_vec(), |_| vec![]);
        problems.iter().map(|problem| problem.rule().clone()).collect()
    }

    #[test]
    fn an_order_that_is_not_known_to_be_harmless_is_refused() {
        for order in super::HARMLESS {
            assert_eq!(rules(&format!("http-equiv='{}' content='x'", order.to_ascii_uppercase())), []);
        }
        for order in ["refresh", "Refresh", " refresh", "set-cookie", "window-target", "origin-trial", ""] {
            assert_eq!(rules(&format!("http-equiv='{order}' content='x'")), [Rule::HttpEquiv], "{order}");
        }
    }

    #[test]
    fn utf_8_is_the_only_encoding() {
        for meta in
            ["charset=UTF-8", "charset=utf8", "http-equiv=content-type content='text/html;charset=\"utf-8\"'"]
        {
            assert_eq!(rules(meta), [], "{meta}");
        }
        for meta in
            ["charset=utf-16", "charset=''", "http-equiv=content-type content='text/html; charset=latin1'"]
        {
            assert_eq!(rules(meta), [Rule::Charset], "{meta}");
        }
        for content in
            ["charset charset=iso-2022-jp", "charset;charset = utf-7", "charset\u{a0}=utf-8 charset=x"]
        {
            let meta = format!("http-equiv=content-type content='text/html; {content}'");
            assert_eq!(rules(&meta), [Rule::Charset], "{meta}");
            assert_eq!(rules(&format!("charset=utf-8 {meta}")), [Rule::Charset], "{meta}");
        }
        assert_eq!(rules("http-equiv=content-type content='text/html'"), []);
        assert_eq!(rules("http-equiv=content-type content='text/html; charset charset=utf-8'"), []);
    }
}
