//! The packages: each has the workspace's lints, and none runs a program of ours while it is built.

use crate::tree::{files, read, root};

/// Workspaces of their own, which cannot share the lints.
const OWN_LISTS: [(&str, &str); 3] = [
    ("fuzz/Cargo.toml", "\n[lints.clippy]\npedantic = "),
    ("tests/constant-time/Cargo.toml", "\n[lints.clippy]\npedantic = "),
    ("tests/no-std/Cargo.toml", "\n[lints.clippy]\npedantic = "),
];

/// Text and path of all that describe a package.
fn manifests() -> Vec<(String, String)> {
    let mut all: Vec<_> = files("Cargo.toml").into_iter().map(|path| (read(&path), path)).collect();
    all.retain(|(text, _)| text.contains("[package]"));
    all
}

#[test]
fn every_package_has_the_lints_of_the_workspace() {
    let mut own = Vec::new();
    for (text, path) in manifests() {
        if !text.contains("\n[lints]\nworkspace = true\n") {
            let list = OWN_LISTS.iter().find(|(known, _)| *known == path);
            assert!(
                list.is_some_and(|(_, has)| text.contains(has)),
                "{path} has other lints, and is not named here"
            );
            own.push(path);
        }
    }
    assert_eq!(own, OWN_LISTS.map(|(path, _)| path));
    let workspace = read("Cargo.toml");
    for lint in [
        "unsafe_code = \"forbid\"",
        "unwrap_used = \"deny\"",
        "expect_used = \"deny\"",
        "panic = \"deny\"",
        "indexing_slicing = \"deny\"",
        "arithmetic_side_effects = \"deny\"",
    ] {
        assert!(workspace.contains(&format!("\n{lint}\n")), "{lint} is not there");
    }
}

#[test]
fn no_package_has_a_build_script() {
    let manifests = manifests();
    assert!(manifests.len() >= 13, "{manifests:?}");
    for (text, path) in manifests {
        let folder = root().join(path.strip_suffix("Cargo.toml").unwrap());
        assert!(!folder.join("build.rs").exists(), "{path}: build.rs beside it");
        for line in text.lines() {
            let key = line.split('=').next().unwrap().trim();
            assert!(
                key != "build" && !line.contains("build-dependencies") && !line.contains("proc-macro = true"),
                "{path}: {line}"
            );
        }
    }
}
