//! Carrying a file out: once it is known to be whole, line by line, each answered before the next is read.

use super::payments::Payments;
use super::rule::{BatchAnswer, BatchEffect};
use super::whole::whole;
use super::{BatchError, BatchRules};
use paygate::{Currency, Money};
use paygate_batch::{Answer, AnswerWriter, Head, Layout, ReadError, Reader, Record, Shape, Total};
use std::io::{Read, Seek, SeekFrom, Write};

/// Reads the file twice, and tells its count and sum. `begin` is asked before the first refund is carried out, and gives what
/// the answer is written to.
pub(super) fn carry_out<R: Read + Seek, W: Write>(
    mut sent: R,
    begin: impl FnOnce(&Head) -> Result<W, BatchError>,
    rules: &BatchRules,
    payments: &impl Payments,
) -> Result<(Total, W), BatchError> {
    let start = sent.stream_position().map_err(BatchError::Read)?;
    let head = whole(&mut sent, payments)?;
    let mut output = begin(&head)?;
    sent.seek(SeekFrom::Start(start)).map_err(BatchError::Read)?;
    let mut reader = Reader::new(&mut sent).map_err(again)?;
    let mut answer = AnswerWriter::new(&mut output, &head);
    let usual = Shape::of_request(Layout::new(head.version));
    while let Some(entry) = reader.next() {
        let record = entry.map_err(again)?.record;
        let effect = rules.effect(reader.so_far().records, &record);
        let answered = match effect {
            Some(BatchEffect::Answer(answered)) => answered,
            _ => BatchAnswer::of(payments.refund(&head.merchant_id, &record, rules.unknown)),
        };
        let (record, times) = match effect {
            Some(BatchEffect::Drop) => (record, 0),
            Some(BatchEffect::Double) => (record, 2),
            Some(BatchEffect::ChangeAmount) => (changed(record), 1),
            Some(BatchEffect::Answer(_)) | None => (record, 1),
        };
        let BatchAnswer { status, code } = answered;
        for _ in 0..times {
            let shape = reader.shape().unwrap_or(usual);
            answer.write(&record, shape, Answer { status, code: Some(code) }).map_err(BatchError::Write)?;
        }
    }
    let ended = if rules.cuts_off() { answer.cut_off() } else { answer.finish() };
    ended.map_err(BatchError::Write)?;
    Ok((reader.so_far(), output))
}

/// The file was whole when it was read before.
fn again(error: ReadError) -> BatchError {
    match error {
        ReadError::Io(error) => BatchError::Read(error),
        error => BatchError::Changed(error),
    }
}

/// The same with the smallest unit more, or with one less where there is no more.
fn changed(record: Record) -> Record {
    let units = record.money.amount().units();
    let with = |units, currency: Currency| Money::new(units, currency).ok();
    let currency = record.money.currency();
    let more = with(units.saturating_add(1), currency).or_else(|| with(units.saturating_sub(1), currency));
    Record { money: more.unwrap_or(record.money), ..record }
}
