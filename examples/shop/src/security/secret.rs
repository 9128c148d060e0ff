//! Names that nobody guesses, and comparing without telling how much was right.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The system gives no random bytes; without them nothing here is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no random bytes")]
pub struct NoRandom;

/// 128 random bits, as 32 hex digits.
///
/// # Errors
///
/// If the system gives no random bytes.
pub fn random() -> Result<String, NoRandom> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| NoRandom)?;
    Ok(hex::encode(bytes))
}

/// Whether a text could be one of ours: 32 hex digits.
#[must_use]
pub fn is_well_formed(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// One text for several, from which none of them can be told. The lengths stand before the parts, so that no two lists give
/// the same text.
#[must_use]
pub fn digest(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.len().to_string());
        digest.update(":");
        digest.update(part);
    }
    hex::encode(digest.finalize())
}

/// Compares by digests, so that neither the place of a difference nor the length shows in the time that it takes.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    digest(&[one]).as_bytes().ct_eq(digest(&[other]).as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_parts_do_not_run_together() {
        let (one, two) = (random().unwrap(), random().unwrap());
        assert!(is_well_formed(&one) && one != two);
        assert!(!is_well_formed("") && !is_well_formed(&one.to_uppercase().replace('0', "A")));
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert!(same(&one, &one) && !same(&one, &two) && !same(&one, ""));
    }
}
