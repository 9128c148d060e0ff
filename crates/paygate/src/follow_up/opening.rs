//! Opening an answer that has no MAC: no check tells a right cut from a wrong one, so only a whole text is taken.
//!
//! Callbacks are cut wherever their MAC holds. Here a text that ends too early would pass with a smaller amount
//! (`AmountCap=199` of `1999`), so nothing but padding may stand behind the cut.

use super::error::AnswerError;
use crate::callback::key_trial::{is_padding, without_nul};
use crate::error::OpenError;
use crate::merchant::Merchant;
use paygate_crypto::{CutError, KeyPair, LenUnit, Plaintext, decrypted_len};
use std::time::SystemTime;

/// Decrypts `Data` with every key that has not ended, and takes the first whole text that `check` takes.
///
/// The buffer holds that text afterwards, and nothing else. Else the error of the key that got furthest.
pub(super) fn open<T>(
    merchant: &Merchant,
    (len, data): (usize, &[u8]),
    check: impl Fn(&[u8]) -> Result<T, AnswerError>,
) -> Result<(Plaintext, T), AnswerError> {
    let mut buffer = Plaintext::zeroed(decrypted_len(data));
    let mut furthest = None;
    for (_, pair) in merchant.keys().pairs_at(merchant.now(SystemTime::now)) {
        match with_pair(pair, len, data, &mut buffer, &check) {
            Ok((end, checked)) => {
                buffer.truncate(end);
                return Ok((buffer, checked));
            }
            Err(error) => furthest = Some(further(furthest, error)),
        }
    }
    Err(furthest.unwrap_or(AnswerError::Unreadable))
}

/// What one pair of keys makes of `Data`, and where the text ends.
fn with_pair<T>(
    pair: &KeyPair,
    len: usize,
    data: &[u8],
    buffer: &mut [u8],
    check: &impl Fn(&[u8]) -> Result<T, AnswerError>,
) -> Result<(usize, T), AnswerError> {
    let decrypted = pair.encryption().decrypt_in(data, buffer).map_err(OpenError::Data)?;
    let blocks = decrypted.blocks();
    let mut wrong_cut = None;
    for unit in [LenUnit::Bytes, LenUnit::Utf16, LenUnit::Chars] {
        let cut = decrypted.cut(len, unit).and_then(|end| whole(blocks, end).ok_or(CutError::Slack));
        match cut {
            // Some senders count the zeros of the padding in.
            Ok(text) => {
                let text = without_nul(text);
                return Ok((text.len(), check(text)?));
            }
            Err(error) => wrong_cut = wrong_cut.or(Some(error)),
        }
    }
    Err(AnswerError::Open(OpenError::Cut(wrong_cut.unwrap_or(CutError::Slack))))
}

/// The text before the cut, if nothing but padding stands behind it; Computop's own sample code pads with `x`.
fn whole(blocks: &[u8], end: usize) -> Option<&[u8]> {
    let (text, rest) = blocks.split_at_checked(end)?;
    (is_padding(rest) || rest.iter().all(|byte| *byte == b'x')).then_some(text)
}

/// Of two keys' errors, the one that got further: with a wrong key there is noise, in which `Code` is not found.
fn further(known: Option<AnswerError>, new: AnswerError) -> AnswerError {
    let rank = |error: &AnswerError| match error {
        AnswerError::Open(OpenError::Doubled(_)) => 3,
        AnswerError::Field { code: Some(_), .. } => 2,
        AnswerError::Field { code: None, .. } => 1,
        _ => 0,
    };
    match known {
        Some(known) if rank(&known) >= rank(&new) => known,
        _ => new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paygate_params::Code;
    use paygate_params::message::{Doubled, SignedError};

    /// Of two pairs of keys one is wrong, whichever comes first; what the right one says is what helps.
    #[test]
    fn the_error_of_the_key_that_got_further_is_told() {
        let field = |code| AnswerError::Field { error: SignedError::Missing { name: "mid" }, code };
        let by_rank = [
            AnswerError::Open(OpenError::Cut(CutError::Slack)),
            field(None),
            field(Some(Code::SUCCESS)),
            AnswerError::Open(OpenError::Doubled(Doubled { name: "Code" })),
        ];
        for (rank, error) in by_rank.iter().enumerate() {
            assert_eq!(&further(None, error.clone()), error);
            for less in &by_rank[..=rank] {
                assert_eq!(&further(Some(error.clone()), less.clone()), error);
                assert_eq!(&further(Some(less.clone()), error.clone()), error);
            }
        }
        // Of two that got equally far, the first: it is the key that is used now.
        assert_eq!(further(Some(AnswerError::Unreadable), by_rank[0].clone()), AnswerError::Unreadable);
    }
}
