//! Pages for `URLTemplate`.

use crate::measured::{Case, Work, case, filled, numbered};
use paygate::template::Template;
use std::hint::black_box;

const TAG: &str = "<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE-->";

pub(crate) const CASES: &[Case] = &[
    case("template: text", |size| page("", "x", size)),
    case("template: elements beside each other", |size| page("", "<p></p>", size)),
    case("template: elements in elements", |size| page("", "<div>", size)),
    case("template: formatting in formatting", |size| page("", "<b><i>", size)),
    case("template: paragraphs under formatting that nobody closed", |size| {
        let formatting = numbered("", 900, |number| format!("<i id={number}>"));
        page(&formatting, "<p>x", size)
    }),
    case("template: formatting that is closed elsewhere", |size| page("", "<b><p></b>", size)),
    case("template: tables in tables", |size| page("", "<table>x", size)),
    case("template: svg", |size| page("", "<svg><g>", size)),
    case("template: a comment that nobody closed", |size| page("<!--", "-", size)),
    case("template: comments", |size| page("", "<!---->", size)),
    case("template: attributes", |size| {
        checked(numbered(&format!("{TAG}<p "), size, |number| format!("a{number} ")) + ">")
    }),
    case("template: an attribute again and again", |size| page("<p ", "a=1 ", size)),
    case("template: elements of 200 attributes", |size| {
        let element = numbered("<p ", 1200, |number| format!("a{number} ")) + ">";
        page("", &element, size)
    }),
    case("template: one name", |size| page("<", "n", size)),
    case("template: references that are none", |size| page("", "&CounterClockwiseContourIntegra", size)),
    case("template: line ends and problems", |size| page("", "<p onx>\n", size)),
    case("template: the tag's name", |size| page("", "TRUSTLY-PAYMENT-PAGE-GOES-HERE", size)),
    case("template: blanks before the tag's name", |size| {
        checked(filled("<!--", " ", size) + "TRUSTLY-PAYMENT-PAGE-GOES-HERE -->")
    }),
    case("template: prefixes", |size| page("", "<a:", size)),
    case("template: rules of style", |size| page("<style>", "a{b:url(x)}\n", size)),
    case("template: brackets in a style", |size| page("<style>", "(", size)),
    case("template: functions in a style", |size| page("<style>", "a(", size)),
    case("template: a comment in a style", |size| page("<style>/*", "*", size)),
    case("template: escapes in a style", |size| page("<style>", "\\61 ", size)),
    case("template: addresses in a style", |size| page("<style>", "url(", size)),
    case("template: styles", |size| page("", "<style>a</style>", size)),
    case("template: an attribute of style", |size| page("<p style='", "a:url(x);", size.min(24 * 1024))),
    case("template: pictures in a list", |size| page("", "<img srcset='a 1x,b 2x,c 3x'>", size)),
    case("template: charsets", |size| {
        page("", "<meta http-equiv=content-type content='charset charset charset'>", size)
    }),
    case("template: selects", |size| page("<select>", "<option><div>", size)),
];

fn page(before: &str, unit: &str, size: usize) -> Work {
    checked(filled(&format!("{TAG}{before}"), unit, size))
}

fn checked(page: String) -> Work {
    Box::new(move || {
        if let Err(error) = black_box(Template::parse(&page)) {
            black_box(error.to_string());
        }
    })
}
