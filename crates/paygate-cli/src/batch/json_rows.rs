//! Records of JSON lines: an object a line.

use super::faults::Fault;
use super::table::{Column, Row, Wrong, shown, unreadable};
use super::tame::Tame;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;
use std::io::{BufRead, BufReader, Read};

/// The lines.
pub(super) struct JsonRows<R> {
    input: BufReader<Tame<R>>,
    text: Vec<u8>,
    line: u64,
}

/// The pairs of an object as they stand there: a name that stands twice is not lost.
struct Pairs(Vec<(String, Value)>);

impl<R: Read> JsonRows<R> {
    pub(super) fn new(input: Tame<R>) -> Self {
        Self { input: BufReader::with_capacity(64 * 1024, input), text: Vec::new(), line: 0 }
    }

    /// Reads the next record; `false` at the end. Blank lines are passed over.
    pub(super) fn next<const N: usize>(
        &mut self,
        row: &mut Row<N>,
        columns: &[Column; N],
    ) -> Result<bool, Wrong> {
        loop {
            self.text.clear();
            let read = self.input.read_until(b'\n', &mut self.text);
            self.line = self.line.saturating_add(1);
            if read.map_err(|error| unreadable(self.line, error))? == 0 {
                return Ok(false);
            }
            let mut text = self.text.trim_ascii();
            if self.line == 1 {
                text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
            }
            if !text.is_empty() {
                row.line = self.line;
                return fill(text, row, columns).map(|()| true).map_err(Wrong::Record);
            }
        }
    }
}

/// Takes the values of an object.
fn fill<const N: usize>(text: &[u8], row: &mut Row<N>, columns: &[Column; N]) -> Result<(), Vec<Fault>> {
    let line = row.line;
    let Pairs(pairs) = serde_json::from_slice(text).map_err(|error| {
        // What serde_json says may hold a value.
        vec![Fault::of_line(line, format!("column {}: is no JSON object", error.column().max(1)))]
    })?;
    let (mut faults, mut seen) = (Vec::new(), [false; N]);
    for (name, value) in pairs {
        let known = columns.iter().zip(&mut row.values).zip(&mut seen);
        let Some(((column, place), seen)) =
            known.into_iter().find(|((column, _), _)| column.is_called(&name))
        else {
            faults.push(Fault::of_line(line, format!("there is no field called {:?}", shown(&name))));
            continue;
        };
        let field = column.field.as_str();
        if std::mem::replace(seen, true) {
            faults.push(Fault::of_field(line, field, "stands there twice"));
        }
        match value {
            Value::String(text) => *place = text,
            Value::Number(number) if number.is_u64() => *place = number.to_string(),
            Value::Null => {}
            Value::Number(_) => faults.push(Fault::of_field(line, field, "is no whole number from 0")),
            _ => faults.push(Fault::of_field(line, field, "is neither text nor a number")),
        }
    }
    for (column, seen) in columns.iter().zip(seen) {
        if column.needed && !seen {
            faults.push(Fault::of_field(line, column.field.as_str(), "is missing"));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(Object)
    }
}
