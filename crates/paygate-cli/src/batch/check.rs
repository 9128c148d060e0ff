//! `paygate batch check`: a file, held against the rules to its end.

use super::args::CheckArgs;
use super::earlier::Earlier;
use super::problems::Problems;
use super::progress::Progress;
use super::{known, source, sums};
use crate::columns::aligned;
use crate::escape::Printable;
use crate::failure::Failure;
use crate::output::{Exit, Output};
use paygate::Currency;
use paygate_batch::{
    Checked, Field, FileName, Head, Problem, ReadError, Reader, Shape, Transport, check_until,
};
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::path::Path;

/// What there is to tell of a file.
struct Report {
    file: String,
    problems: Problems,
    /// What HEAD says; `None` where it cannot be understood.
    head: Option<Head>,
    /// `None` where the file was not read to its end.
    checked: Option<Checked>,
    notes: Vec<String>,
}

/// Checks a file.
pub(super) fn run(args: &CheckArgs, output: Output) -> Result<Exit, Failure> {
    let report = check(args, output)?;
    output.result(|| report.text(), || report.json())?;
    Ok(if report.is_accepted() { Exit::Done } else { Exit::Refused })
}

fn check(args: &CheckArgs, output: Output) -> Result<Report, Failure> {
    let path = &args.file;
    let mut guard = known::guard(args.known.paid.as_deref())?;
    let source = source::open(path)?;
    let progress = Progress::new(source.len, output);
    let mut problems = Problems::default();
    let file = source::name(path);
    let reader = match Reader::new(progress.watch(source.bytes)) {
        Ok(reader) => reader,
        Err(ReadError::Line(error)) => {
            problems.push(Problem::Line(error));
            return Ok(Report { file, problems, head: None, checked: None, notes: Vec::new() });
        }
        Err(ReadError::Io(error)) => return Err(source::failed(path, error)),
        Err(error) => return Err(source::failed(path, std::io::Error::other(error.to_string()))),
    };
    let head = reader.head().clone();
    let mut earlier = Earlier::new(head.merchant_id, Some(path));
    let mut notes = earlier.add(&args.known)?;
    earlier.tell(&mut guard)?;
    let told = check_until(reader, guard, |problem| {
        let is_enough = args.first && matches!(problem, Problem::Line(_));
        problems.push(problem);
        if is_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let checked = told.map_err(|error| source::failed(path, error))?.continue_value();
    problems.keep_first();
    if checked.as_ref().and_then(|checked| checked.total).is_some_and(|total| total.records == 0) {
        notes.push("the file holds no records".to_owned());
    }
    if !source::is_stdin(path) {
        notes.extend(note(path, &head));
    }
    Ok(Report { file, problems, head: Some(head), checked, notes })
}

/// What the name of the file says, held against HEAD. Files may be called as one likes, until they are handed over.
fn note(path: &Path, head: &Head) -> Option<String> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let names = known::names(path);
    if names.is_empty() {
        let why = FileName::parse(name, Transport::Sftp).err().map(|error| error.to_string());
        return Some(format!("Paygate would not take a file of this name: {}", why.unwrap_or_default()));
    }
    let mid = head.merchant_id.as_str();
    let is_of_head = names.iter().any(|name| name.merchant_id().as_str().eq_ignore_ascii_case(mid));
    (!is_of_head).then(|| "the name of the file has another MerchantID than HEAD".to_owned())
}

impl Report {
    fn is_accepted(&self) -> bool {
        self.problems.count() == 0 && self.checked.as_ref().is_some_and(|checked| checked.total.is_some())
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for line in self.problems.lines(&self.file) {
            text.push_str(&Printable(&line).to_string());
            text.push('\n');
        }
        text.push_str(&aligned(&self.rows()));
        text
    }

    /// The summary.
    fn rows(&self) -> Vec<[String; 2]> {
        let mut rows = Vec::new();
        let mut row = |name: &str, value: String| rows.push([name.to_owned(), Printable(&value).to_string()]);
        row("file", self.file.clone());
        if let Some(head) = &self.head {
            row("merchant", head.merchant_id.to_string());
            row("date", head.date.clone());
            row("version", head.version.to_string());
        }
        if let Some(checked) = &self.checked {
            let currencies = sums::listed(checked.currencies.iter().map(Currency::to_string), "+");
            row("records", checked.seen.records.to_string());
            let sum = format!("{} {currencies}", checked.seen.sum);
            row("sum", format!("{} (in the smallest unit)", sum.trim_end()));
            if let Some(shape) = checked.shape {
                let says = if checked.is_as_the_version_says { "as" } else { "NOT as" };
                row("lines", format!("{}, {says} the version says", fields(shape).join(",")));
                row("answered", if shape.is_answer() { "yes" } else { "no" }.to_owned());
            }
        }
        for note in &self.notes {
            row("note", note.clone());
        }
        let result = match self.problems.count() {
            0 if self.is_accepted() => "nothing is wrong".to_owned(),
            count if self.checked.is_some() => format!("problems: {count}"),
            _ => "wrong, and not read further".to_owned(),
        };
        row("result", result);
        rows
    }

    fn json(&self) -> Value {
        let head = self.head.as_ref();
        let checked = self.checked.as_ref();
        let shape = checked.and_then(|checked| checked.shape);
        let currencies = |checked: &Checked| -> Vec<String> {
            checked.currencies.iter().map(ToString::to_string).collect()
        };
        json!({
            "file": self.file,
            "accepted": self.is_accepted(),
            "merchant_id": head.map(|head| head.merchant_id.to_string()),
            "date": head.map(|head| head.date.clone()),
            "version": head.map(|head| head.version.to_string()),
            "records": checked.map(|checked| checked.seen.records),
            "sum": checked.map(|checked| sums::number(checked.seen.sum)),
            "currencies": checked.map(currencies),
            "fields": shape.map(fields),
            "as_the_version_says": checked.map(|checked| checked.is_as_the_version_says),
            "answered": shape.map(Shape::is_answer),
            "notes": self.notes,
            "problems": self.problems.json(),
            "more": self.problems.more(),
        })
    }
}

fn fields(shape: Shape) -> Vec<&'static str> {
    shape.fields().map(Field::as_str).collect()
}
