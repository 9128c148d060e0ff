//! The files of the repository, by their paths from its root.

use std::fs;
use std::path::{Path, PathBuf};

/// Where the sources are.
const FOLDERS: [&str; 4] = ["crates", "examples", "fuzz", "tests"];

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The text of a file.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files with this name or ending, in the order of their paths; what was built is none of ours.
pub(crate) fn files(ends_with: &str) -> Vec<String> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        collect(Path::new(folder), ends_with, &mut found);
    }
    found.sort();
    assert!(!found.is_empty(), "no {ends_with}: is this the repository?");
    found
}

fn collect(folder: &Path, ends_with: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let (name, kind) = (entry.file_name().into_string().unwrap(), entry.file_type().unwrap());
        let path = folder.join(&name);
        if kind.is_dir() && name != "target" {
            collect(&path, ends_with, found);
        } else if kind.is_file() && name.ends_with(ends_with) {
            found.push(path.to_str().unwrap().replace('\\', "/"));
        }
    }
}
