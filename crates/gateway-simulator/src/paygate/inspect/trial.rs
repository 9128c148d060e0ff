//! One pair of keys is tried: decrypt, cut at Len in any unit, and see what stands behind the text.

use super::verdict::{self, MacVerdict};
use paygate::crypto::{Decrypted, LenUnit};
use paygate::{Charset, DataError, KeyPair};

/// What one pair of keys makes of Data.
pub(super) struct Trial {
    pub(super) pairs: Vec<(String, String)>,
    pub(super) request_mac: MacVerdict,
    pub(super) response_mac: MacVerdict,
    pub(super) odd: Vec<String>,
    padded_well: bool,
}

/// Where the text ends, and what is odd about that.
struct End {
    at: usize,
    odd: Option<String>,
}

impl Trial {
    pub(super) fn of(keys: &KeyPair, data: &str, len: Option<usize>) -> Result<Self, DataError> {
        let decrypted = keys.encryption().decrypt(data.as_bytes())?;
        let cut = |end| Self::cut(keys, decrypted.blocks(), end);
        let trials = ends(&decrypted, len).into_iter().map(cut);
        // Of equals, the likeliest: the one before.
        let best = trials.reduce(|best, next| if next.rank() > best.rank() { next } else { best });
        best.ok_or(DataError::Empty)
    }

    /// A MAC that holds decides, and else padding as senders make it.
    fn rank(&self) -> u8 {
        if self.holds() { 2 } else { u8::from(self.padded_well) }
    }

    fn cut(keys: &KeyPair, blocks: &[u8], end: End) -> Self {
        let (text, padding) = blocks.split_at_checked(end.at).unwrap_or((blocks, &[]));
        let text = Charset::Detect.decode(text);
        let segments = text.split('&').filter(|segment| !segment.is_empty());
        let pairs: Vec<_> = segments
            .map(|segment| segment.split_once('=').unwrap_or((segment, "")))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let odd_padding = odd_padding(padding);
        let padded_well = odd_padding.is_none();
        let odd = [end.odd, odd_padding].into_iter().flatten().collect();
        let (request_mac, response_mac) =
            (verdict::of_request(keys, &pairs), verdict::of_response(keys, &pairs));
        Self { pairs, request_mac, response_mac, odd, padded_well }
    }

    pub(super) fn holds(&self) -> bool {
        self.request_mac.holds() || self.response_mac.holds()
    }
}

/// Every place at which the text may end, one at least, the likeliest first.
fn ends(decrypted: &Decrypted<impl AsRef<[u8]>>, len: Option<usize>) -> Vec<End> {
    let blocks = decrypted.blocks();
    let Some(len) = len else {
        let odd = "Len is missing: blanks and zeros at the end are taken for padding.".to_owned();
        let text = blocks.iter().rposition(|byte| ![0, b' '].contains(byte));
        return vec![End { at: text.map_or(0, |last| last.saturating_add(1)), odd: Some(odd) }];
    };
    let by_bytes = match decrypted.cut(len, LenUnit::Bytes) {
        Ok(at) => End { at, odd: None },
        Err(error) => {
            let length = blocks.len();
            let odd = format!("Len is {len} and Data holds {length} bytes: {error}. Everything is shown.");
            End { at: length, odd: Some(odd) }
        }
    };
    let by = |unit, what: &str| {
        let at = decrypted.cut(len, unit).ok().filter(|at| *at != len)?;
        Some(End { at, odd: Some(format!("Len counts {what}: {len} of them are {at} bytes.")) })
    };
    let others = [by(LenUnit::Chars, "characters"), by(LenUnit::Utf16, "UTF-16 units")];
    if by_bytes.odd.is_none() {
        return [Some(by_bytes)].into_iter().chain(others).flatten().collect();
    }
    others.into_iter().flatten().chain([by_bytes]).collect()
}

/// Senders fill the last block with blanks, zeros or, as PKCS says, with the number of bytes that are missing; some do both.
fn odd_padding(padding: &[u8]) -> Option<String> {
    let length = padding.len();
    let last = padding.last().copied().unwrap_or_default();
    let (before, pkcs) = padding.split_at(length.saturating_sub(usize::from(last)));
    let is_pkcs = pkcs.len() == usize::from(last) && pkcs.iter().all(|byte| *byte == last);
    let filler = if is_pkcs { before } else { padding };
    if [0, b' '].iter().any(|fill| filler.iter().all(|byte| byte == fill)) {
        return None;
    }
    Some(format!(
        "Behind the text stand {length} bytes that are neither blanks nor zeros nor PKCS padding: Len may be too small."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paddings_that_senders_use_are_not_odd() {
        for padding in [&b""[..], b"    ", &[0; 7], &[3; 3], &[1], &[0, 0, 0, 5, 5, 5, 5, 5], &[8; 8]] {
            assert_eq!(odd_padding(padding), None, "{padding:?}");
        }
        for padding in [&b"x"[..], b"&Code=0", &[0, 1, 0], &[b' ', 0]] {
            assert!(odd_padding(padding).is_some(), "{padding:?}");
        }
    }
}
