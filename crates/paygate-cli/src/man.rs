//! `paygate man`: pages for man(1), made from the help.

use crate::args::Cli;
use crate::escape::Printable;
use crate::failure::Failure;
use crate::output::{Exit, Output};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use serde_json::json;
use std::io;
use std::path::{Path, PathBuf};

/// Prints the main page, or writes the pages of all commands into a directory.
pub(crate) fn run(out: Option<&Path>, output: Output) -> Result<Exit, Failure> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    match out {
        None => {
            let mut page = Vec::new();
            Man::new(command).render(&mut page).map_err(Failure::Stdout)?;
            output.result(|| &page, || json!({ "page": String::from_utf8_lossy(&page) }))?;
        }
        Some(directory) => {
            let mut written = Vec::new();
            write(&command, directory, &mut written)
                .map_err(|error| Failure::File { path: directory.to_owned(), error })?;
            let names: Vec<String> = written.iter().map(|path| path.to_string_lossy().into_owned()).collect();
            output.result(|| lines(&names), || json!({ "written": names }))?;
        }
    }
    Ok(Exit::Done)
}

fn lines(names: &[String]) -> String {
    names.iter().flat_map(|name| [Printable(name).to_string(), "\n".to_owned()]).collect()
}

/// Writes the page of a command, and those of its subcommands.
fn write(command: &Command, directory: &Path, written: &mut Vec<PathBuf>) -> io::Result<()> {
    written.push(Man::new(command.clone()).generate_to(directory)?);
    command.get_subcommands().try_for_each(|command| write(command, directory, written))
}
