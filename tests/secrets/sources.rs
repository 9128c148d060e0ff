//! Which public types the libraries have, read from their sources.
//!
//! Whatever is `pub` there can be reached from outside: the lint `unreachable_pub` sees to it. Types that can hold nothing, as
//! enums without fields, are left out.

use std::fs;
use std::path::Path;

const CRATES: [&str; 8] = [
    "paygate-crypto",
    "paygate-params",
    "paygate",
    "paygate-batch",
    "gateway-http",
    "gateway-actix",
    "gateway-inbox",
    "gateway-simulator",
];

/// The files whose macros declare types by a name that is given to them; [`declared`] knows their calls.
const MACROS: [&str; 6] = [
    "paygate_params::fields::choice",
    "paygate_params::fields::declare",
    "paygate_params::format::alphabet",
    "paygate_params::message::table",
    "paygate::outcome",
    "gateway_actix::extract",
];

/// As [`std::any::type_name`] names them, without their parameters.
pub(crate) fn public_types() -> Vec<String> {
    let mut types = Vec::new();
    read(&mut |module, text| {
        let names = written(text, module).into_iter().chain(declared(text));
        types.extend(names.map(|name| format!("{module}::{name}")));
    });
    types
}

/// The variants of public enums that hold a text, bytes, a list or an amount themselves; what is a type of its own is shown as one,
/// and what counts places, lengths or lines is no secret.
pub(crate) fn telling_variants() -> Vec<String> {
    let mut variants = Vec::new();
    read(&mut |module, text| {
        for (name, body) in enums(text) {
            variants.extend(telling(&body).into_iter().map(|variant| format!("{module}::{name}::{variant}")));
        }
    });
    variants
}

/// Each `pub enum` of a file, and its lines without comments and attributes.
fn enums(text: &str) -> Vec<(String, Vec<&str>)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(rest) = line.strip_prefix("pub enum ") else { continue };
        let name = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let body = lines.by_ref().take_while(|line| *line != "}");
        let mut in_attribute = false;
        let is_code = |line: &&str| {
            let begins = line.trim_start().starts_with("#[");
            let inside = in_attribute || begins;
            in_attribute = inside && !line.ends_with(']');
            !(inside || line.trim_start().starts_with("//"))
        };
        let body = body.filter(is_code).collect();
        found.push((name, body));
    }
    found
}

fn telling(body: &[&str]) -> Vec<String> {
    let mut variants: Vec<String> = Vec::new();
    let mut variant = String::new();
    for line in body {
        let held = match line.strip_prefix("    ") {
            Some(first) if first.starts_with(char::is_uppercase) => {
                let end = first.find(|c: char| !c.is_alphanumeric()).unwrap_or(first.len());
                first[..end].clone_into(&mut variant);
                &first[end..]
            }
            _ => line,
        };
        let held = held.replace("&'static str", "");
        let tells = |word: &str| {
            ["String", "str", "Vec", "Cow", "PathBuf", "OsString", "u8", "u32", "u64", "i64", "u128"]
                .contains(&word)
        };
        if held.split(|c: char| !c.is_alphanumeric()).any(tells) && variants.last() != Some(&variant) {
            variants.push(variant.clone());
        }
    }
    variants
}

/// Gives each file of the libraries: its module, and its text without its tests.
pub(crate) fn read(with: &mut dyn FnMut(&str, &str)) {
    for name in CRATES {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates").join(name).join("src");
        walk(&source, &name.replace('-', "_"), with);
    }
}

fn walk(folder: &Path, module: &str, with: &mut dyn FnMut(&str, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let inner = if stem == "lib" { module.to_owned() } else { format!("{module}::{stem}") };
        // Programs are no libraries.
        if path.is_dir() && stem != "bin" {
            walk(&path, &inner, with);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            with(&inner, text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default());
        }
    }
}

/// What stands in a file as `pub struct` or `pub enum`, and can hold something.
fn written(text: &str, module: &str) -> Vec<String> {
    let mut names = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let (indent, item) = line.split_at(line.len() - line.trim_start().len());
        let Some((is_enum, rest)) = item
            .strip_prefix("pub enum ")
            .map(|rest| (true, rest))
            .or_else(|| item.strip_prefix("pub struct ").map(|rest| (false, rest)))
        else {
            continue;
        };
        let name: String =
            rest.chars().take_while(|c| c.is_alphanumeric() || ['_', '$'].contains(c)).collect();
        if name.starts_with('$') {
            assert!(
                MACROS.contains(&module),
                "a macro in {module} declares types: teach this test how it is called"
            );
            continue;
        }
        let ends = |line: &&&str| **line != format!("{indent}}}");
        let body = lines[at + 1..].iter().take_while(ends).map(|line| line.trim_start());
        let body: Vec<&str> = body.filter(|line| !line.starts_with("//") && !line.starts_with('#')).collect();
        let holds = if rest.ends_with("{}") || rest.ends_with(';') && !rest.contains('(') {
            false
        } else {
            !is_enum || body.iter().any(|line| line.contains(['(', '{']))
        };
        if holds {
            names.push(name);
        }
    }
    names
}

/// What the macros of [`MACROS`] make of their calls in a file, and can hold something.
fn declared(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut called = "";
    for line in text.lines().filter(|line| !line.is_empty()) {
        if !line.starts_with([' ', '}', ')', '/', '#']) {
            called = line.split_once('!').map_or("", |(name, _)| name);
        }
        let item = line.trim_start();
        let is_row = line.starts_with("    ") && !line.starts_with("     ") && !item.starts_with(['/', '#']);
        let first = || item.split([':', ' ', ',']).next().unwrap_or_default().to_owned();
        match called {
            "ascii_field" | "ascii_field_personal" | "latin1_field" if is_row && item.contains("..=") => {
                names.push(first());
            }
            "outcomes" | "extractors" if is_row && item.starts_with(char::is_uppercase) => {
                names.push(first());
            }
            // Answers are described by enums without a value.
            "message" => {
                if let Some(rest) = item.strip_prefix("pub request ") {
                    let rest = rest.trim_end_matches(" {").split(", ");
                    names.extend(rest.map(|name| name.split(' ').next().unwrap_or_default().to_owned()));
                }
            }
            _ => {}
        }
    }
    names
}
