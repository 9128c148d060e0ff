//! Records of CSV, by the names in its first line.

use super::faults::Fault;
use super::quotes::Quotes;
use super::table::{Column, Row, Wrong, shown, unreadable};
use super::tame::Tame;
use csv::ByteRecord;
use std::io::{self, ErrorKind, Read};

/// How much is read at once.
const BUFFER: usize = 64 * 1024;

/// The records behind the names.
pub(super) struct CsvRows<R> {
    csv: csv::Reader<Quotes<Tame<R>>>,
    record: ByteRecord,
    /// What each field of a line is: the number of its column.
    places: Vec<usize>,
}

impl<R: Read> CsvRows<R> {
    /// Reads the names. Each column must be known, must not stand twice, and be there if it is needed.
    pub(super) fn new(input: Tame<R>, columns: &[Column]) -> Result<Self, Wrong> {
        let csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(Quotes::new(input));
        let mut rows = Self { csv, record: ByteRecord::new(), places: Vec::new() };
        let Some(line) = rows.read()? else {
            return Err(Wrong::List(vec![Fault::of_line(
                1,
                "the list is empty: its first line names the columns",
            )]));
        };
        let mut faults = Vec::new();
        for name in &rows.record {
            let name = String::from_utf8_lossy(name);
            match columns.iter().position(|column| column.is_called(&name)) {
                Some(place) if rows.places.contains(&place) => {
                    faults.push(Fault::of_line(
                        line,
                        format!("the column {} stands there twice", shown(&name)),
                    ));
                }
                Some(place) => rows.places.push(place),
                None => {
                    let message =
                        format!("there is no column called {:?}; commas separate names", shown(&name));
                    faults.push(Fault::of_line(line, message));
                }
            }
        }
        for (place, column) in columns.iter().enumerate() {
            if column.needed && !rows.places.contains(&place) {
                faults.push(Fault::of_line(line, format!("the column {} is missing", column.field)));
            }
        }
        if faults.is_empty() { Ok(rows) } else { Err(Wrong::List(faults)) }
    }

    /// Reads the next record; `false` at the end.
    pub(super) fn next<const N: usize>(&mut self, row: &mut Row<N>) -> Result<bool, Wrong> {
        let Some(line) = self.read()? else { return Ok(false) };
        row.line = line;
        let (found, expected) = (self.record.len(), self.places.len());
        if found != expected {
            let message = format!("there are {found} values instead of {expected}");
            return Err(Wrong::Record(vec![Fault::of_line(line, message)]));
        }
        for (bytes, place) in self.record.iter().zip(&self.places) {
            let Ok(text) = str::from_utf8(bytes) else {
                return Err(Wrong::Record(vec![Fault::of_line(line, "the line is not UTF-8")]));
            };
            if let Some(value) = row.values.get_mut(*place) {
                value.push_str(text);
            }
        }
        Ok(true)
    }

    /// Reads a record and tells its line. That of `csv` is one where blank lines may come first, so it is counted from the end.
    fn read(&mut self) -> Result<Option<u64>, Wrong> {
        let read = self.csv.read_byte_record(&mut self.record);
        let after = self.csv.position().line();
        match read {
            Ok(false) => Ok(None),
            Ok(true) => {
                // A line of its own, and one for each end that a value holds.
                let lines = self.record.as_slice().split(|byte| *byte == b'\n').count();
                let before = u64::try_from(lines).unwrap_or_default();
                Ok(Some(after.saturating_sub(before)))
            }
            Err(error) => {
                let error = match error.into_kind() {
                    csv::ErrorKind::Io(error) => error,
                    _ => io::Error::new(ErrorKind::InvalidData, "the line is no CSV"),
                };
                Err(unreadable(self.csv.get_ref().begin(), error))
            }
        }
    }
}
