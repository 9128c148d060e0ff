//! Finding the key pair, and the reading of `Len`, under which an answer's MAC holds.

use super::opened::{Opened, Verified};
use crate::error::{OpenError, VerifyError};
use paygate_crypto::{CutError, DataError, KeyIndex, KeyPair, KeyRing, LenUnit, decrypted_len};
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
    let mut furthest: Option<VerifyError> = None;
    for (key, pair) in keys.pairs_at(now) {
        match with_pair(pair, len, data, buffer) {
            Ok((verified, end)) => return Ok(Found { verified, end, key }),
            Err(error) => furthest = Some(furthest.map_or(error.clone(), |known| further(known, error))),
        }
    }
    Err(furthest.unwrap_or(VerifyError::Mac))
}

/// What one pair of keys makes of `Data`, and where the text ends.
fn with_pair<M: Method>(
    pair: &KeyPair,
    len: usize,
    data: &[u8],
    buffer: &mut [u8],
) -> Result<(Verified<M>, usize), VerifyError> {
    let decrypted = pair.encryption().decrypt_in(data, buffer).map_err(|error| match error {
        DataError::BufferTooSmall { needed } => OpenError::Buffer { needed },
        error => OpenError::Data(error),
    })?;
    let read = |unit| {
        let end = decrypted.cut(len, unit).map_err(OpenError::from)?;
        let text = decrypted.blocks().get(..end).unwrap_or_default();
        let verify = |text: &[u8]| Ok((Opened::<M>::split(text)?.verify(pair.mac())?, text.len()));
        match (verify(text), without_nul(text)) {
            (Err(_), shorter) if shorter.len() < text.len() => verify(shorter),
            (result, _) => result,
        }
    };
    match read(LenUnit::Bytes) {
        Err(error) if other_units_may_help(&error) => {
            read(LenUnit::Chars).or_else(|_| read(LenUnit::Utf16)).map_err(|_| error)
        }
        result => result,
    }
}

/// What is left where `Len` counts the zeros of the padding in.
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
