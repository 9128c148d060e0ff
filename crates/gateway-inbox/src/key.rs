//! Keys: what makes two deliveries the same one.

use sha2::{Digest, Sha256};
use std::fmt;

/// A name of 32 bytes that says nothing: SHA-256 of the parts that make two things the same.
///
/// Make the key of a delivery of *signed* fields alone; what the sender's MAC does not cover, anybody can change, and would
/// make a new delivery of an old one. The parts are told apart by their lengths, so no two lists make the same key.
///
/// ```
/// use gateway_inbox::Key;
///
/// let key = |pay_id: &str| Key::of("paygate callback", ["trustly", "YourMerchantId", pay_id, "tea-1", "OK", "00000000"]);
/// assert_eq!(key("7bbb448155234d8cbee323778952ce28"), key("7bbb448155234d8cbee323778952ce28"));
/// assert_ne!(key("7bbb448155234d8cbee323778952ce28"), key("0123456789abcdef0123456789abcdef"));
/// assert_ne!(Key::of("kind", ["ab", "c"]), Key::of("kind", ["a", "bc"]));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; Key::LEN]);

impl Key {
    /// How many bytes a key has.
    pub const LEN: usize = 32;

    /// The key of these parts. `kind` keeps keys of one kind from being keys of another.
    #[must_use]
    pub fn of<I>(kind: &str, parts: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<[u8]>,
    {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            // A length of a fixed size before each.
            hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(bytes);
        };
        part(kind.as_bytes());
        for bytes in parts {
            part(bytes.as_ref());
        }
        Self(hash.finalize().into())
    }

    /// The key that was stored as these bytes; `None` where they are not [`Key::LEN`] many.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(")?;
        // Enough to tell two rows of a log apart.
        for byte in self.0.iter().take(4) {
            write!(f, "{byte:02x}")?;
        }
        f.write_str("…)")
    }
}
