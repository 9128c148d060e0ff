//! What a style must not hold: addresses that are not absolute, and scripts.

mod token;

use super::address::{is_absolute, script_scheme};
use token::{Token, Tokens};

/// What was found in a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// An address that is not absolute with https, or one that cannot be told.
    Url,
    /// What runs a script.
    Script(&'static str),
}

/// The functions whose texts are addresses.
const ADDRESSES: &[&str] =
    &["url", "src", "image", "image-set", "cross-fade", "url-prefix", "alphaimageloader"];
/// The functions whose value is not known before the style is used.
const UNKNOWN: &[&str] = &["var", "env", "attr"];
/// The properties that bind a script or a link in Internet Explorer, Firefox and Opera of old, with any prefix.
const BINDINGS: [&str; 3] = ["behavior", "-moz-binding", "-o-link"];
/// Properties of today that end like one of these.
const HARMLESS: [&str; 3] = ["scroll-behavior", "overscroll-behavior", "transition-behavior"];

/// Calls back with everything found, each with the number of line ends before it.
pub(super) fn check(css: &str, mut found: impl FnMut(u64, Finding)) {
    let mut tokens = Tokens::of(css);
    // For every open parenthesis, whether a text in it is an address.
    let mut open: Vec<bool> = Vec::new();
    let mut last_name = String::new();
    let mut imports = false;
    while let Some(token) = tokens.next() {
        let inside_address = open.last().copied().unwrap_or(false);
        let name = core::mem::take(&mut last_name);
        let imported = core::mem::take(&mut imports);
        let finding = match token {
            // `@import` must name what it takes in, as `<link rel=stylesheet>` must.
            Token::Name(_) | Token::At(_) | Token::Other(_) if imported => Some(Finding::Url),
            Token::Name(name) => {
                last_name = name;
                None
            }
            Token::Function(name) => {
                open.push(is_address(&name));
                match &*name {
                    "expression" => Some(Finding::Script("expression")),
                    name if inside_address && UNKNOWN.contains(&name) => Some(Finding::Url),
                    _ => None,
                }
            }
            Token::At(name) => {
                imports = name == "import";
                None
            }
            Token::Url(address) => refused(&address),
            Token::Text(text) if inside_address || imported => refused(&text),
            // A text may be a sentence that begins with `Data: `.
            Token::Text(text) => {
                script_scheme(&text).filter(|scheme| *scheme != "data:").map(Finding::Script)
            }
            Token::Other(':') => binding(&name).map(Finding::Script),
            Token::Other(other) => {
                match other {
                    '(' => open.push(false),
                    ')' => drop(open.pop()),
                    _ => {}
                }
                None
            }
        };
        if let Some(finding) = finding {
            found(tokens.lines(), finding);
        }
    }
}

fn is_address(function: &str) -> bool {
    let name = ["-webkit-", "-moz-", "-o-", "-ms-"].iter().find_map(|vendor| function.strip_prefix(vendor));
    ADDRESSES.contains(&name.unwrap_or(function))
}

fn binding(property: &str) -> Option<&'static str> {
    let harmless = HARMLESS.contains(&property);
    BINDINGS.into_iter().find(|binding| property.ends_with(binding) && !harmless)
}

/// An address within the page (`#gradient`) loads nothing.
fn refused(address: &str) -> Option<Finding> {
    (!is_absolute(address) && !address.starts_with('#')).then_some(Finding::Url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(css: &str) -> Vec<Finding> {
        let mut all = Vec::new();
        check(css, |_, finding| all.push(finding));
        all
    }

    #[test]
    fn a_sound_style_passes() {
        for css in [
            "body { background: url(https://shop.example/a.png) no-repeat; color: #fff }",
            "body { background: url( 'https://shop.example/a.png' ) }",
            "@media (400px <= width < 900px) { a { scroll-behavior: smooth; width: calc(1px + (2px * -1e3)) } }",
            "@font-face { src: url(\"https://shop.example/a.woff2\") format(\"woff2\") }",
            "a::after { content: 'url(a.png) @import expression( /*'; quotes: \"'\" \"'\" }",
            "a::after { content: 'Data: x'; overscroll-behavior: none; overscroll-behavior-x: none }",
            "@import 'https://shop.example/a.css' screen; @import/**/url(https://shop.example/a.css) layer(a);",
            "/* url(a.png) @import expression(behavior: */ p { fill: url(#g) }",
            "a { background: image-set('https://shop.example/a.webp' type('image/webp')) }",
            "<!-- p { color: red } --> .behavior { margin: -.5em +1px } #url-1 { }",
        ] {
            assert_eq!(findings(css), [], "{css}");
        }
    }

    #[test]
    fn an_address_is_seen_however_it_is_written() {
        for css in [
            "a{b:url(a.png)}",
            "a{b:url(//shop.example/a.png)}",
            "a{b:URL('a.png')}",
            "a{b:url()}",
            "a{b:url(",
            "a{b:u\\72l(a.png)}",
            "a{b:\\000075 rl(a.png)}",
            "a{b:url(h\\74tp://shop.example)}",
            "a{b:url(/**/https://shop.example/)}",
            "a{b:url(https://shop.example/a'b)}",
            "a{b:url(data:x)}",
            "a{c:'/*';b:url(a.png)}/**/",
            "a{c:\"\n;b:url(a.png)}",
            "a{c:1url('x);b:url(a.png)';d:url(a)}",
            "a{b:image-set('a.png' 1x)}",
            "a{b:-webkit-image-set(\"a.png\" 1x)}",
            "a{b:src('a.png')}",
            "a{b:image-set((1x) 'a.png' 1x)}",
            "a{b:image-set(var(--b) 1x)}",
            "a{filter:progid:DXImageTransform.Microsoft.AlphaImageLoader(src='a.png')}",
            "a{c:1.url(x'x)}b{d:url(a)}/*'*/",
            "<!--url(a.png)",
            "a{c:'\\\n';b:url(a.png)}",
            "a{c:'\\'';b:url(a.png)}",
            "a{b:url(https://x(y)}",
            "@import 'a.css';",
            "@IMPORT url(//shop.example/a.css)",
            "@\\69mport\n'a'",
            "@i\\6d port'a'",
            "@import url( 'http://shop.example/a.css' )",
            "@import a.css 'https://shop.example/a.css'",
            "@import @import 'https://shop.example/a.css'",
        ] {
            assert_eq!(findings(css).first(), Some(&Finding::Url), "{css}");
        }
    }

    #[test]
    fn a_script_is_seen_however_it_is_written() {
        for css in ["a{b:expression(x)}", "a{b:exp\\72 ession(x)}", "a{b:EXPRESSION(x)}"] {
            assert_eq!(findings(css), [Finding::Script("expression")], "{css}");
        }
        for css in ["a{behavior:x}", "a{be\\68 avior/**/ :x}", "behavior:x"] {
            assert_eq!(findings(css), [Finding::Script("behavior")], "{css}");
        }
        for css in ["a{-ms-behavior:x}", "a{_behavior:x}", "a{*behavior:x}", "a{--behavior:x}"] {
            assert_eq!(findings(css), [Finding::Script("behavior")], "{css}");
        }
        assert_eq!(findings("a{-moz-binding:x}"), [Finding::Script("-moz-binding")]);
        assert_eq!(findings("a{-o-link:x}"), [Finding::Script("-o-link")]);
        for css in ["a{b:'javascript:x'}", "a{b:f(\"java\\\nscript:x\")}", "a{b:' JavaScript\\3a x'}"] {
            assert_eq!(findings(css), [Finding::Script("javascript:")], "{css}");
        }
    }

    #[test]
    fn a_finding_knows_how_many_lines_stand_before_it() {
        let mut lines = Vec::new();
        check("/*\n*/ a {\n b: url(x);\n c: '\\\n'; d: url(y) }", |line, _| lines.push(line));
        assert_eq!(lines, [2, 4]);
    }
}
