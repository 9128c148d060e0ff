//! `Data` and `Len`, ready to be sent.

use alloc::string::String;

/// An encrypted text: the two parameters `Data` and `Len` of a Paygate message.
///
/// The digits are upper-case, as Paygate itself and its published samples write them; both cases are accepted.
///
/// ```
/// use paygate_crypto::EncryptionKey;
///
/// let sealed = EncryptionKey::blowfish(b"password")?.encrypt(b"plaintext")?;
/// assert_eq!(sealed.data(), "14EC7A6DA0FBB3E50A84B47302443328");
/// assert_eq!(sealed.len(), 9);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct EncryptedData {
    data: String,
    len: usize,
}

impl EncryptedData {
    pub(crate) const fn new(data: String, len: usize) -> Self {
        Self { data, len }
    }

    /// The value of `Data`: hex digits of the ciphertext, and for AES those of the IV and a `-` before them.
    #[must_use]
    pub fn data(&self) -> &str {
        &self.data
    }

    /// The value of `Len`: the length of the text *before* encryption, in bytes.
    ///
    /// The vendor calls it the length of the unencrypted string. Its PHP samples count bytes, others characters;
    /// they differ outside ASCII only. A text in a single-byte character set is safe with all of them.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether the text was empty. With Blowfish `Data` is empty then, too.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The value of `Data`, without a copy.
    #[must_use]
    pub fn into_data(self) -> String {
        self.data
    }

    /// The same with lower-case digits, for a peer that insists on them.
    ///
    /// ```
    /// # use paygate_crypto::EncryptionKey;
    /// let sealed = EncryptionKey::blowfish(b"password")?.encrypt(b"plaintext")?.with_lower_hex();
    /// assert_eq!(sealed.data(), "14ec7a6da0fbb3e50a84b47302443328");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn with_lower_hex(mut self) -> Self {
        self.data.make_ascii_lowercase();
        self
    }
}
