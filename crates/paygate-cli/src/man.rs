//! `paygate man`: pages for man(1), made from the help.

use crate::args::Cli;
use crate::escape::Printable;
use crate::failure::Failure;
use crate::output::{Exit, Output};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use serde_json::json;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Prints the main page, or writes the pages of all commands into a directory.
pub(crate) fn run(out: Option<&Path>, output: Output) -> Result<Exit, Failure> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    match out {
        None => {
            let page = page(&command).map_err(Failure::Stdout)?;
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
    let path = directory.join(Man::new(command.clone()).get_filename());
    fs::write(&path, page(command)?)?;
    written.push(path);
    command.get_subcommands().try_for_each(|command| write(command, directory, written))
}

/// The page of a command. What the help says below the options is set by us: `Man` would fill its lines like a paragraph,
/// and no example could be copied.
fn page(command: &Command) -> io::Result<Vec<u8>> {
    let notes = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    page.write_all(roff(&notes).as_bytes())?;
    Ok(page)
}

/// Text as roff: paragraphs are filled, indented lines stand as they are, `Example:` begins a section.
fn roff(text: &str) -> String {
    let mut page = ".SH NOTES\n".to_owned();
    let mut verbatim = false;
    for line in text.lines() {
        if verbatim != line.starts_with(' ') && !line.is_empty() {
            verbatim = !verbatim;
            page.push_str(if verbatim { ".nf\n" } else { ".fi\n" });
        }
        let line = match line {
            "" => ".PP".to_owned(),
            heading if heading.starts_with("Example") && heading.ends_with(':') => ".SH EXAMPLES".to_owned(),
            // A line that begins with a point or an apostrophe would be a command; behind \\& it is text.
            line => format!("\\&{}", line.replace('\\', "\\e").replace('-', "\\-")),
        };
        page.push_str(&line);
        page.push('\n');
    }
    if verbatim {
        page.push_str(".fi\n");
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_stands_as_it_is_typed() {
        let text = "Needs a key.\n\nExample, with a key:\n  paygate mac --a-b \\\n    .x\n";
        assert_eq!(
            roff(text),
            ".SH NOTES\n\\&Needs a key.\n.PP\n.SH EXAMPLES\n.nf\n\\&  paygate mac \\-\\-a\\-b \\e\n\\&    .x\n.fi\n"
        );
    }
}
