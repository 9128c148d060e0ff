//! What comes in: an operand or standard input, never more of it than is of use.

use crate::failure::Failure;
use paygate::crypto::Zeroizing;
use std::ffi::OsString;
use std::io::{self, Read};

/// Bytes that are wiped when they are dropped: texts and keys pass through here.
pub(crate) type Bytes = Zeroizing<Vec<u8>>;

/// An operand of the command line, or `-`.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    /// The bytes of the operand itself.
    Given(Vec<u8>),
    /// `-`: standard input.
    Stdin,
}

impl From<OsString> for Operand {
    fn from(argument: OsString) -> Self {
        if argument == "-" { Self::Stdin } else { Self::Given(argument.into_encoded_bytes()) }
    }
}

/// Reads standard input to its end; `None` if it has more than `limit` bytes.
pub(crate) fn stdin(limit: usize) -> Result<Option<Bytes>, Failure> {
    up_to(limit, io::stdin().lock()).map_err(Failure::Stdin)
}

/// Reads to the end; `None` if there are more than `limit` bytes.
pub(crate) fn up_to(limit: usize, reader: impl Read) -> io::Result<Option<Bytes>> {
    let capacity = limit.saturating_add(1);
    // Roomy from the start: growing would leave copies behind that nobody wipes.
    let mut bytes = Zeroizing::new(Vec::with_capacity(capacity));
    reader.take(u64::try_from(capacity).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= limit).then_some(bytes))
}
