//! A list with named columns, record by record: CSV or JSON lines.

use super::args::Format;
use super::csv_rows::CsvRows;
use super::faults::Fault;
use super::json_rows::JsonRows;
use super::tame::{Since, Tame};
use paygate_batch::Field;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// A column that a list has or may have.
#[derive(Clone, Copy)]
pub(super) struct Column {
    /// What it holds; its name is the field's.
    pub(super) field: Field,
    /// Other names of it.
    pub(super) aliases: &'static [&'static str],
    /// Whether it must be there.
    pub(super) needed: bool,
}

/// A record: a text for each column, empty where there is none.
pub(super) struct Row<const N: usize> {
    /// In which line it begins.
    pub(super) line: u64,
    /// The texts.
    pub(super) values: [String; N],
}

/// Why there is no record.
pub(super) enum Wrong {
    /// The record breaks rules. The next one can be read.
    Record(Vec<Fault>),
    /// The list breaks a rule, and nothing of it can be read from there on.
    List(Vec<Fault>),
    /// The list cannot be read.
    Io(io::Error),
}

/// A list.
pub(super) struct Table<R, const N: usize> {
    columns: [Column; N],
    rows: Rows<R>,
    since: Since,
}

enum Rows<R> {
    Csv(CsvRows<R>),
    Json(JsonRows<R>),
}

impl Column {
    /// Whether it is meant by this name.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let mut names = self.aliases.iter().copied().chain([self.field.as_str()]);
        names.any(|known| known.eq_ignore_ascii_case(name))
    }
}

impl<const N: usize> Row<N> {
    pub(super) fn new() -> Self {
        Self { line: 0, values: std::array::from_fn(|_| String::new()) }
    }
}

impl<R: Read, const N: usize> Table<R, N> {
    /// Begins a list; of CSV, reads the names of the columns.
    pub(super) fn new(input: R, format: Format, columns: [Column; N]) -> Result<Self, Wrong> {
        let since = Since::default();
        let input = Tame::new(input, since.clone());
        let rows = match format {
            Format::Csv => Rows::Csv(CsvRows::new(input, &columns)?),
            Format::Jsonl => Rows::Json(JsonRows::new(input)),
        };
        Ok(Self { columns, rows, since })
    }

    /// Reads the next record; `false` at the end.
    pub(super) fn next(&mut self, row: &mut Row<N>) -> Result<bool, Wrong> {
        self.since.reset();
        row.values.iter_mut().for_each(String::clear);
        match &mut self.rows {
            Rows::Csv(rows) => rows.next(row),
            Rows::Json(rows) => rows.next(row, &self.columns),
        }
    }
}

/// How a list is written, by its name.
pub(super) fn format_of(path: &Path) -> Format {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let is_json = ["jsonl", "ndjson", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known));
    if is_json { Format::Jsonl } else { Format::Csv }
}

/// What could not be read in this line: what the list itself is to blame for is a fault of it.
pub(super) fn unreadable(line: u64, error: io::Error) -> Wrong {
    if error.kind() == ErrorKind::InvalidData {
        Wrong::List(vec![Fault::of_line(line, error.to_string())])
    } else {
        Wrong::Io(error)
    }
}

/// The name of a column that is none, for a message: a first line that is no header may be long.
pub(super) fn shown(name: &str) -> String {
    let mut shown: String = name.chars().take(40).collect();
    if shown.len() < name.len() {
        shown.push('…');
    }
    shown
}
