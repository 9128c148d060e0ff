//! Answering a file as Paygate would: the same lines, with a Status and, where the version has one, a Code behind each.

use crate::line::push;
use crate::shape::End;
use crate::{Answer, Head, Layout, ReadError, Reader, Record, Shape, Total};
use paygate_params::Code;
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
    mut output: W,
    mut decide: impl FnMut(&Record) -> Answer,
) -> Result<Total, AnsweringError> {
    let Head { merchant_id, date, version } = sent.head().clone();
    let mut gathered = format!("HEAD,{merchant_id},{date},{version}\r\n").into_bytes();
    let end = Shape::of_answer(Layout::new(version)).end;
    while let Some(entry) = sent.next() {
        let entry = entry?;
        let shape = sent.shape().unwrap_or(Shape::of_request(Layout::new(version)));
        if entry.answer.is_some() {
            return Err(AnsweringError::Answered);
        }
        push(&mut gathered, &entry.record, shape);
        let Answer { status, code } = decide(&entry.record);
        gathered.push(b',');
        gathered.extend(status.as_bytes());
        if end == End::StatusAndCode {
            let unsaid = if status.as_str() == "OK" { Code::SUCCESS } else { Code::from_static("20000000") };
            gathered.push(b',');
            gathered.extend(code.unwrap_or(unsaid).as_bytes());
        }
        gathered.extend(b"\r\n");
        if gathered.len() >= 64 * 1024 {
            output.write_all(&gathered).map_err(AnsweringError::Write)?;
            gathered.clear();
        }
    }
    let total = sent.so_far();
    gathered.extend(format!("FOOT,{},{}\r\n", total.records, total.sum).into_bytes());
    output.write_all(&gathered).and_then(|()| output.flush()).map_err(AnsweringError::Write)?;
    Ok(total)
}
