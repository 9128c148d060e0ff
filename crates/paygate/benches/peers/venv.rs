//! A virtual environment of Python's with pycryptodome, of a fixed version, in Cargo's folder for what tests and benches make.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PYCRYPTODOME: &str = "pycryptodome==3.23.0";

/// Where the packages of all peers are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("peers-bench")
}

/// Python of the virtual environment.
pub(crate) fn python() -> PathBuf {
    folder().join("venv/bin/python")
}

/// Installs what is not there yet. A package that cannot be had is missed by its peer, which says so.
pub(crate) fn install() {
    let folder = folder();
    std::fs::create_dir_all(&folder).expect("a folder for the packages");
    let venv = folder.join("venv");
    if !runs(python(), ["-c", "import Crypto"])
        && runs("python3", ["-m".as_ref(), "venv".as_ref(), venv.as_os_str()])
    {
        show(Command::new(python()).args(["-m", "pip", "install", "--quiet", PYCRYPTODOME]));
    }
}

/// Whether a program is there and takes these arguments; what it prints is not of interest.
pub(crate) fn runs(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> bool {
    let quiet = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    quiet.is_ok_and(|status| status.success())
}

/// Runs a command and prints how it failed, if it did.
pub(crate) fn show(command: &mut Command) {
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => {}
        Ok(status) => eprintln!("{}: {status}", command.get_program().display()),
        Err(error) => eprintln!("{}: {error}", command.get_program().display()),
    }
}
