//! `paygate batch write`: the file of many refunds, whole or not at all.

use super::args::WriteArgs;
use super::earlier::Earlier;
use super::faults::{Fault, Faults};
use super::progress::Progress;
use super::sums::{self, Sums};
use super::table::{Row, Table, Wrong, format_of};
use super::{known, refunds, source};
use crate::columns::aligned;
use crate::escape::Printable;
use crate::failure::{Failure, Refusal};
use crate::output::{self, Exit, Output};
use crate::settings::EnvFileError;
use paygate::Settings;
use paygate_batch::{
    BatchDate, FinishError, Layout, LineEnd, LineError, Minor, Outbox, OutboxError, Pending, Refused, Rules,
    Total, Version, WriteError, Writer,
};
use serde_json::{Value, json};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What was written.
struct Written {
    path: PathBuf,
    version: Version,
    total: Total,
    sums: Sums,
}

/// Writes a file.
pub(super) fn run(
    args: &WriteArgs,
    settings: impl FnOnce() -> Result<Settings, EnvFileError>,
    output: Output,
) -> Result<Exit, Failure> {
    let layout = if args.master { Layout::master(args.version) } else { Ok(Layout::new(args.version)) };
    let layout = layout.map_err(|error| Failure::Called(error.to_string()))?;
    if matches!(args.version, Version::V1x(Minor::Letter) | Version::V2x(Minor::Letter)) {
        let version = args.version;
        output::warn(format_args!(
            "version {version} is written as it is: Computop tells the number to write for x"
        ));
    }
    let merchant_id = match args.merchant_id {
        Some(merchant_id) => merchant_id,
        None => settings()?.merchant_id()?,
    };
    let date = args.date.map_or_else(today, Ok)?;
    let source = source::open(&args.from)?;
    let outbox = Outbox::new(&args.to);
    let outbox_failed = |error| match error {
        OutboxError::Io(error) => Failure::File { path: args.to.clone(), error },
        error => Refusal::Outbox(error).into(),
    };
    // From before the earlier files are looked at until the new one is there: another one would not see these refunds.
    let alone = outbox.alone(&merchant_id).map_err(outbox_failed)?;
    let pending = outbox.begin(merchant_id, date, args.transport.into()).map_err(outbox_failed)?;
    let mut guard = known::guard(args.known.paid.as_deref())?;
    let mut earlier = Earlier::new(merchant_id, None);
    earlier.add_directory(&args.to)?;
    earlier.add(&args.known)?.iter().for_each(output::warn);
    let away = outbox.moved_away(&merchant_id).map_err(|error| outbox_failed(error.into()))?;
    let away = earlier.without(away);
    if !args.ignore_moved && !away.is_empty() {
        return Err(Refusal::MovedAway(away).into());
    }
    earlier.tell(&mut guard)?;
    let rules = Rules::default()
        .with_mixed_currencies(args.allow_mixed_currencies)
        .with_least_amount(args.least_amount);
    let writer = Writer::new(pending, merchant_id, date, layout, rules, guard);
    let writer = writer.map_err(|error| match error {
        WriteError::Io(error) => Failure::File { path: args.to.clone(), error },
        error => Failure::Called(error.to_string()),
    })?;
    let mut writer = writer.with_line_end(if args.lf { LineEnd::Lf } else { LineEnd::CrLf });
    let progress = Progress::new(source.len, output);
    let sums = copy(progress.watch(source.bytes), args, &mut writer)?;
    let complete = writer.finish().map_err(|error| finish_failed(error, args))?;
    let total = complete.total();
    let path = complete.publish().map_err(outbox_failed)?;
    drop(alone);
    drop(progress);
    let written = Written { path, version: args.version, total, sums };
    output.result(|| written.text(), || written.json())?;
    Ok(Exit::Done)
}

/// The day, by the clock of this place.
fn today() -> Result<BatchDate, Failure> {
    let today = jiff::Zoned::now().date();
    let parts = (u16::try_from(today.year()), u8::try_from(today.month()), u8::try_from(today.day()));
    let date = match parts {
        (Ok(year), Ok(month), Ok(day)) => BatchDate::new(year, month, day).ok(),
        _ => None,
    };
    date.ok_or_else(|| Failure::Called("the clock tells no day of a file: give one by --date".to_owned()))
}

/// Writes every refund of the list. With one that is wrong, the rest is only looked at.
fn copy(list: impl Read, args: &WriteArgs, writer: &mut Writer<Pending, Layout>) -> Result<Sums, Failure> {
    let path = &args.from;
    let mut faults = Faults::new(source::name(path));
    let format = args.format.unwrap_or_else(|| format_of(path));
    let mut table = match Table::new(list, format, refunds::refund(args.master)) {
        Ok(table) => table,
        Err(wrong) => return Err(known::stop(wrong, faults, path)),
    };
    let (mut row, mut sums) = (Row::new(), Sums::default());
    loop {
        match table.next(&mut row) {
            Ok(false) => break,
            Ok(true) => match refunds::record(&row) {
                Ok(record) => match writer.write(&record) {
                    Ok(()) => sums.add(record.money),
                    Err(WriteError::Line(error)) => faults.push(fault(row.line, &error)),
                    Err(WriteError::Io(error)) => return Err(write_failed(error, args)),
                    Err(error) => faults.push(Fault::of_line(row.line, error.to_string())),
                },
                Err(more) => faults.extend(more),
            },
            Err(Wrong::Record(more)) => faults.extend(more),
            Err(wrong) => return Err(known::stop(wrong, faults, path)),
        }
    }
    if !faults.is_empty() {
        return Err(Refusal::Rows(faults).into());
    }
    if writer.so_far().records == 0 {
        return Err(Refusal::NoRecords { file: source::name(path) }.into());
    }
    Ok(sums)
}

/// What the writer refuses, told by the list's line.
fn fault(line: u64, error: &LineError) -> Fault {
    match error.field {
        Some(field) => Fault::of_field(line, field.as_str(), error.rule.to_string()),
        None => Fault::of_line(line, error.rule.to_string()),
    }
}

fn finish_failed(error: FinishError, args: &WriteArgs) -> Failure {
    match error {
        FinishError::Refused { count, first } => {
            let mut faults = Faults::new(source::name(&args.from));
            let told = u64::try_from(first.len()).unwrap_or(u64::MAX);
            faults.extend(first.iter().map(refused));
            faults.count(count.saturating_sub(told));
            Refusal::Rows(faults).into()
        }
        FinishError::Io(error) => write_failed(error, args),
        _ => write_failed(io::Error::other(error.to_string()), args),
    }
}

/// A record that must not stand in the file. Behind HEAD, the lines of the file are the records of the list.
fn refused(refused: &Refused) -> Fault {
    let (line, text) = (refused.line(), refused.to_string());
    let message = match refused {
        Refused::Doubled { earlier, .. } => {
            format!("TransID: is that of record {} already", earlier.saturating_sub(1))
        }
        _ => text.strip_prefix(&format!("line {line}: ")).unwrap_or(&text).to_owned(),
    };
    Fault::of_record(line.saturating_sub(1), message)
}

fn write_failed(error: io::Error, args: &WriteArgs) -> Failure {
    Failure::File { path: args.to.clone(), error }
}

impl Written {
    fn text(&self) -> String {
        let path: &Path = &self.path;
        aligned(&[
            ["file".to_owned(), Printable(&source::name(path)).to_string()],
            ["version".to_owned(), self.version.to_string()],
            ["records".to_owned(), self.total.records.to_string()],
            ["sum".to_owned(), format!("{} (in the smallest unit)", sums::text(self.sums.get()))],
        ])
    }

    fn json(&self) -> Value {
        json!({
            "file": source::name(&self.path),
            "version": self.version.to_string(),
            "records": self.total.records,
            "sum": sums::number(self.total.sum),
            "sums": sums::json(self.sums.get()),
        })
    }
}
