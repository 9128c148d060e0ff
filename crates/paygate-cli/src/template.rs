//! `paygate template check`: a page for URLTemplate, held against Trustly's guidelines.

use crate::args::TemplateCommand;
use crate::escape::Printable;
use crate::failure::Failure;
use crate::input;
use crate::output::{Exit, Output};
use paygate::template::{Problem, Template, TemplateError};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs::File;
use std::path::Path;

/// Checks a page.
pub(crate) fn run(command: &TemplateCommand, output: Output) -> Result<Exit, Failure> {
    let TemplateCommand::Check { file } = command;
    let checked = match read(file)? {
        Some(page) => Template::parse(&*page),
        None => Err(TemplateError::TooLarge),
    };
    output.result(|| text(file, &checked), || json(file, &checked))?;
    Ok(if checked.is_ok() { Exit::Done } else { Exit::Refused })
}

/// The bytes of the page; `None` if there are more than a template may have.
fn read(file: &Path) -> Result<Option<input::Bytes>, Failure> {
    if file.as_os_str() == OsStr::new("-") {
        return input::stdin(Template::MAX_BYTES);
    }
    let opened = File::open(file).and_then(|file| input::up_to(Template::MAX_BYTES, file));
    opened.map_err(|error| Failure::File { path: file.to_owned(), error })
}

/// Where it is known, the line, and what is wrong with it.
fn faults(error: &TemplateError) -> Vec<(Option<u64>, String)> {
    match error {
        TemplateError::Rules(problems) => problems
            .iter()
            .map(|problem: &Problem| (Some(problem.line()), problem.rule().to_string()))
            .collect(),
        TemplateError::NotUtf8 { line } => vec![(Some(*line), "the page is not UTF-8".to_owned())],
        other => vec![(None, other.to_string())],
    }
}

fn text(file: &Path, checked: &Result<Template, TemplateError>) -> String {
    let file = file.to_string_lossy();
    let file = Printable(&file);
    match checked {
        Ok(template) => {
            let (opening, line) = (template.spelling().opening(), template.line());
            format!("{file}:{line}: accepted; the tag stands here, and begins with {opening}\n")
        }
        Err(error) => {
            let line = |(line, text): (Option<u64>, String)| match line {
                Some(line) => format!("{file}:{line}: {}\n", Printable(&text)),
                None => format!("{file}: {}\n", Printable(&text)),
            };
            faults(error).into_iter().map(line).collect()
        }
    }
}

fn json(file: &Path, checked: &Result<Template, TemplateError>) -> Value {
    let (tag, problems) = match checked {
        Ok(template) => {
            (json!({ "opening": template.spelling().opening(), "line": template.line() }), Vec::new())
        }
        Err(error) => {
            let problem = |(line, message)| json!({ "line": line, "message": message });
            (Value::Null, faults(error).into_iter().map(problem).collect())
        }
    };
    json!({ "file": file.to_string_lossy(), "accepted": checked.is_ok(), "tag": tag, "problems": problems })
}
