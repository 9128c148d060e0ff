//! `paygate batch`: files of the Batch Manager, written, checked, and read back.

pub(crate) mod args;
mod cell;
mod check;
mod csv_rows;
mod earlier;
pub(crate) mod faults;
mod findings;
pub(crate) mod help;
mod json_rows;
mod known;
mod problems;
mod progress;
mod quotes;
mod refunds;
mod report;
mod sheet;
mod source;
mod sums;
mod table;
mod tally;
mod tame;
mod write;

use crate::failure::Failure;
use crate::output::{Exit, Output};
use crate::settings::EnvFileError;
use args::BatchCommand;
use paygate::Settings;

/// Does what a command says. The settings are read where there is a merchant to be learnt from them.
pub(crate) fn run(
    command: &BatchCommand,
    settings: impl FnOnce() -> Result<Settings, EnvFileError>,
    output: Output,
) -> Result<Exit, Failure> {
    match command {
        BatchCommand::Write(args) => write::run(args, settings, output),
        BatchCommand::Check(args) => check::run(args, output),
        BatchCommand::Report(args) => report::run(args, output),
    }
}
