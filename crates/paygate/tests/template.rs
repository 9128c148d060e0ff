//! Attacks on the check of a page template: each must be refused, for the rule that it breaks.
#![cfg(feature = "template")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

use paygate::template::{Problem, Rule, Spelling, Template, TemplateError};
use proptest::prelude::*;

/// A page as a shop may have it; `⟨⟩` marks where the attacks go in.
const GOOD: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Data: tea, and javascript is not needed">
<title>Tee & Kräuter – Bezahlen</title>
<link rel="stylesheet" href="https://shop.example/style.css?v=3">
<link rel="icon" href="https://shop.example/favicon.ico">
<style type="text/css">
/* the header's picture: url(a.png) */
body { background: #fff url("https://shop.example/bg.png") no-repeat; color: #333 }
@media (max-width: 600px) { .pay > div { margin: -.5em auto; scroll-behavior: smooth } }
a::after { content: "\201C url(x) '" }
</style>
</head>
<body class="pay" style="margin:0; background-image: url(https://shop.example/b.png)">
<!-- the header -->
<a href="https://shop.example/" title="data: and more"><img src="https://shop.example/logo.png"
  srcset="https://shop.example/logo.png 1x, https://shop.example/logo@2x.png 2x" alt="Tee"></a>
<svg viewBox="0 0 10 10" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>
<path d="M0 0h10" fill="url(#g)"/><use xlink:href="#g"/><image href="https://shop.example/a.png"/></svg>
<form action="https://shop.example/cancel" method="post"><input name="a" value="1"><button>Zurück</button></form>
<table><tr><td>
<div id="trustly">
<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE -->
</div>
</td></tr></table>
<noscript><p>Sie brauchen kein JavaScript.</p></noscript>
⟨⟩
<p>&copy; Tee &amp; Kr&auml;uter</p>
</body>
</html>
"##;

fn page(attack: &str) -> String {
    GOOD.replace("⟨⟩", attack)
}

fn problems(html: &str) -> Vec<Problem> {
    match Template::parse(html) {
        Ok(_) => vec![],
        Err(TemplateError::Rules(problems)) => problems,
        Err(other) => panic!("{other}"),
    }
}

fn rules(html: &str) -> Vec<Rule> {
    problems(html).iter().map(|problem| problem.rule().clone()).collect()
}

fn element(element: &str) -> Rule {
    Rule::Element { element: element.into() }
}
fn handler(element: &str, attribute: &str) -> Rule {
    Rule::EventHandler { element: element.into(), attribute: attribute.into() }
}
fn script(element: &str, attribute: &str, scheme: &'static str) -> Rule {
    Rule::ScriptUrl { element: element.into(), attribute: attribute.into(), scheme }
}
fn link(element: &str, attribute: &str) -> Rule {
    Rule::Link { element: element.into(), attribute: attribute.into() }
}
fn picture(element: &str, attribute: &str) -> Rule {
    Rule::Picture { element: element.into(), attribute: attribute.into() }
}
fn attribute(element: &str, attribute: &str) -> Rule {
    Rule::Attribute { element: element.into(), attribute: attribute.into() }
}
fn style_url(element: &str) -> Rule {
    Rule::StyleUrl { element: element.into() }
}
fn style_script(element: &str, what: &'static str) -> Rule {
    Rule::StyleScript { element: element.into(), what }
}
fn within_select(element: &str) -> Rule {
    Rule::WithinSelect { element: element.into() }
}
fn doubled(element: &str) -> Rule {
    Rule::DoubledAttribute { element: element.into() }
}

fn assert_refused(attacks: Vec<(&str, Rule)>) {
    for (attack, rule) in attacks {
        let found = rules(&page(attack));
        assert!(found.contains(&rule), "{attack}\nwants {rule:?}\nfound {found:?}");
    }
}

#[test]
fn a_good_page_passes() {
    let template = Template::parse(page("")).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(template.spelling(), Spelling::Hyphens);
    assert_eq!(template.line(), 30);
    assert_eq!(template.as_str(), page(""));
    for crlf in ["\r\n", "\r"] {
        assert_eq!(Template::parse(page("").replace('\n', crlf)).unwrap().line(), 30);
    }
}

#[test]
fn pages_as_shops_have_them_pass() {
    for html in [
        include_str!("data/template-html401.html"),
        include_str!("data/template-xhtml10.html"),
        include_str!("data/template-html5-bootstrap.html"),
    ] {
        assert_eq!(problems(html), []);
        assert_eq!(problems(&html.replace('\n', "\r\n")), []);
    }
}

#[test]
fn a_word_that_says_nothing_where_it_stands_passes() {
    for html in ["<a rel='import' href='https://shop.example/'>x</a>", "<p title='javascript'>x</p>"] {
        assert_eq!(problems(&page(html)), [], "{html}");
    }
}

#[test]
fn every_spelling_of_the_tag_passes() {
    for tag in [
        "<!—TRUSTLY-PAYMENT-PAGE-GOES-HERE >",
        "<!—TRUSTLY-PAYMENT-PAGE-GOES-HERE—>",
        "<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE >",
        "<!-- TRUSTLY-PAYMENT-PAGE-GOES-HERE\n-->",
        "‹!—TRUSTLY-PAYMENT-PAGE-GOES-HERE ›",
    ] {
        let html = page("").replace("<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE -->", tag);
        assert_eq!(problems(&html), [], "{tag}");
    }
}

#[test]
fn a_forbidden_element_is_refused_however_it_is_hidden() {
    assert_refused(vec![
        ("<script>alert(1)</script>", element("script")),
        ("<ScRiPt\n/src='https://shop.example/a.js'>", element("script")),
        ("<script/xss src=https://shop.example/a.js></script >", element("script")),
        ("<iframe src='https://shop.example/'></iframe>", element("iframe")),
        ("<frame src='https://shop.example/'>", element("frame")),
        ("<frameset><frame></frameset>", element("frameset")),
        ("<object data='https://shop.example/a.swf'></object>", element("object")),
        ("<applet code='A.class'></applet>", element("applet")),
        ("<embed src='https://shop.example/a.swf'>", element("embed")),
        ("<base href='https://evil.example/'>", element("base")),
        ("<portal src='https://shop.example/'></portal>", element("portal")),
        ("<fencedframe></fencedframe>", element("fencedframe")),
        ("<noframes><p></noframes>", element("noframes")),
        ("<plaintext>", element("plaintext")),
        ("<svg><script>alert(1)</script></svg>", element("script")),
        ("<svg:script>alert(1)</svg:script>", element("svg:script")),
        ("<math><mtext><script></script></mtext></math>", element("script")),
        ("<svg><foreignObject><iframe></iframe></foreignObject></svg>", element("iframe")),
        ("<template><script></script></template>", element("script")),
        ("<template shadowrootmode=open><script></script></template>", element("script")),
        ("<noscript><iframe></iframe></noscript>", element("iframe")),
        ("<noscript><p title='</noscript><script>alert(1)</script>'></noscript>", element("script")),
        ("<select><style><script></script></style></select>", element("script")),
        ("<textarea><script></script></textarea>", element("script")),
        ("<svg><style><!--</style><script></script>--></svg>", element("script")),
        ("<math><mglyph><style><![CDATA[</style><script></script>]]></math>", element("script")),
        ("<!--><script></script>-->", element("script")),
        ("<!-- --!><script></script>-->", element("script")),
        ("<table><script></script></table>", element("script")),
        ("<<script>alert(1)//<</script>", element("script")),
        ("<svg><set attributeName=onmouseover to=x /></svg>", element("set")),
        ("<svg><a><animate attributeName='xlink:href' values='x' /></a></svg>", element("animate")),
        // Some parsers of today and of yesterday ignore a style and a title in a select.
        (
            "<style>a{color:red}/*<!--*/</style><select><style><script>alert(1)</script></style></select><!-- -->",
            element("script"),
        ),
        ("<select><title><script>alert(1)</script></title></select>", element("script")),
        ("<!-- <script src='old.js'></script> -->", element("script")),
        ("<p title='<script>'>", element("script")),
        ("<style>/* <IFRAME */</style>", element("iframe")),
    ]);
}

#[test]
fn what_some_parsers_drop_within_a_select_is_refused() {
    assert_refused(vec![
        ("<select><style></select><p onclick=x></style>", within_select("style")),
        ("<select><title></select><p onclick=x></title></select>", within_select("title")),
        ("<select><svg><![CDATA[>]</select><p onclick=x>]]>", within_select("svg")),
        (
            "<select><template></select></template><style></select><p onclick=x></style>",
            within_select("template"),
        ),
        ("<select><noscript></select><p title='</noscript><p onclick=x>'>", within_select("noscript")),
    ]);
    let sound = "<select name=l><optgroup label=EU><option value=de>D<hr><option>A</select><style></style>";
    assert_eq!(problems(&page(sound)), []);
}

#[test]
fn a_doctype_that_defines_something_is_refused() {
    let entity = "<!DOCTYPE html [<!ENTITY a '&#60;script>'>]>";
    assert_eq!(rules(&page("").replace("<!DOCTYPE html>", entity)), [Rule::Doctype]);
}

#[test]
fn a_script_that_a_late_end_of_the_unreplaced_tag_lets_out_is_refused() {
    let tag = "<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE >";
    let attack = "<p title='--><script>alert(1)</script>'></p>";
    assert_eq!(rules(&format!("{tag}{attack}")), [element("script")]);
    let behind = format!("{tag}<script></script>-->");
    assert_eq!(rules(&behind), [element("script")]);
}

#[test]
fn an_attribute_that_runs_or_moves_something_is_refused() {
    assert_refused(vec![
        ("<p onclick=pay()>", handler("p", "onclick")),
        ("<img src='https://shop.example/a.png' OnError=x>", handler("img", "onerror")),
        ("<img/onload=x/src=https://shop.example/a.png>", handler("img", "onload")),
        ("<svg onload=x>", handler("svg", "onload")),
        ("<body onload=x>", handler("body", "onload")),
        ("<html onclick=x>", handler("html", "onclick")),
        ("<details ontoggle=x open>", handler("details", "ontoggle")),
        ("<p x:onclick=pay()>", handler("p", "x:onclick")),
        ("<p on:click=pay()>", handler("p", "on:click")),
        ("<p srcdoc='<script>'>", attribute("p", "srcdoc")),
        ("<svg xml:base='https://evil.example/'></svg>", attribute("svg", "xml:base")),
        ("<a href='https://shop.example/' href='javascript:x'>x</a>", doubled("a")),
        ("<a href='javascript:alert(1)'>x</a>", script("a", "href", "javascript:")),
        ("<a href='&#106;ava&Tab;script&colon;alert(1)'>x</a>", script("a", "href", "javascript:")),
        ("<a href=' &#1;java\nscript:alert(1)'>x</a>", script("a", "href", "javascript:")),
        ("<a href='VBScript:x'>x</a>", script("a", "href", "vbscript:")),
        ("<a href='data:text/html,<b>'>x</a>", script("a", "href", "data:")),
        ("<img src='data:image/png;base64,AAAA'>", script("img", "src", "data:")),
        ("<form action='javascript:x'></form>", script("form", "action", "javascript:")),
        ("<button formaction='javascript:x'>x</button>", script("button", "formaction", "javascript:")),
        (
            "<svg><a xlink:href='javascript:x'><text>x</text></a></svg>",
            script("a", "xlink:href", "javascript:"),
        ),
        ("<p url='javascript:x'>", script("p", "url", "javascript:")),
    ]);
}

#[test]
fn a_link_that_does_not_start_with_https_is_refused() {
    assert_refused(vec![
        ("<a href='http://shop.example/'>x</a>", link("a", "href")),
        ("<a href='//shop.example/'>x</a>", link("a", "href")),
        ("<a href='/agb'>x</a>", link("a", "href")),
        ("<a href='#top'>x</a>", link("a", "href")),
        ("<a href='mailto:a@shop.example'>x</a>", link("a", "href")),
        ("<a href>x</a>", link("a", "href")),
        ("<a href='https:\\\\evil.example'>x</a>", link("a", "href")),
        ("<a href='ht\ntps://shop.example/'>x</a>", link("a", "href")),
        ("<area href='a.html'>", link("area", "href")),
        ("<link rel=stylesheet href='style.css'>", link("link", "href")),
        ("<form action='pay.php'></form>", link("form", "action")),
        ("<form action=''></form>", link("form", "action")),
        ("<input type=submit formaction='pay.php'>", link("input", "formaction")),
        ("<a ping='https://a.example/ http://b.example/' href='https://a.example/'>x</a>", link("a", "ping")),
        ("<blockquote cite='http://shop.example/'>", link("blockquote", "cite")),
        ("<svg><use href='http://evil.example/a.svg#x'/></svg>", link("use", "href")),
        ("<math><mi xlink:href='http://evil.example/'>x</mi></math>", link("mi", "xlink:href")),
        ("<link rel='stylesheet Import' href='https://shop.example/a.html'>", Rule::Rel { rel: "import" }),
        ("<link rel=modulepreload href='https://shop.example/a.js'>", Rule::Rel { rel: "modulepreload" }),
        ("<link rel=PreRender href='https://shop.example/a'>", Rule::Rel { rel: "prerender" }),
        ("<link rel='x serviceworker' href='https://shop.example/a'>", Rule::Rel { rel: "serviceworker" }),
    ]);
}

#[test]
fn a_picture_without_an_absolute_https_url_is_refused() {
    assert_refused(vec![
        ("<img src='logo.png'>", picture("img", "src")),
        ("<img src='/logo.png'>", picture("img", "src")),
        ("<img src='//shop.example/logo.png'>", picture("img", "src")),
        ("<img src='http://shop.example/logo.png'>", picture("img", "src")),
        ("<image src='logo.png'>", picture("image", "src")),
        ("<input type=image src='a.png'>", picture("input", "src")),
        ("<img srcset='https://shop.example/a.png 1x, b.png 2x'>", picture("img", "srcset")),
        ("<picture><source srcset='//shop.example/a.png'></picture>", picture("source", "srcset")),
        ("<link rel=preload as=image imagesrcset='a.png 1x'>", picture("link", "imagesrcset")),
        ("<video poster='a.png'></video>", picture("video", "poster")),
        ("<table background='a.png'></table>", picture("table", "background")),
        ("<svg><image href='a.png'/></svg>", picture("image", "href")),
        ("<svg><feImage xlink:href='a.png'/></svg>", picture("feimage", "xlink:href")),
        ("<svg><rect fill='url(http://evil.example/a.svg#g)'/></svg>", picture("rect", "fill")),
        ("<svg><rect filter='u\\72l(a.svg#g)'/></svg>", picture("rect", "filter")),
    ]);
}

#[test]
fn a_style_that_loads_or_runs_something_is_refused() {
    assert_refused(vec![
        ("<p style='background:url(a.png)'>", style_url("p")),
        ("<p style='background:u\\72 l(//evil.example/a.png)'>", style_url("p")),
        ("<p style='background:url(&quot;http://evil.example/a.png&quot;)'>", style_url("p")),
        ("<style>p{background:url( 'http://evil.example/' )}</style>", style_url("style")),
        ("<style>p{background:image-set('a.png' 1x)}</style>", style_url("style")),
        ("<svg><style>p{background:url(<!-- -->a.png)}</style></svg>", style_url("style")),
        ("<svg><style>p{background:&#117;rl(a.png)}</style></svg>", style_url("style")),
        ("<style>@import '//shop.example/a.css';</style>", style_url("style")),
        ("<style>@\\69 mport 'a.css';</style>", style_url("style")),
        ("<svg><style>&#x40;import 'a.css';</style></svg>", style_url("style")),
        ("<p style='width:expression(alert(1))'>", style_script("p", "expression")),
        ("<p style='width:e\\78pression(x)'>", style_script("p", "expression")),
        ("<p style='width:EXPRESSION(x)'>", style_script("p", "expression")),
        ("<p style='-ms-behavior:url(https://shop.example/a.htc)'>", style_script("p", "behavior")),
        ("<p style='_behavior:url(https://shop.example/a.htc)'>", style_script("p", "behavior")),
        ("<p style='-o-link:&quot;https://shop.example/&quot;'>", style_script("p", "-o-link")),
        ("<p style='b:&quot;javascript:alert(1)&quot;'>", style_script("p", "javascript:")),
        ("<style>p{behavior:url(https://shop.example/a.htc)}</style>", style_script("style", "behavior")),
        ("<p style='-moz-binding : url(https://shop.example/a.xml#a)'>", style_script("p", "-moz-binding")),
        ("<noscript><style>p{background:url(a.png)}</style></noscript>", style_url("style")),
        ("<template><style>@import 'a';</style></template>", style_url("style")),
    ]);
}

#[test]
fn a_meta_that_moves_the_page_or_its_encoding_is_refused() {
    assert_refused(vec![
        ("<meta http-equiv=refresh content='0;url=https://evil.example/'>", Rule::HttpEquiv),
        ("<meta HTTP-EQUIV='ReFresh' content='0'>", Rule::HttpEquiv),
        ("<meta http-equiv='&#114;efresh' content='0'>", Rule::HttpEquiv),
        ("<meta http-equiv=Set-Cookie content='a=b'>", Rule::HttpEquiv),
        ("<meta charset=utf-7>", Rule::Charset),
        ("<meta charset=iso-2022-jp>", Rule::Charset),
        ("<meta http-equiv=content-type content='text/html; charset = \"utf-7\"'>", Rule::Charset),
        ("<meta http-equiv=content-type content='text/html; charset charset=iso-2022-jp'>", Rule::Charset),
        ("<!--[if IE]><script></script><![endif]-->", Rule::ActiveComment),
        ("<![if IE]>", Rule::ActiveComment),
        ("<?import namespace='t' implementation='#default#time2'>", Rule::ActiveComment),
        ("<p>\0</p>", Rule::Character),
    ]);
}

#[test]
fn a_tag_that_would_not_be_shown_is_refused() {
    const TAG: &str = "<!—TRUSTLY-PAYMENT-PAGE-GOES-HERE >";
    for around in [
        "<!-- ⟨⟩ -->",
        "<p title='⟨⟩'>",
        "<p ⟨⟩>",
        "<p⟨⟩>",
        "</⟨⟩>",
        "<title>⟨⟩</title>",
        "<head><title>x</title>⟨⟩</head><body></body>",
        "<head>⟨⟩<body>",
        "<style>⟨⟩</style>",
        "<textarea>⟨⟩</textarea>",
        "<noscript>⟨⟩</noscript>",
        "<template><div>⟨⟩</div></template>",
        "<template shadowrootmode=open>⟨⟩</template>",
        "<select><option>⟨⟩</option></select>",
        "<div hidden><b>⟨⟩</b></div>",
        "<b hidden><div><div><div><div><div><div><div><div><div></b>⟨⟩",
        "<dialog>⟨⟩</dialog>",
        "<details>⟨⟩</details>",
        "<details><summary>x</summary><p>⟨⟩</p></details>",
        "<div popover>⟨⟩</div>",
        "<div popover=manual><p>⟨⟩</p></div>",
        "<video>⟨⟩</video>",
        "<svg><text>⟨⟩</text></svg>",
        "<math><mtext>⟨⟩</mtext></math>",
        "<body><p>x</p><html hidden>⟨⟩",
        "<!-- ⟨⟩ -->&#xFDD0;&#xFDD0;&#xFDD0;",
    ] {
        let found = rules(&around.replace("⟨⟩", TAG));
        assert!(found.contains(&Rule::TagHidden), "{around}: {found:?}");
    }
    for around in [
        "⟨⟩",
        "\r⟨⟩",
        "\r\n⟨⟩\r",
        "&am⟨⟩",
        "&⟨⟩p;",
        "x<⟨⟩",
        "<head><title>x</title><p>⟨⟩",
        "<head></head>⟨⟩",
        "<head></head><body><p><head>⟨⟩",
        "<body><head>⟨⟩",
        "<p>x</p><head><title>x</title>⟨⟩",
        "<head></head><head>⟨⟩",
        "<details open>⟨⟩</details>",
        "<table>⟨⟩</table>",
        "<table><tr>⟨⟩<td></table>",
        "<b><p>x</b>⟨⟩",
        "<b hidden><p>x</b>⟨⟩",
        "<center><font>⟨⟩</font></center>",
        "<svg><g></g></svg><p>⟨⟩",
        "<body></body></html>⟨⟩",
    ] {
        assert_eq!(problems(&around.replace("⟨⟩", TAG)), [], "{around:?}");
    }
}

#[test]
fn a_page_must_hold_the_tag_once() {
    let tag = "<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE -->";
    assert_eq!(rules("<p>Tea</p>"), [Rule::TagMissing]);
    assert_eq!(rules(&tag.repeat(2)), [Rule::TagTwice]);
    assert_eq!(rules(&format!("{tag}<!-- TRUSTLY-PAYMENT-PAGE-GOES-HERE: above -->")), [Rule::TagMisspelt]);
}

#[test]
fn a_problem_names_the_line_where_its_tag_begins() {
    let tag = "<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE\n-->\n";
    let html = format!(
        "{tag}<p\n>\n<img\n alt='x'\n src='a.png'><style>\n\np {{ color: red;\nbackground: url(a.png) }}</style>\n\
         <!--\n--><script>\n</script>"
    );
    for html in [html.clone(), html.replace('\n', "\r\n")] {
        let found: Vec<_> = problems(&html).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "line 5: src of <img> must be an absolute URL that starts with https://",
                "line 10: an address in the style of <style> must start with https:// and a host",
                "line 12: <script> is not allowed",
            ]
        );
    }
}

#[test]
fn an_error_shows_no_value() {
    let error = Template::parse(page(
        "<a href='http://t0p-secret.example/' onclick='t0p-secret' style='a:url(t0p-secret)'><meta http-equiv=t0p-secret>",
    ))
    .unwrap_err();
    assert_eq!(error.problems().len(), 4);
    assert!(!format!("{error} {error:?}").contains("t0p"), "{error:?}");
}

#[test]
fn a_page_is_refused_where_looking_at_it_would_cost_too_much() {
    let tag = "<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE -->";
    let attributes = (0..7000).map(|n| format!("a{n} ")).collect::<Vec<_>>().concat();
    let formatting = (0..400).map(|n| format!("<b a{n}>")).collect::<Vec<_>>().concat();
    let pages = [
        ("<div>".repeat(10_000), Rule::TooDeep),
        ("<b>".repeat(200_000), Rule::TooDeep),
        ("<svg>".repeat(100_000), Rule::TooDeep),
        ("<template>".repeat(50_000), Rule::TooDeep),
        ("<table><b>".repeat(50_000), Rule::TooManyElements),
        ("<br>".repeat(200_000), Rule::TooManyElements),
        (format!("{formatting}{}", "x<p>".repeat(200_000)), Rule::TooManyElements),
        (
            format!("<p {}>", attributes.get(..30_000).unwrap()),
            Rule::TooManyAttributes { element: "p".into() },
        ),
        (format!("<p {}>", "a ".repeat(400_000)), Rule::TooLong),
        (format!("<p title='{}", "x".repeat(900_000)), Rule::TooLong),
        (format!("<!--{}", "x".repeat(900_000)), Rule::TooLong),
    ];
    for (html, rule) in pages {
        let found = rules(&format!("{tag}{html}"));
        assert!(found.contains(&rule), "{rule:?}: {found:?}");
    }
    for html in
        ["<div>".repeat(300), "<br>".repeat(60_000), "x".repeat(1_000_000), "<p>&amp;\n".repeat(60_000)]
    {
        assert_eq!(problems(&format!("{tag}{html}")), []);
    }
}

const INJECTED: [&str; 8] = [
    "<script>",
    "<iframe src=https://shop.example/>",
    "</a><object>",
    "<EMBED>",
    "<base href=https://shop.example/>",
    "<svg><script>",
    "<p onclick=x>",
    "<meta http-equiv=refresh>",
];
/// Pieces that parsers stumble over.
const PIECES: [&str; 40] = [
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<select>",
    "<option>",
    "</select>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mtext>",
    "<annotation-xml encoding='text/html'>",
    "<foreignObject>",
    "<template>",
    "</template>",
    "<b>",
    "</b>",
    "<a>",
    "</a>",
    "<p>",
    "</p>",
    "<form>",
    "</form>",
    "<head>",
    "</head>",
    "<body>",
    "<frameset>",
    "</html>",
    "<noscript>",
    "</noscript>",
    "<style>",
    "</style>",
    "<textarea>",
    "<!--",
    "-->",
    "<![CDATA[",
    "&am",
    "\r",
    "x",
    "<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE -->",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_read_without_a_panic(html in any::<String>(), bytes in any::<Vec<u8>>()) {
        let _ = Template::parse(html);
        let _ = Template::parse(bytes);
    }

    #[test]
    fn any_markup_is_read_without_a_panic(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40),
        css in "[a-z0-9\\\\/*'\"()@#:;.<>!\\- \n]{0,60}",
    ) {
        let pieces = pieces.concat();
        let _ = Template::parse(&pieces);
        let _ = Template::parse(format!("{pieces}<style>{css}</style><p style='{css}'>"));
    }

    #[test]
    fn a_good_page_with_something_injected_between_its_tags_is_refused(
        place in any::<prop::sample::Index>(),
        injected in prop::sample::select(&INJECTED[..]),
    ) {
        // Where a tag begins, in whatever content that is.
        let good = page("").replace("the header's picture", "picture").replace("<!-- the header -->", "");
        // Not within a title or a style: what is not a forbidden element is a text there.
        let is_markup = |at: &usize| !["</title", "</style"].iter().any(|end| good[*at..].starts_with(end));
        let places: Vec<_> =
            good.match_indices('<').map(|(at, _)| at).filter(is_markup).chain([good.len()]).collect();
        let html = {
            let mut html = good.clone();
            html.insert_str(places[place.index(places.len())], injected);
            html
        };
        prop_assert!(Template::parse(&html).is_err(), "{html}");
    }

    #[test]
    fn a_forbidden_element_is_refused_wherever_in_the_page_it_stands(
        place in any::<prop::sample::Index>(),
        before in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..12),
    ) {
        let mut html = page(&before.concat());
        let at = place.index(html.len());
        prop_assume!(html.is_char_boundary(at));
        html.insert_str(at, "<script>");
        prop_assert!(rules(&html).contains(&element("script")), "{html}");
    }
}
