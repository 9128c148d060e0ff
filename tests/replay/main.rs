//! What the fuzz targets say of every input holds for the inputs that fuzzing has found so far; no fuzzer is needed for it.
#![allow(
    unused_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not; the targets' `no_main` is for programs of their own"
)]

mod dictionary;

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

// Where the targets ask for libFuzzer's macro, they get this one: it makes a function of what stands in it.
extern crate self as libfuzzer_sys;
pub(crate) use shim::fuzz_target;

mod shim {
    macro_rules! fuzz_target {
        (|$input:ident: &[u8]| $body:block) => {
            pub(crate) fn run($input: &[u8]) $body
        };
    }
    pub(crate) use fuzz_target;
}

macro_rules! targets {
    ($($name:ident $path:literal)+) => {
        $(
            #[path = $path]
            mod $name;

            #[test]
            fn $name() {
                replay(stringify!($name), $name::run);
            }
        )+

        const TARGETS: &[&str] = &[$(stringify!($name)),+];
    };
}

targets! {
    amounts "../../fuzz/fuzz_targets/amounts.rs"
    answer "../../fuzz/fuzz_targets/answer.rs"
    batch "../../fuzz/fuzz_targets/batch.rs"
    callback "../../fuzz/fuzz_targets/callback.rs"
    code "../../fuzz/fuzz_targets/code.rs"
    decrypt "../../fuzz/fuzz_targets/decrypt.rs"
    extractor "../../fuzz/fuzz_targets/extractor.rs"
    fields "../../fuzz/fuzz_targets/fields.rs"
    hex "../../fuzz/fuzz_targets/hex.rs"
    inbox_key "../../fuzz/fuzz_targets/inbox_key.rs"
    inner_pairs "../../fuzz/fuzz_targets/inner_pairs.rs"
    outer_form "../../fuzz/fuzz_targets/outer_form.rs"
    profile "../../fuzz/fuzz_targets/profile.rs"
    redirect_page "../../fuzz/fuzz_targets/redirect_page.rs"
    request "../../fuzz/fuzz_targets/request.rs"
    simulator "../../fuzz/fuzz_targets/simulator.rs"
    stored "../../fuzz/fuzz_targets/stored.rs"
    template "../../fuzz/fuzz_targets/template.rs"
    wide_blowfish "../../fuzz/fuzz_targets/wide_blowfish.rs"
}

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

/// The names of what stands in a folder, without their extensions.
fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

fn replay(target: &str, run: fn(&[u8])) {
    let folder = fuzz().join("corpus").join(target);
    let inputs = names_in(&folder);
    assert!(!inputs.is_empty(), "{target} has no corpus");
    for input in inputs {
        let bytes = fs::read(folder.join(&input)).unwrap();
        assert!(catch_unwind(|| run(&bytes)).is_ok(), "{target} fails for fuzz/corpus/{target}/{input}");
    }
}

#[test]
fn every_target_is_replayed() {
    let replayed: BTreeSet<_> = TARGETS.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(names_in(&fuzz().join("fuzz_targets")), replayed);
    assert_eq!(names_in(&fuzz().join("corpus")), replayed);
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    for target in TARGETS {
        assert!(manifest.contains(&format!("[[bin]]\nname = \"{target}\"\n")), "{target} is no program");
    }
}
