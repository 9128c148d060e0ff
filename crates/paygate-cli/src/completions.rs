//! `paygate completions`: what a shell needs to complete the command line.

use crate::args::Cli;
use crate::failure::Failure;
use crate::output::{Exit, Output};
use clap::CommandFactory;
use clap_complete::Shell;
use serde_json::json;

/// Prints the script for a shell.
pub(crate) fn run(shell: Shell, output: Output) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "paygate", &mut script);
    output.result(
        || &script,
        || json!({ "shell": shell.to_string(), "script": String::from_utf8_lossy(&script) }),
    )?;
    Ok(Exit::Done)
}
