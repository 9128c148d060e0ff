//! Exceptions from the lints: each says why, and there are no more of them in what is shipped than are listed here.

use crate::code::{bare, without_tests};
use crate::tree::{files, read};
use std::collections::{BTreeMap, BTreeSet};

/// Why each stands there is said beside it. In `crates/*/src` and the shop's `src`, outside of what only tests compile.
const ALLOWED: [(&str, usize); 10] = [
    ("clippy::cast_possible_truncation", 2),
    ("clippy::expect_used", 4),
    ("clippy::indexing_slicing", 4),
    ("clippy::large_enum_variant", 2),
    ("clippy::many_single_char_names", 1),
    ("clippy::panic", 2),
    ("clippy::struct_excessive_bools", 2),
    ("clippy::unreadable_literal", 1),
    ("clippy::unused_self", 1),
    ("unused_variables", 2),
];

/// What can stop a program, where, and how often.
const STOPS: [(&str, &str, usize); 20] = [
    // `from_static`, for literals of the source; documented.
    ("crates/paygate-params/src/fields/declare.rs", "panic!", 1),
    // Reached by the compiler alone.
    ("crates/paygate-params/src/format/ascii.rs", "assert!", 2),
    ("crates/paygate-params/src/format/notation.rs", "panic!", 1),
    ("crates/paygate-params/src/message/names.rs", "assert!", 1),
    ("crates/paygate-params/src/message/result.rs", "assert!", 1),
    ("crates/paygate-params/src/message/signed.rs", "assert!", 1),
    ("crates/paygate-params/src/message/table.rs", "assert!", 1),
    // A method of that name, which cannot fail.
    ("crates/paygate/src/template/page.rs", ".expect(", 1),
    // For the tests of shops.
    ("crates/paygate/src/testing.rs", ".expect(", 7),
    // The place was taken with the length of what is copied there.
    ("crates/paygate-crypto/src/hmac_sha256.rs", ".copy_from_slice(", 1),
    ("crates/paygate-params/src/fields.rs", ".copy_from_slice(", 1),
    ("crates/paygate-params/src/format/ascii.rs", ".copy_from_slice(", 1),
    // What is not read yet is a part of the buffer.
    ("crates/paygate-batch/src/lines.rs", ".copy_within(", 1),
    // Sizes that are never zero: a constant of the source, or at least one.
    ("crates/paygate-batch/src/sort.rs", ".chunks(", 1),
    ("crates/paygate-batch/src/sort.rs", ".chunks_exact(", 1),
    ("crates/gateway-simulator/src/paygate/worker.rs", ".chunks(", 1),
    ("crates/gateway-simulator/src/paygate/answer/sealed.rs", ".windows(", 1),
    // Where something was found in the same text, and no further than its end.
    ("crates/gateway-http/src/trace.rs", ".split_at(", 1),
    ("crates/gateway-simulator/src/paygate/inspect/trial.rs", ".split_at(", 1),
    ("crates/gateway-simulator/src/paygate/answer/sealed.rs", ".replace_range(", 1),
];

/// What stops a program, or may. An index out of bounds and arithmetic do too: the lints see them.
const STOPPING: [&str; 25] = [
    ".unwrap()",
    ".unwrap_err()",
    ".expect(",
    ".expect_err(",
    "panic!",
    "unreachable!",
    "todo!",
    "unimplemented!",
    "assert!",
    "assert_eq!",
    "assert_ne!",
    "process::exit",
    "process::abort",
    // Of the standard library, these stop where a number or a length does not fit, and no lint tells.
    ".split_at(",
    ".split_at_mut(",
    ".split_off(",
    ".copy_from_slice(",
    ".clone_from_slice(",
    ".copy_within(",
    ".swap(",
    ".swap_remove(",
    ".replace_range(",
    ".chunks(",
    ".chunks_exact(",
    ".windows(",
];

/// What is shipped, without comments, texts and tests.
fn shipped() -> Vec<(String, String)> {
    let sources = files(".rs").into_iter().filter(|path| {
        let mut parts = path.split('/');
        matches!((parts.next(), parts.nth(1)), (Some("crates" | "examples"), Some("src")))
    });
    let mut tests = BTreeSet::new();
    let mut shipped = Vec::new();
    for path in sources {
        let (code, modules) = without_tests(&bare(&read(&path)));
        let folder = match path.rsplit_once('/').unwrap() {
            (folder, "lib.rs" | "main.rs" | "mod.rs") => folder,
            _ => path.strip_suffix(".rs").unwrap(),
        };
        tests.extend(modules.iter().map(|module| format!("{folder}/{module}.rs")));
        shipped.push((path, code));
    }
    shipped.retain(|(path, _)| !tests.contains(path));
    shipped
}

/// The insides of all `allow(…)` and `expect(…)` in attributes.
fn exceptions(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find("#[").into_iter().chain(rest.find("#![")).min() {
        let attribute = &rest[at..=at + closing(&rest[at..], '[', ']')];
        rest = &rest[at + attribute.len()..];
        for word in ["allow(", "expect("] {
            let mut inside = attribute;
            while let Some(at) = inside.find(word) {
                let whole = inside[..at].ends_with(|before: char| !before.is_alphanumeric() && before != '_');
                inside = &inside[at + word.len() - 1..];
                if whole {
                    found.push(&inside[1..closing(inside, '(', ')')]);
                }
            }
        }
    }
    found
}

/// Where what opens first is closed.
fn closing(code: &str, opens: char, closes: char) -> usize {
    let mut depth = 0_usize;
    let at = code.char_indices().find(|(_, letter)| {
        depth += usize::from(*letter == opens);
        depth -= usize::from(*letter == closes);
        depth == 0 && *letter == closes
    });
    at.unwrap().0
}

/// The lints of an exception.
fn lints(exception: &str) -> impl Iterator<Item = &str> {
    exception.split(',').map(str::trim).filter(|part| !part.is_empty() && !part.starts_with("reason"))
}

#[test]
fn every_exception_from_a_lint_says_why() {
    let mut count = 0;
    for path in files(".rs") {
        let source = read(&path);
        for exception in exceptions(&bare(&source)) {
            count += 1;
            let said = exception.split("reason = \"").nth(1).and_then(|rest| rest.split('"').next());
            // The words themselves are blanks here.
            assert!(said.is_some_and(|words| words.len() >= 8), "{path}: no reason for {exception}");
        }
    }
    println!("{count} exceptions, each with its reason");
    assert!(count > 0);
}

#[test]
fn no_exception_is_shipped_that_is_not_listed() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, code) in shipped() {
        for lint in exceptions(&code).into_iter().flat_map(lints) {
            *counts.entry(lint.to_owned()).or_default() += 1;
        }
    }
    let listed = ALLOWED.map(|(lint, count)| (lint.to_owned(), count));
    assert_eq!(counts, BTreeMap::from(listed), "how often each lint is allowed");
}

#[test]
fn nothing_is_shipped_that_stops_the_program_but_what_is_listed() {
    let mut found = BTreeMap::new();
    for (path, code) in shipped() {
        for word in STOPPING {
            let count = code.match_indices(word).filter(|(at, _)| {
                // `debug_assert!` and `const_panic!` are other words, and checked by themselves where they matter.
                let before = code[..*at].chars().next_back().unwrap_or(' ');
                word.starts_with('.') || !(before.is_alphanumeric() || before == '_')
            });
            match count.count() {
                0 => {}
                count => drop(found.insert((path.clone(), word), count)),
            }
        }
    }
    let listed = STOPS.map(|(path, word, count)| ((path.to_owned(), word), count));
    assert_eq!(found, BTreeMap::from(listed), "what stops the program, and how often");
}

#[test]
fn an_exception_is_found_wherever_it_stands() {
    let code = "#![cfg_attr(x, allow(a::b, c, reason = \"  \"))]\n#[derive(D)] #[ expect(d)] fn f() { g.expect(\"\"); }";
    let found: Vec<Vec<_>> =
        exceptions(code).into_iter().map(|exception| lints(exception).collect()).collect();
    assert_eq!(found, [vec!["a::b", "c"], vec!["d"]]);
}
