//! `paygate batch report`: what became of the refunds that were sent.

use super::args::ReportArgs;
use super::findings::{COLUMNS, PRINTED, Told, is_paid_back};
use super::progress::{Progress, Watched};
use super::sheet::Sheet;
use super::tally::{self, Codes};
use super::{source, sums};
use crate::columns::aligned;
use crate::failure::{Failure, Refusal};
use crate::output::{self, Exit, Output};
use paygate_batch::{ReadError, Reader, ReconcileError, Reconciled, Total, reconcile};
use serde_json::{Value, json};
use std::fmt::Write;
use std::io::{self, Read};
use std::path::Path;

/// How many findings are printed, and how many are told to programs.
const PRINTED_MOST: usize = 100;
const JSON_MOST: usize = 1000;

/// What is always said.
const NO_MAC: &str = "no MAC covers an answered file: it is as authentic as the way by which it came";

/// What two files say together.
struct Report<'a> {
    args: &'a ReportArgs,
    reconciled: Reconciled,
    codes: Codes,
    /// The first findings that are not paid back, as many as will be shown.
    told: Vec<Told>,
    /// How many more there are.
    more: u64,
}

/// Holds the files against each other.
pub(super) fn run(args: &ReportArgs, output: Output) -> Result<Exit, Failure> {
    let csv_is_printed = args.csv.as_deref().is_some_and(source::is_stdin);
    if csv_is_printed && output.is_json() {
        return Err(Failure::Called(
            "--csv - and --json both want standard output: give --csv a file".to_owned(),
        ));
    }
    let report = report(args, output)?;
    if csv_is_printed {
        report.text().lines().for_each(output::tell);
    } else {
        output.result(|| report.text(), || report.json())?;
    }
    Ok(if report.reconciled.all_paid_back() { Exit::Done } else { Exit::Refused })
}

fn report(args: &ReportArgs, output: Output) -> Result<Report<'_>, Failure> {
    let (sent, answered) = (source::open(&args.sent)?, source::open(&args.answered)?);
    let len = sent.len.zip(answered.len).map(|(sent, answered)| sent.saturating_add(answered));
    let progress = Progress::new(len, output);
    let sent = reader(progress.watch(sent.bytes), &args.sent)?;
    let answered = reader(progress.watch(answered.bytes), &args.answered)?;
    let mut sheet = args.csv.as_deref().map(|path| Sheet::new(path, COLUMNS)).transpose()?;
    let (mut codes, mut told, mut more) = (Codes::default(), Vec::new(), 0_u64);
    let most = if output.is_json() { JSON_MOST } else { PRINTED_MOST };
    let mut failed = None;
    let reconciled = reconcile(sent, answered, |finding| {
        codes.add(&finding);
        let is_paid_back = is_paid_back(&finding);
        if let Some(sheet) = sheet.as_mut().filter(|_| args.all || !is_paid_back)
            && failed.is_none()
        {
            failed = sheet.write(&Told::of(&finding).cells()).err();
        }
        if is_paid_back {
            return;
        }
        if told.len() < most {
            told.push(Told::of(&finding));
        } else {
            more = more.saturating_add(1);
        }
    });
    drop(progress);
    let reconciled = reconciled.map_err(|error| match error {
        ReconcileError::Io(error) => {
            // Which of the two it was, the library does not say.
            let both = format!("{} or {}", args.sent.display(), args.answered.display());
            Failure::File { path: both.into(), error }
        }
        error => Refusal::Reconcile(error).into(),
    })?;
    if let Some(failed) = failed {
        return Err(failed);
    }
    sheet.map(Sheet::finish).transpose()?;
    Ok(Report { args, reconciled, codes, told, more })
}

/// A file, its HEAD read.
fn reader(bytes: Watched<Box<dyn Read>>, path: &Path) -> Result<Reader<Watched<Box<dyn Read>>>, Failure> {
    Reader::new(bytes).map_err(|error| match error {
        ReadError::Line(error) => Refusal::File { file: source::name(path), error }.into(),
        ReadError::Io(error) => source::failed(path, error),
        error => source::failed(path, io::Error::other(error.to_string())),
    })
}

impl Report<'_> {
    fn text(&self) -> String {
        let mut text = tally::text(&self.reconciled.tally);
        text.push_str(&self.codes.text());
        if !self.told.is_empty() {
            let rows = self.told.iter().map(Told::printed);
            let rows: Vec<_> = [PRINTED.map(str::to_owned)].into_iter().chain(rows).collect();
            text.push('\n');
            text.push_str(&aligned(&rows));
        }
        // Writing to a String cannot fail.
        let _ = self.write_end(&mut text);
        text
    }

    fn write_end(&self, text: &mut String) -> std::fmt::Result {
        if self.more > 0 {
            let where_all = if self.args.csv.is_some() {
                "all of them in the CSV"
            } else {
                "all of them with --csv FILE"
            };
            writeln!(text, "and {} more, {where_all}", self.more)?;
        }
        text.push('\n');
        for note in self.notes() {
            writeln!(text, "note: {note}")?;
        }
        let all = match self.reconciled.sent {
            _ if !self.reconciled.all_paid_back() => "NOT everything was paid back",
            // Nobody is to read of files that were mixed up or cut short that all is well.
            Some(Total { records: 0, .. }) => "the files hold no refunds",
            _ => "everything was paid back",
        };
        writeln!(text, "{all}; {NO_MAC}")
    }

    /// What keeps two files from being whole, or from being of one kind.
    fn notes(&self) -> Vec<&'static str> {
        let Reconciled { sent, answered, same_head, as_the_versions_say, .. } = &self.reconciled;
        [
            (sent.is_none(), "the file that was sent is not whole, or something in it is wrong"),
            (answered.is_none(), "the answered file is not whole, or something in it is wrong"),
            (!same_head, "HEAD says another date or version in the two files"),
            (
                !as_the_versions_say,
                "lines have other fields than the version says; they were read as they stand",
            ),
        ]
        .into_iter()
        .filter_map(|(holds, note)| holds.then_some(note))
        .collect()
    }

    fn json(&self) -> Value {
        let total = |total: Option<Total>| {
            total.map(|total| json!({ "records": total.records, "sum": sums::number(total.sum) }))
        };
        json!({
            "all_paid_back": self.reconciled.all_paid_back(),
            "tally": tally::json(&self.reconciled.tally),
            "sent": total(self.reconciled.sent),
            "answered": total(self.reconciled.answered),
            "same_head": self.reconciled.same_head,
            "as_the_versions_say": self.reconciled.as_the_versions_say,
            "codes": self.codes.json(),
            "findings": self.told.iter().map(Told::json).collect::<Vec<_>>(),
            "more": self.more,
            "note": NO_MAC,
        })
    }
}
