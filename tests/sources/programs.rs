//! Which files the compiler reads: the first of each program, and the modules that those name.

use crate::code::bare;
use crate::tree::{files, read, root};
use std::path::Path;

/// What Cargo compiles of itself, or since a manifest of the tests says so.
fn is_first(file: &str) -> bool {
    let folders: Vec<_> = file.split('/').collect();
    match folders[..] {
        ["crates" | "examples", _, "src", name] => ["lib.rs", "main.rs"].contains(&name),
        ["crates" | "examples", _, "tests", _] | ["crates" | "examples", _, "tests", _, "main.rs"] => true,
        ["tests", ref rest @ ..] => {
            let path = format!("\npath = \"{}\"\n", rest.join("/"));
            let manifest = read("tests/Cargo.toml");
            manifest.split("\n[").any(|table| table.starts_with("[test]]") && table.contains(&path))
        }
        _ => false,
    }
}

/// Whether the code declares the module, in a file of its own.
fn declares(code: &str, module: &str) -> bool {
    let words: Vec<_> = code.split_whitespace().collect();
    words.windows(2).any(|two| two[0] == "mod" && two[1].strip_suffix(';') == Some(module))
}

/// Whether a file is the first of a program, or a module of one that is compiled.
pub(crate) fn is_compiled(file: &str) -> bool {
    if is_first(file) {
        return true;
    }
    let path = Path::new(file);
    // `refunds.rs` and `refunds/mod.rs` are the same module.
    let module =
        path.parent().filter(|_| path.ends_with("mod.rs")).map_or(path.with_extension(""), Path::to_path_buf);
    let (Some(name), Some(folder)) = (module.file_name().and_then(|name| name.to_str()), module.parent())
    else {
        return false;
    };
    let parents = ["lib.rs", "main.rs", "mod.rs"].map(|name| folder.join(name));
    parents.into_iter().chain([folder.with_extension("rs")]).any(|parent| {
        let parent = parent.to_str().unwrap().replace('\\', "/");
        root().join(&parent).is_file() && declares(&bare(&read(&parent)), name) && is_compiled(&parent)
    })
}

/// Whether there are tests in the code, of whatever runtime.
fn is_tested(code: &str) -> bool {
    ["#[test]", "::test]", "::test("].iter().any(|attribute| code.contains(attribute))
}

#[test]
fn every_file_with_tests_is_compiled() {
    let forgotten: Vec<_> =
        files(".rs").into_iter().filter(|file| is_tested(&bare(&read(file))) && !is_compiled(file)).collect();
    assert!(forgotten.is_empty(), "{forgotten:#?}");
}

#[test]
fn a_module_that_nothing_names_is_noticed() {
    assert!(is_compiled("tests/sources/programs.rs") && is_compiled("tests/sources/main.rs"));
    assert!(
        !is_compiled("tests/sources/forgotten.rs")
            && !is_compiled("crates/paygate/tests/attacks/forgotten.rs")
    );
    assert!(declares("pub(crate) mod a_b;\nmod c;", "a_b") && declares("mod c;", "c"));
    assert!(!declares("mod a_b;", "a") && !declares("mod a { }", "a") && !declares(&bare("// mod a;"), "a"));
}
