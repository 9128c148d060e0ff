//! A file that is named, or standard input.

use crate::failure::Failure;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A file to be read from its begin to its end.
pub(super) struct Source {
    /// Its bytes.
    pub(super) bytes: Box<dyn Read>,
    /// How many there are, where that is known before.
    pub(super) len: Option<u64>,
}

/// Opens a file; `-` is standard input.
pub(super) fn open(path: &Path) -> Result<Source, Failure> {
    if is_stdin(path) {
        // Not locked: another operand may be `-` too, and then finds nothing left.
        return Ok(Source { bytes: Box::new(io::stdin()), len: None });
    }
    let file = File::open(path).map_err(|error| failed(path, error))?;
    let len = file.metadata().ok().map(|data| data.len());
    Ok(Source { bytes: Box::new(file), len })
}

/// Why it cannot be read.
pub(super) fn failed(path: &Path, error: io::Error) -> Failure {
    if is_stdin(path) { Failure::Stdin(error) } else { Failure::File { path: path.to_owned(), error } }
}

/// What it is called where it is told of.
pub(super) fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Whether it stands for a standard stream.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == OsStr::new("-")
}
