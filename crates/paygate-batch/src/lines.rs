//! Lines: bytes cut at any line end, one at a time and never more than a buffer of them.

use memchr::memchr2;
use std::io::{self, ErrorKind, Read};
use std::ops::Range;

/// The longest line that is looked at. The longest that a file can have is shorter by far.
pub(crate) const MAX_LINE: usize = 1024;

/// How much is read at once.
const BUFFER: usize = 256 * 1024;

/// The lines of a file; ends are LF, CR LF and CR, in any mixture.
pub(crate) struct Lines<R> {
    input: R,
    buffer: Box<[u8]>,
    /// What was read and not yet given out.
    unread: Range<usize>,
    /// The last line ended with CR: an LF that follows belongs to it.
    after_cr: bool,
    is_over: bool,
    number: u64,
}

/// A line without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    Text(&'a [u8]),
    /// What stands behind the last line end, and has none: it may go on in the file that this one was cut from.
    Unended(&'a [u8]),
    /// Longer than [`MAX_LINE`]; it was passed over.
    TooLong,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(input: R) -> Self {
        Self {
            input,
            buffer: vec![0; BUFFER].into_boxed_slice(),
            unread: 0..0,
            after_cr: false,
            is_over: false,
            number: 0,
        }
    }

    /// Which line was given out last, from 1.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The next line; `None` at the end of the file. What stands behind the last line end is a line if it is not empty.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        let mut searched = 0;
        let mut is_too_long = false;
        loop {
            if self.after_cr && !self.unread.is_empty() {
                self.after_cr = false;
                if self.buffer.get(self.unread.start) == Some(&b'\n') {
                    self.unread.start = self.unread.start.saturating_add(1);
                }
            }
            let unread = self.buffer.get(self.unread.clone()).unwrap_or_default();
            let end = memchr2(b'\n', b'\r', unread.get(searched..).unwrap_or_default());
            if let Some(end) = end {
                let end = searched.saturating_add(end);
                self.after_cr = unread.get(end) == Some(&b'\r');
                return Ok(Some(self.give(end, 1, is_too_long)));
            }
            searched = unread.len();
            if searched > MAX_LINE {
                // What is too long is forgotten as it comes.
                is_too_long = true;
                self.unread.start = self.unread.end;
                searched = 0;
            }
            if !self.fill()? {
                let rest = self.unread.len();
                let line = (rest > 0 || is_too_long).then(|| self.give(rest, 0, is_too_long));
                return Ok(line.map(|line| match line {
                    Line::Text(text) => Line::Unended(text),
                    other => other,
                }));
            }
        }
    }

    /// Gives out so many bytes and passes over the end behind them.
    fn give(&mut self, len: usize, end: usize, is_too_long: bool) -> Line<'_> {
        self.number = self.number.saturating_add(1);
        let from = self.unread.start;
        let to = from.saturating_add(len);
        self.unread.start = to.saturating_add(end);
        match self.buffer.get(from..to) {
            Some(text) if !is_too_long && len <= MAX_LINE => Line::Text(text),
            _ => Line::TooLong,
        }
    }

    /// Reads more; `false` at the end.
    fn fill(&mut self) -> io::Result<bool> {
        if self.is_over {
            return Ok(false);
        }
        self.buffer.copy_within(self.unread.clone(), 0);
        self.unread = 0..self.unread.len();
        let free = self.buffer.get_mut(self.unread.end..).unwrap_or_default();
        loop {
            match self.input.read(free) {
                Ok(0) => {
                    self.is_over = true;
                    return Ok(false);
                }
                Ok(more) => {
                    self.unread.end = self.unread.end.saturating_add(more);
                    return Ok(true);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Gives out so many bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let len = self.1.min(to.len()).min(self.0.len());
            let (now, later) = self.0.split_at(len);
            to[..len].copy_from_slice(now);
            self.0 = later;
            Ok(len)
        }
    }

    fn lines(bytes: &[u8], drop: usize) -> Vec<Option<String>> {
        let mut lines = Lines::new(Drops(bytes, drop));
        let mut all = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            all.push(match line {
                Line::Text(text) | Line::Unended(text) => Some(String::from_utf8_lossy(text).into_owned()),
                Line::TooLong => None,
            });
        }
        assert_eq!(lines.number(), all.len() as u64);
        assert!(lines.next().unwrap().is_none());
        all
    }

    fn texts(bytes: &[u8]) -> Vec<String> {
        lines(bytes, 7).into_iter().map(Option::unwrap).collect()
    }

    #[test]
    fn every_line_end_ends_a_line() {
        assert_eq!(texts(b"a\nb\r\nc\rd"), ["a", "b", "c", "d"]);
        assert_eq!(texts(b"a\n\nb\r\r\n\nc\r\n"), ["a", "", "b", "", "", "c"]);
        assert_eq!(texts(b""), [""; 0]);
        assert_eq!(texts(b"\r\n"), [""]);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_the_next_one_read() {
        for len in [MAX_LINE, MAX_LINE + 1, BUFFER, 3 * BUFFER + 5] {
            let mut file = vec![b'x'; len];
            file.extend(b"\nnext");
            for drop in [1000, 4096, BUFFER] {
                let found = lines(&file, drop);
                assert_eq!(found[0].is_some(), len <= MAX_LINE, "{len}");
                assert_eq!(found[1..], [Some("next".to_owned())]);
                assert_eq!(lines(&file[..len], drop).len(), 1);
            }
        }
    }

    proptest! {
        #[test]
        fn how_the_bytes_come_makes_no_difference(
            parts in proptest::collection::vec(prop_oneof![Just("\n"), Just("\r"), Just("\r\n"), Just("ab"), Just("")], 0..40),
            drop in 1..9_usize,
        ) {
            let file = parts.concat();
            let mut expected: Vec<_> =
                file.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(|text| Some(text.to_owned())).collect();
            if expected.last() == Some(&Some(String::new())) {
                expected.pop();
            }
            prop_assert_eq!(lines(file.as_bytes(), drop), expected);
        }
    }
}
