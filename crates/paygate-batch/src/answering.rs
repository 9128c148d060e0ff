//! Answering a file as Paygate would: the same lines, with a Status and, where the version has one, a Code behind each.

use crate::line::push;
use crate::shape::End;
use crate::{Answer, Head, Layout, ReadError, Reader, Record, Shape, Total};
use paygate_params::Code;
use std::fmt;
use std::io::{self, Read, Write};

/// Why a file is not answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnsweringError {
    /// It cannot be understood to its end.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It was answered before.
    #[error("the file has answers in it already")]
    Answered,
    /// The answer cannot be written.
    #[error("the answer: {0}")]
    Write(io::Error),
}

/// Writes the answer to a file, with what `decide` says of each refund. An answer without a Code gets `00000000` if it is `OK`, and
/// `20000000` if not, where the version has one; a version without loses it.
///
/// For the tests of shops, and for simulators.
///
/// ```
/// use paygate_batch::{Answer, Reader, answer};
/// use paygate_params::Status;
///
/// let sent = "HEAD,Shop,20261122,1.0\nTrustly,Credit,100,EUR,r-1,0123456789abcdef0123456789abcdef\nFOOT,1,100\n";
/// let mut answered = Vec::new();
/// answer(Reader::new(sent.as_bytes())?, &mut answered, |_| Answer { status: Status::from_static("OK"), code: None })?;
/// assert!(String::from_utf8(answered)?.contains("0123456789abcdef0123456789abcdef,OK\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// If anything in the file is wrong; what was written by then is no whole file.
pub fn answer<R: Read, W: Write>(
    mut sent: Reader<R>,
    output: W,
    mut decide: impl FnMut(&Record) -> Answer,
) -> Result<Total, AnsweringError> {
    let mut answered = AnswerWriter::new(output, sent.head());
    while let Some(entry) = sent.next() {
        let entry = entry?;
        let shape = sent.shape().unwrap_or(Shape::of_request(Layout::new(sent.head().version)));
        if entry.answer.is_some() {
            return Err(AnsweringError::Answered);
        }
        answered.write(&entry.record, shape, decide(&entry.record)).map_err(AnsweringError::Write)?;
    }
    answered.finish().map_err(AnsweringError::Write)
}

/// Writes an answer line by line. [`answer`] writes one as it should be; this one also writes those that no shop should believe:
/// lines may be left out, changed or written twice, and the file be cut off.
///
/// ```
/// use paygate_batch::{Answer, AnswerWriter, Reader};
/// use paygate_params::Status;
///
/// let sent = "HEAD,Shop,20261122,1.0\nTrustly,Credit,100,EUR,r-1,0123456789abcdef0123456789abcdef\nFOOT,1,100\n";
/// let mut reader = Reader::new(sent.as_bytes())?;
/// let mut answered = Vec::new();
/// let mut writer = AnswerWriter::new(&mut answered, reader.head());
/// let entry = reader.next().ok_or("no record")??;
/// for _ in 0..2 {
///     let shape = reader.shape().ok_or("no record")?;
///     writer.write(&entry.record, shape, Answer { status: Status::from_static("OK"), code: None })?;
/// }
/// writer.finish()?;
/// assert!(answered.ends_with(b"FOOT,2,200\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct AnswerWriter<W> {
    output: W,
    end: End,
    gathered: Vec<u8>,
    written: Total,
}

impl<W: Write> AnswerWriter<W> {
    /// Begins the answer to a file with this HEAD, which is HEAD of the answer too.
    pub fn new(output: W, head: &Head) -> Self {
        let Head { merchant_id, date, version } = head;
        let gathered = format!("HEAD,{merchant_id},{date},{version}\r\n").into_bytes();
        let end = Shape::of_answer(Layout::new(*version)).end;
        Self { output, end, gathered, written: Total::default() }
    }

    /// Writes a line with its answer. `shape` is that of the file that is answered; what stands behind PayID, the version decides.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write(&mut self, record: &Record, shape: Shape, answer: Answer) -> io::Result<()> {
        push(&mut self.gathered, record, shape);
        let Answer { status, code } = answer;
        self.gathered.push(b',');
        self.gathered.extend(status.as_bytes());
        if self.end == End::StatusAndCode {
            let unsaid = if status.as_str() == "OK" { Code::SUCCESS } else { Code::from_static("20000000") };
            self.gathered.push(b',');
            self.gathered.extend(code.unwrap_or(unsaid).as_bytes());
        }
        self.gathered.extend(b"\r\n");
        self.written.add(record.money.amount().units());
        if self.gathered.len() >= 64 * 1024 {
            self.output.write_all(&self.gathered)?;
            self.gathered.clear();
        }
        Ok(())
    }

    /// Writes FOOT, with count and sum of what was written, and tells them.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn finish(mut self) -> io::Result<Total> {
        let Total { records, sum } = self.written;
        self.gathered.extend(format!("FOOT,{records},{sum}\r\n").into_bytes());
        self.cut_off()
    }

    /// Ends the file where it is, without FOOT, and tells count and sum of what was written.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn cut_off(mut self) -> io::Result<Total> {
        self.output.write_all(&self.gathered)?;
        self.output.flush()?;
        Ok(self.written)
    }
}

impl<W> fmt::Debug for AnswerWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerWriter").field("written", &self.written).finish_non_exhaustive()
    }
}
