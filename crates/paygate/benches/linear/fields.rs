//! Parameters, keys and amounts: what is taken or bent, and what is refused for its length.

use crate::measured::{Case, Work, case, filled, numbered};
use paygate::{
    BaseUrl, CallbackUrl, Code, Currency, Custom, Email, EncryptionKey, FirstName, IpAddr, Language, MacKey,
    Money, OrderDesc, Plain, TemplateUrl, TransId, UserData,
};
use std::hint::black_box;

pub(crate) const CASES: &[Case] = &[
    case("FirstName::fit: accents on one letter", |size| fit_name(filled("a", "\u{301}", size))),
    case("FirstName::fit: accents of falling classes", |size| {
        fit_name(filled("a", "\u{345}\u{301}\u{316}\u{334}", size))
    }),
    case("FirstName::fit: letters that decompose", |size| fit_name(filled("", "\u{1E69}", size))),
    case("FirstName::fit: Hangul", |size| fit_name(filled("", "\u{1112}\u{1161}\u{11AB}", size))),
    case("FirstName::fit: Cyrillic", |size| fit_name(filled("", "Ж", size))),
    case("FirstName::fit: ideographs", |size| fit_name(filled("", "茶", size))),
    case("FirstName::fit: emoji", |size| fit_name(filled("", "\u{1F469}\u{200D}\u{1F680}", size))),
    case("OrderDesc::fit: blanks", |size| fit_desc(filled("", " ", size))),
    case("OrderDesc::fit: soft hyphens", |size| fit_desc(filled("T", "\u{AD}", size))),
    case("OrderDesc::fit: Test:", |size| fit_desc(filled("", "Ｔｅｓｔ：", size))),
    case("UserData::fit: &", |size| {
        let text = filled("", "&", size);
        Box::new(move || drop(black_box(UserData::fit(&text))))
    }),
    case("OrderDesc::new: blanks", |size| new(filled("", " ", size), OrderDesc::new)),
    case("OrderDesc::new: soft hyphens", |size| new(filled("Test", "\u{AD}", size), OrderDesc::new)),
    case("UserData::new", |size| new(filled("", "ü", size), UserData::new)),
    case("Plain::new: no Latin-1 at the end", |size| new(filled("", "x", size - 2) + "Ж", Plain::new)),
    case("TransId::new", |size| new(filled("", "x", size), |text: String| TransId::new(&text))),
    case("Code::new", |size| new(filled("", "0", size), |text: String| Code::new(&text))),
    case("Language::new", |size| new(filled("sv", "_SE", size), |text: String| Language::new(&text))),
    case("IpAddr: colons", |size| new(filled("", ":", size), |text: String| text.parse::<IpAddr>())),
    case("IpAddr: digits", |size| new(filled("", "1.", size), |text: String| text.parse::<IpAddr>())),
    case("Email::new: @", |size| new(filled("a", "@", size), Email::new)),
    case("Email::new: dots", |size| new(filled("a@", "b.", size), Email::new)),
    case("CallbackUrl::new: labels", |size| new(filled("https://", "a.", size), CallbackUrl::new)),
    case("CallbackUrl::new: escapes", |size| {
        new(filled("https://shop.example/", "%41", size), CallbackUrl::new)
    }),
    case("CallbackUrl::new: @", |size| new(filled("https://", "@", size), CallbackUrl::new)),
    case("TemplateUrl::new: dots", |size| new(filled("https://shop.example", "/..", size), TemplateUrl::new)),
    case("BaseUrl::new: slashes", |size| new(filled("https://paygate.example", "/", size), BaseUrl::new)),
    case("Custom::new: |", |size| new(filled("", "|", size), Custom::new)),
    case("Custom::from_pairs", |size| {
        let keys: Vec<String> = (0..size / 8).map(|number| format!("k{number}")).collect();
        Box::new(move || drop(black_box(Custom::from_pairs(keys.iter().map(|key| (key, "v"))))))
    }),
    case("Money::parse_decimal: zeros before", |size| amount(filled("", "0", size - 1) + "1")),
    case("Money::parse_decimal: digits", |size| amount(filled("", "9", size))),
    case("Money::parse_decimal: decimals", |size| amount(filled("1.", "0", size))),
    case("Money::parse_decimal: dots", |size| amount(filled("1", ".", size))),
    case("EncryptionKey::blowfish_from_text: hex", |size| key(filled("hex:", "0f", size))),
    case("MacKey::from_text: hex", |size| {
        let text = filled("hex:", "0f", size);
        Box::new(move || drop(black_box(MacKey::from_text(&text))))
    }),
    case("EncryptionKey::blowfish_from_text: blanks", |size| {
        key(numbered("a", size, |_| " ".to_owned()) + "b")
    }),
];

fn fit_name(text: String) -> Work {
    Box::new(move || drop(black_box(FirstName::fit(&text))))
}

fn fit_desc(text: String) -> Work {
    Box::new(move || drop(black_box(OrderDesc::fit(&text))))
}

fn new<T: 'static, E: 'static>(text: String, new: fn(String) -> Result<T, E>) -> Work {
    Box::new(move || drop(black_box(new(text))))
}

fn amount(text: String) -> Work {
    Box::new(move || _ = black_box(Money::parse_decimal(&text, Currency::EUR)))
}

fn key(text: String) -> Work {
    Box::new(move || drop(black_box(EncryptionKey::blowfish_from_text(&text))))
}
