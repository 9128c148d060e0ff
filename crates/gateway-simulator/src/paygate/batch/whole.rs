//! Whether a file is whole: read to its end, and nothing of it carried out.

use super::BatchError;
use super::payments::Payments;
use paygate_batch::{Head, ReadError, Reader};
use std::io::Read;

/// Every rule of the format, and the merchant; tells what HEAD says.
pub(super) fn whole(sent: impl Read, payments: &impl Payments) -> Result<Head, BatchError> {
    let mut reader = Reader::new(sent).map_err(|error| match error {
        ReadError::Line(error) => BatchError::line(error),
        ReadError::Io(error) => BatchError::Read(error),
        error => BatchError::Read(std::io::Error::other(error)),
    })?;
    let head = reader.head().clone();
    if !payments.takes(&head.merchant_id) {
        return Err(BatchError::UnknownMerchant);
    }
    let (mut first, mut count) = (Vec::new(), 0_u64);
    for entry in &mut reader {
        match entry {
            Ok(entry) if entry.answer.is_some() => return Err(BatchError::Answered),
            Ok(_) => {}
            Err(ReadError::Line(error)) => {
                count = count.saturating_add(1);
                if first.len() < BatchError::TOLD {
                    first.push(error);
                }
            }
            Err(ReadError::Io(error)) => return Err(BatchError::Read(error)),
            Err(error) => return Err(BatchError::Read(std::io::Error::other(error))),
        }
    }
    if count == 0 { Ok(head) } else { Err(BatchError::Lines { first, count }) }
}
