//! The packages of the peers, of fixed versions, in Cargo's folder for what tests and benches make.

use crate::venv::{self, runs, show};
use std::process::Command;

const EGOROOF_BLOWFISH: &str = "egoroof-blowfish@4.0.3";

/// Installs what is not there yet. A package that cannot be had is missed by its peer, which says so.
pub(crate) fn all() {
    venv::install();
    let folder = venv::folder();
    if !folder.join("node_modules/egoroof-blowfish").exists() && runs("npm", ["--version"]) {
        let options = ["install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"];
        show(Command::new("npm").args(options).arg(&folder).arg(EGOROOF_BLOWFISH));
    }
}
