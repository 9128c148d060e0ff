//! What is wrong with a list: where, in which field, and why; so many of them and a number for the rest.

use serde_json::{Value, json};
use std::fmt;

/// How many faults are told one by one.
const TOLD: usize = 100;

/// Something is wrong with a list. What it says never holds a value of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    place: Place,
    field: Option<&'static str>,
    message: String,
}

/// Where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// This line of the list, from 1.
    Line(u64),
    /// This record of the list, from 1.
    Record(u64),
}

/// The faults of one list.
#[derive(Debug)]
pub(crate) struct Faults {
    file: String,
    first: Vec<Fault>,
    more: u64,
}

impl Fault {
    /// A fault of a line that is none of a single field.
    pub(crate) fn of_line(line: u64, message: impl Into<String>) -> Self {
        Self { place: Place::Line(line), field: None, message: message.into() }
    }

    /// A fault of a field.
    pub(crate) fn of_field(line: u64, field: &'static str, message: impl Into<String>) -> Self {
        Self { place: Place::Line(line), field: Some(field), message: message.into() }
    }

    /// A fault that shows when all records are known.
    pub(crate) fn of_record(record: u64, message: impl Into<String>) -> Self {
        Self { place: Place::Record(record), field: None, message: message.into() }
    }
}

impl Faults {
    /// None so far, of this list.
    pub(crate) fn new(file: impl Into<String>) -> Self {
        Self { file: file.into(), first: Vec::new(), more: 0 }
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// One more.
    pub(crate) fn push(&mut self, fault: Fault) {
        if self.first.len() < TOLD {
            self.first.push(fault);
        } else {
            self.count(1);
        }
    }

    /// So many more that are not told one by one.
    pub(crate) fn count(&mut self, more: u64) {
        self.more = self.more.saturating_add(more);
    }

    /// A line for each, and one for the rest.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> =
            self.first.iter().map(|fault| format!("{}:{fault}", self.file)).collect();
        if self.more > 0 {
            lines.push(format!("and {} more", self.more));
        }
        lines
    }

    /// The same for programs.
    pub(crate) fn json(&self) -> Value {
        let errors: Vec<Value> = self
            .first
            .iter()
            .map(|fault| {
                let (line, record) = match fault.place {
                    Place::Line(line) => (Some(line), None),
                    Place::Record(record) => (None, Some(record)),
                };
                json!({
                    "file": self.file, "line": line, "record": record, "field": fault.field,
                    "message": fault.message,
                })
            })
            .collect();
        json!({ "errors": errors, "more": self.more })
    }
}

impl Extend<Fault> for Faults {
    fn extend<T: IntoIterator<Item = Fault>>(&mut self, faults: T) {
        faults.into_iter().for_each(|fault| self.push(fault));
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Place::Line(line) => write!(f, "{line}: ")?,
            Place::Record(record) => write!(f, " record {record}: ")?,
        }
        if let Some(field) = self.field {
            write!(f, "{field}: ")?;
        }
        f.write_str(&self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_are_told_and_the_rest_counted() {
        let mut faults = Faults::new("list.csv");
        assert!(faults.is_empty());
        faults.extend((2..=105).map(|line| Fault::of_field(line, "Amount", "is empty")));
        faults.count(3);
        let lines = faults.lines();
        assert_eq!((lines.len(), &*lines[0]), (101, "list.csv:2: Amount: is empty"));
        assert_eq!(lines[100], "and 7 more");
        assert_eq!(
            (faults.json()["errors"].as_array().map(Vec::len), &faults.json()["more"]),
            (Some(100), &json!(7))
        );
    }
}
