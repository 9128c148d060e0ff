//! A list's bytes, tamed: every line ends with LF, and no record is endless.

use std::cell::Cell;
use std::io::{self, ErrorKind, Read};
use std::rc::Rc;

/// How many bytes may be read for one record. A quotation that never ends would otherwise take the rest of the file into memory.
const MOST: usize = 1024 * 1024;

/// How many bytes were read since the last record was whole.
#[derive(Clone, Default)]
pub(super) struct Since(Rc<Cell<usize>>);

impl Since {
    /// A record is whole.
    pub(super) fn reset(&self) {
        self.0.set(0);
    }
}

/// The bytes of a list with other line ends: CR LF and CR become LF, and the last line ends with one too.
///
/// So lines can be counted, and are counted alike in every file.
pub(super) struct Tame<R> {
    input: R,
    since: Since,
    after_cr: bool,
    ends_with_lf: bool,
    is_over: bool,
}

impl<R: Read> Tame<R> {
    pub(super) fn new(input: R, since: Since) -> Self {
        Self { input, since, after_cr: false, ends_with_lf: true, is_over: false }
    }

    /// Folds line ends, in place; how many bytes are left.
    fn fold(&mut self, bytes: &mut [u8]) -> usize {
        if !self.after_cr && !bytes.contains(&b'\r') {
            return bytes.len();
        }
        let mut kept = 0_usize;
        for index in 0..bytes.len() {
            let Some(&byte) = bytes.get(index) else { break };
            let belongs_to_cr = self.after_cr && byte == b'\n';
            self.after_cr = byte == b'\r';
            if belongs_to_cr {
                continue;
            }
            if let Some(place) = bytes.get_mut(kept) {
                *place = if byte == b'\r' { b'\n' } else { byte };
                kept = kept.saturating_add(1);
            }
        }
        kept
    }
}

impl<R: Read> Read for Tame<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while !self.is_over {
            let count = match self.input.read(to) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                other => other?,
            };
            let Some(bytes) = to.get_mut(..count).filter(|bytes| !bytes.is_empty()) else {
                self.is_over = true;
                return match to.first_mut().filter(|_| !self.ends_with_lf) {
                    Some(first) => {
                        *first = b'\n';
                        Ok(1)
                    }
                    None => Ok(0),
                };
            };
            self.since.0.set(self.since.0.get().saturating_add(count));
            if self.since.0.get() > MOST {
                return Err(io::Error::new(
                    ErrorKind::InvalidData,
                    "the record has more than 1 MiB: is a quotation mark not closed?",
                ));
            }
            let kept = self.fold(bytes);
            if kept > 0 {
                self.ends_with_lf = to.get(kept.saturating_sub(1)) == Some(&b'\n');
                return Ok(kept);
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives out one byte at a time.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let (now, later) = self.0.split_at(self.0.len().min(1));
            to[..now.len()].copy_from_slice(now);
            self.0 = later;
            Ok(now.len())
        }
    }

    #[test]
    fn every_line_ends_with_lf_however_the_bytes_come() {
        for (text, tamed) in [
            ("", ""),
            ("a", "a\n"),
            ("a\n", "a\n"),
            ("a\r\nb\rc\n\r\n\r\rd", "a\nb\nc\n\n\n\nd\n"),
            ("a\r\n", "a\n"),
            ("a\r", "a\n"),
        ] {
            let mut whole = String::new();
            Tame::new(text.as_bytes(), Since::default()).read_to_string(&mut whole).unwrap();
            let mut drops = String::new();
            Tame::new(Drops(text.as_bytes()), Since::default()).read_to_string(&mut drops).unwrap();
            assert_eq!((&*whole, &*drops), (tamed, tamed), "{text:?}");
        }
    }

    #[test]
    fn an_endless_record_is_an_error() {
        let since = Since::default();
        let mut tame = Tame::new(io::repeat(b'x'), since.clone());
        let mut block = vec![0; MOST / 2];
        for _ in 0..4 {
            tame.read_exact(&mut block).unwrap();
            since.reset();
        }
        tame.read_exact(&mut block).unwrap();
        tame.read_exact(&mut block).unwrap();
        assert_eq!(tame.read_exact(&mut block).unwrap_err().kind(), ErrorKind::InvalidData);
    }
}
