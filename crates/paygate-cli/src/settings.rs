//! Where the account and its keys come from: the environment, or a file that is named instead of it.

use crate::input;
use paygate::Settings;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// How the names of our variables begin.
pub(crate) const PREFIX: &str = "PAYGATE_";
const MAX_FILE: usize = 64 * 1024;

/// The file of `--env-file` cannot be used. What stands in it is never shown.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", .path.display())]
pub(crate) struct EnvFileError {
    path: PathBuf,
    problem: Problem,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error(transparent)]
    Unreadable(#[from] io::Error),
    #[error("the file is larger than 64 KiB")]
    TooLarge,
    #[error("line {number} {problem}")]
    Line { number: usize, problem: LineProblem },
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum LineProblem {
    #[error("is not NAME=VALUE")]
    NoAssignment,
    #[error("is not UTF-8")]
    NotUtf8,
    #[error("begins a quotation and does not end it")]
    OpenQuote,
    #[error("has a # behind an unquoted value: quote the value, or give the comment a line of its own")]
    Comment,
    #[error("sets a PAYGATE_ variable that does not exist")]
    UnknownName,
    #[error("sets a variable that a line before has set")]
    Doubled,
}

/// Reads the variables from the file alone where one is named: keys of two accounts must not mix.
pub(crate) fn load(env_file: Option<&Path>) -> Result<Settings, EnvFileError> {
    match env_file {
        None => Ok(Settings::from_env()),
        Some(path) => from_file(path).map_err(|problem| EnvFileError { path: path.to_owned(), problem }),
    }
}

fn from_file(path: &Path) -> Result<Settings, Problem> {
    let bytes = input::up_to(MAX_FILE, File::open(path)?)?.ok_or(Problem::TooLarge)?;
    let variables = variables(&bytes)?;
    Ok(Settings::from_lookup(|wanted| {
        variables.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned())
    }))
}

/// The assignments to variables of ours.
fn variables(bytes: &[u8]) -> Result<Vec<(&str, &str)>, Problem> {
    // Some editors write a mark of the byte order, which is no part of the first name.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut found: Vec<(&str, &str)> = Vec::new();
    for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1..) {
        let wrong = |problem| Problem::Line { number, problem };
        let Some((name, value)) = assignment(line).map_err(wrong)? else { continue };
        if !name.starts_with(PREFIX) {
            continue;
        }
        if !Settings::VARIABLES.contains(&name) {
            return Err(wrong(LineProblem::UnknownName));
        }
        if found.iter().any(|(known, _)| *known == name) {
            return Err(wrong(LineProblem::Doubled));
        }
        found.push((name, value));
    }
    Ok(found)
}

/// The name and the value of a line; `None` where it is blank or a comment.
fn assignment(line: &[u8]) -> Result<Option<(&str, &str)>, LineProblem> {
    let line = str::from_utf8(line).map_err(|_| LineProblem::NotUtf8)?.trim_ascii();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let line = line.strip_prefix("export ").map_or(line, str::trim_ascii_start);
    let (name, value) = line.split_once('=').ok_or(LineProblem::NoAssignment)?;
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !is_name {
        return Err(LineProblem::NoAssignment);
    }
    unquoted(value.trim_ascii()).map(|value| Some((name, value)))
}

/// The value without a pair of quotes around it; nothing inside is an escape.
fn unquoted(value: &str) -> Result<&str, LineProblem> {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.strip_suffix(quote).ok_or(LineProblem::OpenQuote);
        }
    }
    // A shell would cut it off; a key that silently ends in a comment opens nothing.
    if value.contains(" #") || value.contains("\t#") {
        return Err(LineProblem::Comment);
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Result<Option<(&str, &str)>, LineProblem> {
        assignment(line.as_bytes())
    }

    #[test]
    fn a_value_is_taken_as_it_stands_quotes_and_blanks_around_it_cut() {
        for line in ["A=b c", "A='b c'", "A=\"b c\"", "export A=b c", "  export   A='b c' \r", "A= b c "] {
            assert_eq!(one(line), Ok(Some(("A", "b c"))), "{line}");
        }
        for (line, value) in [
            ("A=", ""),
            ("A=''", ""),
            ("A=b=c", "b=c"),
            ("A=$B#c", "$B#c"),
            ("A='b # c'", "b # c"),
            (r#"A="b"c""#, r#"b"c"#),
            (r"A='\n'", r"\n"),
            (r#"A=b""#, r#"b""#),
        ] {
            assert_eq!(one(line), Ok(Some(("A", value))), "{line}");
        }
    }

    #[test]
    fn comments_and_blank_lines_say_nothing() {
        for line in ["", "  \t\r", "# A=b", "   #"] {
            assert_eq!(one(line), Ok(None), "{line:?}");
        }
    }

    #[test]
    fn a_comment_behind_an_unquoted_value_is_refused() {
        for line in ["A=b # c", "A=b\t# c", "A=b #"] {
            assert_eq!(one(line), Err(LineProblem::Comment), "{line}");
        }
    }

    #[test]
    fn a_malformed_line_is_refused() {
        for line in ["A", "=b", "A =b", "1A=b", "export A", "set -a", "A-B=c", "Ä=b"] {
            assert_eq!(one(line), Err(LineProblem::NoAssignment), "{line}");
        }
        for line in ["A='", "A=\"b", "A='b\"", "A='b' # c"] {
            assert_eq!(one(line), Err(LineProblem::OpenQuote), "{line}");
        }
        assert_eq!(assignment(b"A=\xFF"), Err(LineProblem::NotUtf8));
    }
}
