//! The quotation marks of CSV: values stand whole between two of them, or have none.
//!
//! `csv` takes `"10"000` for 10000 and `10"000` for what it is; what was meant, nobody knows, and it may be an amount.

use std::io::{self, ErrorKind, Read};

const BOM: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// The bytes of CSV whose lines end with LF, up to a record in which a quotation mark stands where none may.
pub(super) struct Quotes<R> {
    input: R,
    place: Place,
    /// The line that is read.
    line: u64,
    /// The line in which the last record begins.
    begin: u64,
    /// How many bytes of a byte order mark were passed over; `None` behind it.
    bom: Option<usize>,
    wrong: Option<&'static str>,
}

/// Where in a record a byte stands.
#[derive(Clone, Copy)]
enum Place {
    /// At its begin.
    Record,
    /// At the begin of a value.
    Value,
    /// In a value without quotation marks.
    Bare,
    /// Between two quotation marks.
    Quoted,
    /// Behind a quotation mark that ends a value, or is the first of two that mean one.
    Closed,
}

impl<R: Read> Quotes<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, place: Place::Record, line: 1, begin: 1, bom: Some(0), wrong: None }
    }

    /// In which line the record begins that was read last: after an error, the one that is to blame.
    pub(super) fn begin(&self) -> u64 {
        self.begin
    }

    /// Goes one byte on, or tells why it must not stand there.
    fn step(&mut self, byte: u8) -> Result<(), &'static str> {
        if let Some(passed) = self.bom {
            self.bom = (BOM.get(passed) == Some(&byte)).then(|| passed.saturating_add(1));
            if self.bom.is_some() {
                return Ok(());
            }
        }
        if matches!(self.place, Place::Record) {
            self.begin = self.line;
        }
        self.place = match (self.place, byte) {
            (Place::Quoted, b'"') => Place::Closed,
            (Place::Record | Place::Value | Place::Closed, b'"') | (Place::Quoted, _) => Place::Quoted,
            (Place::Bare, b'"') => {
                return Err("a quotation mark stands in a value that does not begin with one");
            }
            (_, b'\n') => Place::Record,
            (_, b',') => Place::Value,
            (Place::Closed, _) => {
                return Err(
                    "behind the quotation mark that ends a value, neither a comma nor the line's end follows",
                );
            }
            (Place::Record | Place::Value | Place::Bare, _) => Place::Bare,
        };
        if byte == b'\n' {
            self.line = self.line.saturating_add(1);
        }
        Ok(())
    }
}

impl<R: Read> Read for Quotes<R> {
    /// What stands before the error is given out first: it may hold whole records.
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.wrong.is_none() {
            let count = self.input.read(to)?;
            let bytes = to.get(..count).unwrap_or_default();
            for (index, byte) in bytes.iter().enumerate() {
                if let Err(wrong) = self.step(*byte) {
                    self.wrong = Some(wrong);
                    if index > 0 {
                        return Ok(index);
                    }
                    break;
                }
            }
            if bytes.is_empty() && !to.is_empty() && matches!(self.place, Place::Quoted) {
                self.wrong = Some("the list ends before a quotation mark is closed");
            }
            if self.wrong.is_none() {
                return Ok(count);
            }
        }
        Err(io::Error::new(ErrorKind::InvalidData, self.wrong.unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is given out before the error, the error's begin, and its line.
    fn read(text: &str) -> (String, Option<(String, u64)>) {
        let mut quotes = Quotes::new(text.as_bytes());
        let mut given = Vec::new();
        let error = quotes.read_to_end(&mut given).err();
        let error = error.map(|error| (error.to_string()[..14].to_owned(), quotes.begin()));
        (String::from_utf8(given).unwrap(), error)
    }

    #[test]
    fn values_that_are_quoted_whole_or_not_at_all_are_given_out_as_they_are() {
        for text in [
            "",
            "\n\n",
            "a,b\n1,\n",
            "\"a\",\"b\"\n\"\",\"1,2\"\n",
            "\"say \"\"a\"\"\",\"\"\"\"\n\"two\nlines\"\n",
            "\u{feff}a\n",
            "\u{feff}\"a\"\n",
            "\u{feff}\"a\u{feff}\"\n",
        ] {
            assert_eq!(read(text), (text.to_owned(), None), "{text:?}");
        }
    }

    #[test]
    fn any_other_quotation_mark_is_an_error_of_the_record_in_which_it_stands() {
        for (text, given, error, line) in [
            ("a\n\"10\"000\n", "a\n\"10\"", "behind the quo", 2),
            ("\"10\" ,", "\"10\"", "behind the quo", 1),
            ("a\n\n1,10\"000\"\n", "a\n\n1,10", "a quotation ma", 3),
            ("a, \"b\"", "a, ", "a quotation ma", 1),
            ("a\n\"b\nc\n\"d", "a\n\"b\nc\n\"", "behind the quo", 2),
            ("a\n\n\"b\n\n", "a\n\n\"b\n\n", "the list ends ", 3),
            ("a\u{feff}\"b\"", "a\u{feff}", "a quotation ma", 1),
        ] {
            assert_eq!(read(text), (given.to_owned(), Some((error.to_owned(), line))), "{text:?}");
        }
    }
}
