//! Why a key was refused.

/// Why a key was refused, when it was made from bytes or from text.
///
/// Lengths are in bytes. No variant holds any part of the key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// There is no key: an unset or empty variable, most likely.
    #[error("the key is empty")]
    Empty,
    /// A Blowfish key of more than 72 bytes. The cipher would use the first 72 and say nothing.
    #[error("a Blowfish key has at most 72 bytes, not {length}")]
    BlowfishLength {
        /// Length of the refused key.
        length: usize,
    },
    /// An AES key that is not of 16, 24 or 32 bytes.
    #[error("an AES key has 16, 24 or 32 bytes, not {length}")]
    AesLength {
        /// Length of the refused key.
        length: usize,
    },
    /// The text of a key starts or ends with a blank or a line break, most likely a copied newline.
    #[error("the text of the key starts or ends with a blank or a line break")]
    BlankAtEnd,
    /// What follows `hex:` is not an even number of hex digits.
    #[error("`hex:` must be followed by an even number of hex digits")]
    NotHex,
}
