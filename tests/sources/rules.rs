//! SECURITY.md names a test for each rule and each attack: they are there, they are tests, and they are run.

use crate::code::bare;
use crate::programs::is_compiled;
use crate::tree::{read, root};
use std::collections::BTreeMap;

const PAGE: &str = "SECURITY.md";
/// The rules for money are counted from 1 to this.
const RULES: usize = 21;

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The tests that a text names, as `path/of/file.rs: name_of_the_test`.
fn tests(text: &str) -> impl Iterator<Item = (&str, &str)> {
    quoted(text).filter_map(|quoted| quoted.split_once(".rs: "))
}

/// The rows of the rules: the number, and all the rest.
fn rows(page: &str) -> BTreeMap<usize, String> {
    let mut rows: BTreeMap<usize, String> = BTreeMap::new();
    for line in page.lines() {
        let mut cells = line.strip_prefix("| ").unwrap_or_default().splitn(2, " | ");
        if let (Some(Ok(number)), Some(rest)) = (cells.next().map(str::parse), cells.next()) {
            assert!(tests(rest).count() > 0, "a row of rule {number} names no test: {rest}");
            rows.entry(number).or_default().push_str(rest);
        }
    }
    rows
}

/// What stands before a function of this name, from the end of the item before it on.
fn attributes<'a>(code: &'a str, name: &str) -> Option<&'a str> {
    let begins = code.match_indices(&format!("fn {name}")).find(|(at, found)| {
        !code[at + found.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_')
    })?;
    let before = &code[..begins.0];
    Some(&before[before.rfind(['}', ';', '{']).map_or(0, |at| at + 1)..])
}

/// Why a test is none that is run, if so.
fn fault(code: &str, name: &str) -> Option<&'static str> {
    match attributes(code, name) {
        None => Some("is not there"),
        Some(attributes) if attributes.contains("ignore") => Some("is ignored"),
        Some(attributes) if !(attributes.contains("test]") || attributes.contains("test(")) => {
            Some("is no test")
        }
        Some(_) => None,
    }
}

#[test]
fn each_of_the_rules_for_money_names_its_tests() {
    let rows = rows(&read(PAGE));
    assert_eq!(
        rows.keys().copied().collect::<Vec<_>>(),
        (1..=RULES).collect::<Vec<_>>(),
        "the rules of {PAGE}"
    );
}

#[test]
fn every_test_that_the_page_names_is_there_and_run() {
    let page = read(PAGE);
    let mut sources: BTreeMap<&str, String> = BTreeMap::new();
    let mut faults = Vec::new();
    for (path, name) in tests(&page) {
        let file = format!("{path}.rs");
        if !root().join(&file).is_file() {
            faults.push(format!("{file} is not there"));
            continue;
        }
        if !is_compiled(&file) {
            faults.push(format!("{file} is a module of nothing that is compiled"));
        }
        let code = sources.entry(path).or_insert_with(|| bare(&read(&file)));
        faults.extend(fault(code, name).map(|fault| format!("{file}: {name} {fault}")));
    }
    // What must not compile has no name but its file's.
    let files =
        quoted(&page).filter(|quoted| quoted.contains('/') && quoted.rsplit('.').next() == Some("rs"));
    faults
        .extend(files.filter(|file| !root().join(file).is_file()).map(|file| format!("{file} is not there")));
    assert!(faults.is_empty(), "{PAGE}:\n{}", faults.join("\n"));
    println!("{} mentions of tests in {} files", tests(&page).count(), sources.len());
}

#[test]
fn a_test_that_is_missing_or_ignored_is_noticed() {
    let code =
        "#[test]\nfn a() { }\n#[tokio::test]\nasync fn b() { }\n#[test]\n#[ignore]\nfn c() { }\nfn d_e() { }";
    let faults = ["a", "b", "c", "d", "d_e"].map(|name| fault(code, name));
    let (ignored, missing) = (Some("is ignored"), Some("is not there"));
    assert_eq!(faults, [None, None, ignored, missing, Some("is no test")]);
    let rows = rows("| 1 | one | `a/b.rs: c` |\n| x | no rule | |\n| 1 | more | `d.rs: e` |");
    assert_eq!(tests(&rows[&1]).collect::<Vec<_>>(), [("a/b", "c"), ("d", "e")]);
}
