//! Properties of `fit`: whatever a text holds, the value keeps every rule, and what kept them before stays.
#![cfg(feature = "fit")]
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

use paygate_params::{Change, Fitted, FormatError};
use paygate_params::{FirstName, LastName, OrderDesc, Plain, UserData};
use proptest::prelude::*;
use std::time::{Duration, Instant};
use unicode_normalization::UnicodeNormalization;

/// Texts of any characters, of printable ones, of what `fit` has rules for, and long ones.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\PC*",
        "[\\x00-\\x20&=:Test\u{85}\u{A0}\u{AD}\u{301}\u{308}\u{2028}\u{200B}\u{3000}Łß北🎉＆：]{0,60}",
        "[ \u{A0}\u{2003}\u{FEFF}]{0,3}[TＴт][eе][ﬆs]t?[ \u{A0}\u{200D}]{0,3}[:：]?.{0,6}",
        "[Ж文&]{90,400}",
        "[\x20-\x7E\u{A0}-\u{FF}]{0,900}",
        "[ !-%'-<>-~\u{A0}-\u{FF}]{1,50}",
        "[ -%'-~\u{A0}-\u{FF}]{1,1024}",
    ]
}

/// The properties that all types share. `$kept` says which texts taken by `new` come back as they are.
macro_rules! fitted_texts_keep_the_rules {
    ($($module:ident: $Ty:ty, $max:literal, $kept:expr;)+) => {$(
        mod $module {
            use super::*;

            proptest! {
                #[test]
                fn what_fit_makes_is_what_new_takes(text in texts()) {
                    let fitted = <$Ty>::fit(&text);
                    let again = <$Ty>::new(fitted.value().as_str());
                    prop_assert_eq!(again.as_ref(), Ok(fitted.value()));
                }

                #[test]
                fn what_new_takes_is_left_alone(text in texts()) {
                    let kept: fn(&str) -> bool = $kept;
                    if let Ok(value) = <$Ty>::new(text.as_str()) && kept(&text) {
                        let fitted = <$Ty>::fit(&text);
                        prop_assert_eq!(fitted.changes(), []);
                        prop_assert_eq!(fitted.into_value(), value);
                    }
                }

                #[test]
                fn what_fit_made_is_left_alone(text in texts()) {
                    let once = <$Ty>::fit(&text).into_value();
                    let twice = <$Ty>::fit(once.as_str());
                    prop_assert_eq!(twice.changes(), []);
                    prop_assert_eq!(twice.into_value(), once);
                }

                #[test]
                fn a_change_is_reported_exactly_where_there_is_one(text in texts()) {
                    let fitted = <$Ty>::fit(&text);
                    let composed: String = text.nfc().collect();
                    prop_assert_eq!(fitted.is_changed(), fitted.value().as_str() != composed);
                }

                /// So the strict constructor behind `fit` refuses nothing but blanks.
                #[test]
                fn a_text_with_a_letter_is_not_filled(text in texts()) {
                    let fitted = <$Ty>::fit(&format!("x{text}"));
                    prop_assert!(fitted.value().as_str().starts_with('x'));
                    prop_assert!(!fitted.changes().contains(&Change::Filled));
                    let fitted = <$Ty>::fit(&format!("Test{text}"));
                    prop_assert!(fitted.value().as_str().starts_with("Test"));
                    prop_assert!(!fitted.changes().contains(&Change::Filled));
                }

                #[test]
                fn what_is_cut_is_as_long_as_allowed(text in texts()) {
                    let fitted = <$Ty>::fit(&text);
                    let length = fitted.value().as_str().chars().count();
                    let cut = fitted.changes().iter().find_map(|change| match change {
                        Change::Cut { found, max } => Some((*found, *max)),
                        _ => None,
                    });
                    if let Some((found, max)) = cut {
                        prop_assert!(found > max);
                        prop_assert_eq!(max, $max);
                        let filled = fitted.changes().contains(&Change::Filled);
                        prop_assert!(length == max || filled);
                    }
                }
            }

            #[test]
            fn nothing_is_left_of_nothing() {
                for text in ["", " ", "\u{A0}\t", "\u{200B}\u{FEFF}", "🎉", "\r\n"] {
                    let fitted: Fitted<$Ty> = <$Ty>::fit(text);
                    assert_eq!(fitted.value().as_str(), "-", "{text:?}");
                    assert!(fitted.changes().contains(&Change::Filled), "{text:?}");
                }
            }

            #[test]
            fn neither_the_text_nor_a_part_of_it_shows() {
                let fitted = <$Ty>::fit("Łukasz\tXavier");
                let words: Vec<String> = fitted.changes().iter().map(ToString::to_string).collect();
                let shown = format!("{fitted:?} {words:?}");
                assert!(!shown.contains("ukasz") && !shown.contains("avier"), "{shown}");
            }
        }
    )+};
}

fitted_texts_keep_the_rules! {
    first_name: FirstName, 100, |_| true;
    last_name: LastName, 100, |_| true;
    // By `new`, a `=` is the shop's own; by `fit`, it may be a customer's.
    user_data: UserData, 1024, |text| !text.contains('=');
    plain: Plain, 50, |text| !text.contains('=');
    order_desc: OrderDesc, 768, |text| !text.contains('=');
}

#[test]
fn names_of_many_languages_become_readable() {
    for (name, expected) in [
        ("Łukasz Żółć", "Lukasz Zólc"),
        ("Dvořák", "Dvorák"),
        ("Nguyễn", "Nguyen"),
        ("Şükrü Ağaoğlu", "Sükrü Agaoglu"),
        ("Őrsi", "Orsi"),
        ("Жанна", "Zhanna"),
        ("Παπαδόπουλος", "Papadopoulos"),
        ("北京", "Bei Jing"),
        ("北 京", "Bei Jing"),
        ("北3(京)", "Bei 3(Jing)"),
        ("O’Neill", "O'Neill"),
        ("Mu\u{308}ller", "Müller"),
        ("A\u{30A}sa", "Åsa"),
        ("Æsa ßen Ðóra", "Æsa ßen Ðóra"),
        ("Anna\u{2003}Maria", "Anna Maria"),
        ("Anna\u{A0}Maria", "Anna\u{A0}Maria"),
        ("An\u{AD}na", "An\u{AD}na"),
        ("\u{202E}Anna\u{202C}", "Anna"),
        ("Anna\r\nMaria", "Anna  Maria"),
        ("Anna\0", "Anna "),
        ("Anna\u{2029}Maria", "Anna Maria"),
        ("Anna 🇩🇪👩\u{200D}👩\u{200D}👧❤\u{FE0F}", "Anna "),
        ("X\u{E000}\u{FFFD}", "X??"),
        ("A & B = C", "A + B - C"),
        ("A＆B＝C≠D", "A+B-C-D"),
    ] {
        assert_eq!(LastName::fit(name).value().as_str(), expected, "{name:?}");
    }
}

#[test]
fn every_character_of_unicode_fits() {
    for character in '\0'..=char::MAX {
        let text = String::from(character);
        let fitted = LastName::fit(&text);
        assert_eq!(LastName::new(fitted.value().as_str()).as_ref(), Ok(fitted.value()), "{text:?}");
    }
}

#[test]
fn every_spelling_of_the_simulation_prefix_is_defused() {
    let spellings = [
        "Test:0000",
        "test:0000",
        "TEST:0000",
        "tEsT:0000",
        "Test :0000",
        "Test  :0000",
        "Test\t:0000",
        "Test\r\n:0000",
        "Test\u{A0}:0000",
        "Test\u{85}:0000",
        "Test\u{2003}:0000",
        "Test\u{2028}:0000",
        "Test\u{202F}:0000",
        "Test\u{3000}:0000",
        "Test\u{1680}:0000",
        "Test\u{2800}:0000",
        "Test\0:0000",
        " Test:0000",
        "\u{A0}Test:0000",
        "\u{FEFF}Test:0000",
        "\n\tTest:0000",
        "\u{200B} \u{200B}Test:0000",
        "T\u{200B}est:0000",
        "Te\u{200D}st:0000",
        "Tes\u{2060}t:0000",
        "Test\u{FE0F}:0000",
        "Test\u{202E}:0000",
        "T\u{E0065}est:0000",
        "T🎉est:0000",
        "🧪Test:0000",
        "Te\u{332}st:0000",
        "T\u{307}est:0000",
        "Ｔｅｓｔ：0000",
        "Test：0000",
        "Test﹕0000",
        "Test︓0000",
        "Test∶0000",
        "Test꞉0000",
        "Testː0000",
        "𝐓𝐞𝐬𝐭:0000",
        "𝕿𝖊𝖘𝖙:0000",
        "Ⓣⓔⓢⓣ:0000",
        "🅃🄴🅂🅃:0000",
        "Тест:0000",
        "Τeſt:0000",
        "Teﬆ:0000",
        "ᵀᵉˢᵗ:0000",
        "Ŧest:0000",
        "Test:",
        "Test::",
        "Test  kit",
        "Test\u{A0}kit",
        "Test\u{3000}\u{3000}",
    ];
    assert!(spellings.len() >= 30);
    for text in spellings {
        let fitted = OrderDesc::fit(text);
        let sent = fitted.value().as_str();
        assert!(fitted.changes().contains(&Change::Simulation), "{text:?} became {sent:?}");
        assert!(sent.to_ascii_lowercase().starts_with("test -"), "{text:?} became {sent:?}");
        assert_eq!(OrderDesc::new(sent).as_ref(), Ok(fitted.value()), "{text:?}");
        assert!(!fitted.value().is_simulation(), "{text:?}");
    }
    assert_eq!(OrderDesc::new("Test:0000"), Err(FormatError::Simulation));
}

/// Reads 1 MiB of the worst that is known, and must not take longer for each byte than for a short text.
#[test]
fn a_hostile_text_of_a_mebibyte_is_read_in_linear_time() {
    for part in ["\u{301}\u{316}", "\u{200B}", "\u{FDFA}", " ", "Test ", "ệ", "각", "\u{E000}", "北"] {
        let text = part.repeat((1 << 20) / part.len());
        let start = Instant::now();
        let fitted = OrderDesc::fit(&text);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{part:?} took {took:?}");
        assert!(fitted.value().as_str().chars().count() <= 768);
    }
}

#[test]
fn every_blank_becomes_one_and_is_told_as_what_it_was() {
    let blanks = ('\u{100}'..=char::MAX).filter(|c| c.is_whitespace());
    for blank in blanks {
        let fitted = UserData::fit(&format!("a{blank}b"));
        assert_eq!(fitted.value().as_str(), "a b", "{blank:?}");
        let ends_a_line = matches!(blank, '\u{2028}' | '\u{2029}');
        let change =
            if ends_a_line { Change::Control { count: 1 } } else { Change::Transliterated { count: 1 } };
        assert_eq!(fitted.changes(), [change], "{blank:?}");
    }
    assert_eq!(UserData::fit("a\tb\u{85}c").changes(), [Change::Control { count: 2 }]);
}
