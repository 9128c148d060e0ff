//! The command `paygate`: seals, opens and inspects Computop Paygate messages.

mod args;
mod batch;
mod code;
mod columns;
mod completions;
mod decrypt;
mod doctor;
mod encrypt;
mod escape;
mod failure;
mod help;
mod input;
mod mac;
mod man;
mod named;
mod open;
mod output;
mod params;
mod report;
mod seal;
mod settings;
mod template;

use args::{Cli, Command};
use clap::Parser;
use failure::Failure;
use output::{Exit, Output};
use std::process::ExitCode;
use std::time::SystemTime;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come this way too. Who cannot be told learns it from the exit code.
            let _ = error.print();
            return u8::try_from(error.exit_code()).map_or(Exit::Usage.into(), ExitCode::from);
        }
    };
    let output = Output::new(cli.json);
    match run(&cli, output) {
        Ok(exit) => exit.into(),
        Err(failure) => output.fail(&failure.about(cli.env_file.as_deref())).into(),
    }
}

fn run(cli: &Cli, output: Output) -> Result<Exit, Failure> {
    // Read where they are used: who asks what a code means needs no account.
    let settings = || settings::load(cli.env_file.as_deref());
    match &cli.command {
        Command::Encrypt => encrypt::run(&settings()?, output),
        Command::Decrypt(args) => decrypt::run(args, &settings()?, output),
        Command::Mac(message) => mac::run(message, &settings()?, output),
        Command::Seal(args) => seal::run(args, &settings()?, output),
        Command::Open(args) => (args.open_as)(args, &settings()?, output),
        Command::Params { page } => params::run(page, output),
        Command::Code { code } => code::run(code, output),
        Command::Template(command) => template::run(command, output),
        Command::Batch(command) => batch::run(command, settings, output),
        Command::Doctor { now } => {
            doctor::run(cli.env_file.as_deref(), now.unwrap_or_else(SystemTime::now), output)
        }
        Command::Completions { shell } => completions::run(*shell, output),
        Command::Man { out } => man::run(out.as_deref(), output),
    }
}
