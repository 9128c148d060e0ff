//! Finding the key pair, and the reading of `Len`, under which an answer's MAC holds.

use crate::callback::opened::{Opened, Verified};
use crate::error::{OpenError, VerifyError};
use paygate_crypto::{CutError, DataError, KeyIndex, KeyRing, LenUnit, decrypted_len};
use paygate_params::Method;

/// What a trial found: who signed, and where in the buffer the text ends.
pub(crate) struct Found<M: Method> {
    pub(crate) verified: Verified<M>,
    pub(crate) end: usize,
    pub(crate) key: KeyIndex,
}

/// Tries every pair of keys that has not ended; only one whose MAC holds is taken.
///
/// The buffer is overwritten by each trial and holds the text of the one that is returned.
pub(crate) fn find<M: Method>(
    keys: &KeyRing,
    now: u64,
    (len, data): (usize, &[u8]),
    buffer: &mut [u8],
) -> Result<Found<M>, VerifyError> {
    if len > decrypted_len(data) {
        return Err(OpenError::Cut(CutError::BeyondData).into());
    }
    let mut first = None;
    for (key, pair) in keys.pairs_at(now) {
        let error = match pair.encryption().decrypt_in(data, &mut *buffer) {
            Ok(decrypted) => {
                let read = |unit| {
                    let end = decrypted.cut(len, unit).map_err(OpenError::from)?;
                    let text = without_nul(decrypted.blocks().get(..end).unwrap_or_default());
                    let verified = Opened::<M>::split(text)?.verify(pair.mac())?;
                    Ok(Found { verified, end: text.len(), key })
                };
                match read(LenUnit::Bytes) {
                    Ok(found) => return Ok(found),
                    Err(error) if other_units_may_help(&error) => {
                        match read(LenUnit::Chars).or_else(|_| read(LenUnit::Utf16)) {
                            Ok(found) => return Ok(found),
                            Err(_) => error,
                        }
                    }
                    Err(error) => error,
                }
            }
            Err(DataError::BufferTooSmall { needed }) => OpenError::Buffer { needed }.into(),
            Err(error) => OpenError::from(error).into(),
        };
        first = Some(first.map_or(error.clone(), |known| further(known, error)));
    }
    Err(first.unwrap_or(VerifyError::Mac))
}

/// Some readers are given a `Len` that counts the zeros of the padding in.
fn without_nul(mut text: &[u8]) -> &[u8] {
    while let [rest @ .., 0] = text {
        text = rest;
    }
    text
}

/// Some senders count `Len` in characters or UTF-16 units of a UTF-8 text. Cut at so many bytes, the end of
/// the text is missing, and with it often the MAC.
fn other_units_may_help(error: &VerifyError) -> bool {
    matches!(
        error,
        VerifyError::MacMissing
            | VerifyError::MacFormat
            | VerifyError::Mac
            | VerifyError::Field(_)
            | VerifyError::Open(OpenError::Cut(CutError::Slack))
    )
}

/// Of two keys' errors, the one that got further says more about what is wrong.
fn further(known: VerifyError, new: VerifyError) -> VerifyError {
    let rank = |error: &VerifyError| match error {
        VerifyError::Open(OpenError::Data(_)) => 0,
        VerifyError::Open(_) => 1,
        VerifyError::MacMissing | VerifyError::MacFormat | VerifyError::Field(_) => 2,
        _ => 3,
    };
    if rank(&new) > rank(&known) { new } else { known }
}
