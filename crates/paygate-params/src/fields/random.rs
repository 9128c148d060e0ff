//! Identifiers that never repeat: made of random bytes of the operating system.

use super::StackText;
use crate::format::{Ascii, FormatError, Identifier};
use crate::{ReqId, TransId};

/// The operating system gave no random bytes.
///
/// ```
/// assert_eq!(paygate_params::RandomError.to_string(), "the operating system gave no random bytes");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct RandomError;

/// Why there is no random identifier behind a prefix.
///
/// ```
/// use paygate_params::TransId;
/// let refused = TransId::random_with_prefix(" order").unwrap_err();
/// assert_eq!(refused.to_string(), "the prefix begins or ends with a blank");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RandomIdError {
    /// The prefix could not stand in the identifier: a mistake of the shop, which repeating does not mend.
    #[error("the prefix {0}")]
    Prefix(FormatError),
    /// There were no random bytes.
    #[error(transparent)]
    Random(#[from] RandomError),
}

impl TransId {
    /// A new id of 128 random bits, as 32 hex digits.
    ///
    /// Short or reused ids make old callbacks valid again after a database was reset; these do not repeat in practice.
    ///
    /// ```
    /// use paygate_params::TransId;
    /// assert_ne!(TransId::random()?, TransId::random()?);
    /// # Ok::<(), paygate_params::RandomError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the operating system has no random bytes to give.
    pub fn random() -> Result<Self, RandomError> {
        Self::new(hex_digits()?.as_str()).map_err(|_| RandomError)
    }

    /// A new id of 128 random bits behind a prefix of the shop, which people find their way by.
    ///
    /// The prefix is empty or has up to 32 characters of an identifier; so the whole keeps the 64 of the vendor's
    /// page "Trustly". The random digits follow without a separator; a prefix may end with one.
    ///
    /// ```
    /// use paygate_params::{FormatError, RandomIdError, TransId};
    ///
    /// let trans_id = TransId::random_with_prefix("order-4711-")?;
    /// assert!(trans_id.as_str().starts_with("order-4711-"));
    /// assert_eq!(trans_id.as_str().len(), 11 + 32);
    ///
    /// let too_long = FormatError::TooLong { max: 32, found: 33 };
    /// assert_eq!(TransId::random_with_prefix(&"x".repeat(33)), Err(RandomIdError::Prefix(too_long)));
    /// # Ok::<(), RandomIdError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the prefix breaks a rule, or the operating system has no random bytes to give.
    pub fn random_with_prefix(prefix: &str) -> Result<Self, RandomIdError> {
        let prefix = Ascii::<Identifier, 0, 32>::new(prefix).map_err(RandomIdError::Prefix)?;
        let digits = hex_digits()?;
        let text = StackText::of(format_args!("{prefix}{}", digits.as_str()));
        Self::new(text.as_str()).map_err(RandomIdError::Prefix)
    }
}

impl ReqId {
    /// A new id of 128 random bits, as 32 hex digits: as long as the vendor's page "ReqId" allows.
    ///
    /// Paygate answers a repeated request of a ReqId whose first one is finished with the state of that, and does nothing.
    /// So each new act needs a new one, and a retry needs the one that was stored before the first attempt.
    ///
    /// ```
    /// use paygate_params::ReqId;
    /// let req_id = ReqId::random()?;
    /// assert_eq!(req_id.as_str().len(), 32);
    /// # Ok::<(), paygate_params::RandomError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the operating system has no random bytes to give.
    pub fn random() -> Result<Self, RandomError> {
        Self::new(hex_digits()?.as_str()).map_err(|_| RandomError)
    }
}

/// 128 random bits, as 32 hex digits.
fn hex_digits() -> Result<StackText, RandomError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| RandomError)?;
    Ok(StackText::of(format_args!("{:032x}", u128::from_be_bytes(bytes))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_leaves_128_random_bits() {
        for prefix in ["", "A", "order 7/", &"~".repeat(32)] {
            let one = TransId::random_with_prefix(prefix).unwrap();
            let other = TransId::random_with_prefix(prefix).unwrap();
            assert_ne!(one, other);
            let digits = one.as_str().strip_prefix(prefix).unwrap();
            assert_eq!(digits.len(), 32);
            assert!(digits.bytes().all(|digit| digit.is_ascii_hexdigit()), "{digits}");
        }
    }

    #[test]
    fn a_prefix_that_no_identifier_may_hold_is_refused() {
        for prefix in ["a*", "a&b", "ü", " a", "a ", "\n", "Ł", &"x".repeat(33)] {
            let refused = TransId::random_with_prefix(prefix);
            assert!(matches!(refused, Err(RandomIdError::Prefix(_))), "{prefix:?}");
        }
    }
}
