//! Finding the key pair, and the reading of `Len`, under which a callback's MAC holds.

use crate::error::{OpenError, VerifyError};
use paygate_crypto::{CutError, DataError, KeyIndex, KeyPair, KeyRing, LenUnit, decrypted_len};

/// What a trial found: what the check made of the text, and where in the buffer the text ends.
pub(crate) struct Found<T> {
    pub(crate) checked: T,
    pub(crate) end: usize,
    pub(crate) key: KeyIndex,
}

/// Tries every pair of keys that has not ended on `Data`; only one under which `check` takes the text is taken.
///
/// The buffer is overwritten by each trial and holds the text of the one that is returned.
pub(crate) fn find_sealed<T>(
    keys: &KeyRing,
    now: u64,
    (len, data): (usize, &[u8]),
    buffer: &mut [u8],
    check: impl Fn(&[u8], &KeyPair) -> Result<T, VerifyError>,
) -> Result<Found<T>, VerifyError> {
    if len > decrypted_len(data) {
        return Err(OpenError::Cut(CutError::BeyondData).into());
    }
    first_that_holds(keys, now, |pair| with_pair(pair, len, data, buffer, &check))
}

/// The first pair of keys under which `verify` finds a text, and its end; else the error that got furthest.
pub(crate) fn first_that_holds<T>(
    keys: &KeyRing,
    now: u64,
    mut verify: impl FnMut(&KeyPair) -> Result<(T, usize), VerifyError>,
) -> Result<Found<T>, VerifyError> {
    let mut furthest: Option<VerifyError> = None;
    for (key, pair) in keys.pairs_at(now) {
        match verify(pair) {
            Ok((checked, end)) => return Ok(Found { checked, end, key }),
            Err(error) => {
                furthest = Some(match furthest {
                    None => error,
                    Some(known) => further(known, error),
                });
            }
        }
    }
    Err(furthest.unwrap_or(VerifyError::Mac))
}

/// What one pair of keys makes of `Data`, and where the text ends.
fn with_pair<T>(
    pair: &KeyPair,
    len: usize,
    data: &[u8],
    buffer: &mut [u8],
    check: &impl Fn(&[u8], &KeyPair) -> Result<T, VerifyError>,
) -> Result<(T, usize), VerifyError> {
    let decrypted = pair.encryption().decrypt_in(data, buffer).map_err(|error| match error {
        DataError::BufferTooSmall { needed } => OpenError::Buffer { needed },
        error => OpenError::Data(error),
    })?;
    let read = |unit| {
        let end = decrypted.cut(len, unit).map_err(OpenError::from)?;
        let text = decrypted.blocks().get(..end).unwrap_or_default();
        let checked = |text: &[u8]| Ok((check(text, pair)?, text.len()));
        match (checked(text), without_nul(text)) {
            (Err(_), shorter) if shorter.len() < text.len() => checked(shorter),
            (result, _) => result,
        }
    };
    // A reading that leaves nothing but padding behind it has the whole text.
    let whole = |end: usize| is_padding(decrypted.blocks().get(end..).unwrap_or_default());
    let first = match read(LenUnit::Bytes) {
        Ok((checked, end)) if whole(end) => return Ok((checked, end)),
        Err(error) if !other_units_may_help(&error) => return Err(error),
        first => first,
    };
    match (read(LenUnit::Utf16).ok(), read(LenUnit::Chars).ok(), first) {
        // A Len in UTF-16 units covers no more than one in characters: where both hold, the latter has padding in it.
        (Some(found), _, _) | (_, Some(found), _) if whole(found.1) => Ok(found),
        (_, _, Ok(found)) | (_, Some(found), _) | (Some(found), _, _) => Ok(found),
        (None, None, Err(error)) => Err(error),
    }
}

/// Whether bytes are what senders pad with: zeros, blanks, or a run of PKCS that zeros may come before.
pub(crate) fn is_padding(bytes: &[u8]) -> bool {
    let zeros_before = |run: u8| {
        let zeros = bytes.len().checked_sub(usize::from(run)).and_then(|end| bytes.split_at_checked(end));
        zeros.is_some_and(|(zeros, run_of)| {
            zeros.iter().all(|byte| *byte == 0) && run_of.iter().all(|byte| *byte == run)
        })
    };
    match bytes.last() {
        None => true,
        Some(b' ') => bytes.iter().all(|byte| *byte == b' '),
        Some(run) => zeros_before(*run),
    }
}

/// What is left where `Len` counts the zeros of the padding in.
pub(crate) fn without_nul(mut text: &[u8]) -> &[u8] {
    while let [rest @ .., 0] = text {
        text = rest;
    }
    text
}

/// Some senders count `Len` in characters or UTF-16 units of a UTF-8 text. Cut at so many bytes, the end of
/// the text is missing, and with it often the MAC; where the MAC stands further up, the rest would be lost.
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

/// Of two errors, of two keys or two merchants, the one that got further says more about what is wrong.
pub(crate) fn further(known: VerifyError, new: VerifyError) -> VerifyError {
    let rank = |error: &VerifyError| match error {
        VerifyError::Open(OpenError::Data(_)) => 0,
        // Noise has no name twice: the right key was found.
        VerifyError::Open(OpenError::Doubled(_)) => 4,
        VerifyError::Open(_) => 1,
        VerifyError::MacMissing | VerifyError::MacFormat | VerifyError::Field(_) => 2,
        VerifyError::Mac => 3,
        // The MAC held: the right key, and then the right merchant too.
        VerifyError::OtherMerchant(_) => 5,
        VerifyError::WrongRoute(_) | VerifyError::Contradictory(..) => 6,
    };
    if rank(&new) > rank(&known) { new } else { known }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paygate_crypto::{EncryptionKey, MacKey};
    use paygate_params::message::Doubled;
    use std::cell::Cell;

    /// What is found in a text that was sealed, and how many readings of it were checked; `check` says what is wrong.
    fn found(
        text: &str,
        len: usize,
        check: impl Fn(&str) -> Option<VerifyError>,
    ) -> (Result<String, VerifyError>, usize) {
        let key = EncryptionKey::blowfish(b"16CharKeyLength!").unwrap();
        let data = key.encrypt(text.as_bytes()).unwrap().into_data();
        let keys = KeyRing::new(KeyPair::new(key, MacKey::new(b"mySecret").unwrap()));
        let (mut buffer, checked) = ([0; 64], Cell::new(0));
        let found = find_sealed(&keys, 0, (len, data.as_bytes()), &mut buffer, |text, _| {
            checked.set(usize::saturating_add(checked.get(), 1));
            let text = String::from_utf8_lossy(text);
            check(&text).map_or(Ok(text.to_string()), Err)
        });
        (found.map(|found| found.checked), checked.get())
    }

    #[test]
    fn a_reading_that_leaves_nothing_but_padding_is_the_only_one_checked() {
        // With and without padding.
        for text in ["MAC", "MAC=4711"] {
            assert_eq!(found(text, text.len(), |_| None), (Ok(text.to_owned()), 1));
        }
    }

    #[test]
    fn a_text_is_read_in_each_unit_once_before_it_is_refused() {
        // 8 bytes, and 7 of what the others count.
        assert_eq!(found("Kölner7", 7, |_| Some(VerifyError::Mac)), (Err(VerifyError::Mac), 3));
        // The zeros that Len counts in are tried without, in each unit.
        assert_eq!(found("Köln", 6, |_| Some(VerifyError::Mac)), (Err(VerifyError::Mac), 6));
        let only_without = |text: &str| (text != "Köln").then_some(VerifyError::MacFormat);
        assert_eq!(found("Köln", 6, only_without), (Ok("Köln".to_owned()), 2));
    }

    #[test]
    fn other_units_are_not_tried_where_they_cannot_help() {
        let doubled = || VerifyError::Open(OpenError::Doubled(Doubled { name: "MAC" }));
        assert_eq!(found("Köln", 5, |_| Some(doubled())), (Err(doubled()), 1));
    }

    #[test]
    fn of_readings_that_hold_the_one_with_the_whole_text_is_taken() {
        // 13 bytes, 10 characters, 11 units of UTF-16; whatever is read, it holds.
        let text = "MAC&x=🏰end";
        for len in [13, 10, 11] {
            assert_eq!(found(text, len, |_| None).0, Ok(text.to_owned()), "{len}");
        }
        // Where none has, bytes are counted.
        assert_eq!(found("MAC=🏰ends", 8, |_| None).0, Ok("MAC=🏰".to_owned()));
    }

    #[test]
    fn a_len_beyond_the_data_is_refused_before_anything_is_decrypted() {
        let beyond = Err(VerifyError::Open(OpenError::Cut(CutError::BeyondData)));
        assert_eq!(found("MAC", 9, |_| None), (beyond, 0));
    }

    #[test]
    fn of_two_errors_that_got_equally_far_the_first_is_told() {
        let (mac, field) = (VerifyError::MacMissing, VerifyError::MacFormat);
        assert_eq!(further(mac.clone(), field.clone()), mac);
        assert_eq!(further(field.clone(), mac.clone()), field);
        assert_eq!(further(mac.clone(), VerifyError::Mac), VerifyError::Mac);
        assert_eq!(further(VerifyError::Mac, mac), VerifyError::Mac);
    }

    #[test]
    fn padding_is_told_from_text() {
        for padding in [
            &b""[..],
            b"\0",
            b"\0\0\0",
            b"   ",
            b"\x01",
            b"\x03\x03\x03",
            b"\0\0\x02\x02",
            &[16; 16],
            &[8; 8],
        ] {
            assert!(is_padding(padding), "{padding:?}");
        }
        for text in [&b"5"[..], b"e 5", b"ee ", b" \0", b"\x02", b"\x01\x03\x03\x03", b"a\x01", b"xxx"] {
            assert!(!is_padding(text), "{text:?}");
        }
    }
}
