//! What goes out: results on standard output, messages on standard error, the exit code.

use crate::escape::{self, Printable};
use crate::failure::Failure;
use serde_json::Value;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

/// How the command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: done as asked.
    Done,
    /// 1: refused, or not paid.
    Refused,
    /// 2: called or configured wrongly.
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::Refused => Self::from(1),
            Exit::Usage => Self::from(2),
        }
    }
}

/// Prints for people, or for programs with `--json`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    /// For programs if `json`.
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether programs read it.
    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// Prints a result: the bytes as they are, or the JSON on a line.
    pub(crate) fn result<B: AsRef<[u8]>>(
        self,
        text: impl FnOnce() -> B,
        json: impl FnOnce() -> Value,
    ) -> Result<(), Failure> {
        let written = if self.json { print_json(&json()) } else { print(text().as_ref()) };
        written.map_err(Failure::Stdout)
    }

    /// Says why there is no result, and tells the exit code for it.
    pub(crate) fn fail(self, failure: &Failure) -> Exit {
        for line in failure.lines() {
            complain(line);
        }
        if self.json
            && !matches!(failure, Failure::Stdout(_))
            && let Err(error) = print_json(&failure.json())
        {
            complain(Failure::Stdout(error));
        }
        match failure {
            Failure::Refused(_) | Failure::Stdout(_) => Exit::Refused,
            Failure::EnvFile(_)
            | Failure::Environment(_)
            | Failure::InFile { .. }
            | Failure::File { .. }
            | Failure::Called(_)
            | Failure::Stdin(_) => Exit::Usage,
        }
    }
}

/// Prints a message that goes along with a result.
pub(crate) fn warn(message: impl fmt::Display) {
    complain(format_args!("warning: {message}"));
}

/// Prints a line of a report whose place on standard output something else has.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", Printable(line));
}

/// Prints a message.
pub(crate) fn complain(message: impl fmt::Display) {
    // Who has closed standard error does not want to hear it.
    let _ = writeln!(io::stderr().lock(), "paygate: {}", Printable(&message.to_string()));
}

fn print_json(value: &Value) -> io::Result<()> {
    print(format!("{}\n", escape::json(&value.to_string())).as_bytes())
}

/// Writes to standard output. A reader who has seen enough and left is no error.
fn print(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
