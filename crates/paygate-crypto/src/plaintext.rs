//! A text in the clear, wiped when it goes.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::ops::{Deref, DerefMut};

use zeroize::{ZeroizeOnDrop, optimization_barrier};

/// The bytes of a text, before it is encrypted or after it was decrypted.
///
/// They are wiped when it is dropped, and where it stood when it moves to a larger place. `Debug` shows its length alone.
/// It wipes as `zeroize` does for one value, all bytes at once: byte by byte, as a `Zeroizing<Vec<u8>>` does it, takes
/// longer than verifying a MAC.
///
/// ```
/// use paygate_crypto::Plaintext;
///
/// let mut text = Plaintext::with_capacity(64);
/// text.extend_from_slice(b"Amount=1999");
/// text.push(b'&');
/// assert_eq!(*text, *b"Amount=1999&");
/// assert_eq!(format!("{text:?}"), "Plaintext { len: 12, .. }");
/// ```
#[derive(Default)]
pub struct Plaintext(Vec<u8>);

impl Plaintext {
    /// An empty text with room for so many bytes.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    /// So many zero bytes: a place to decrypt into.
    #[must_use]
    pub fn zeroed(len: usize) -> Self {
        Self(vec![0; len])
    }

    /// A copy with room for more, or `None` where memory has no room.
    pub(crate) fn try_copy(bytes: &[u8], more: usize) -> Option<Self> {
        let mut copy = Vec::new();
        copy.try_reserve_exact(bytes.len().checked_add(more)?).ok()?;
        copy.extend_from_slice(bytes);
        Some(Self(copy))
    }

    /// Adds bytes at the end.
    #[inline]
    pub fn extend_from_slice(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// Adds a byte at the end.
    #[inline]
    pub fn push(&mut self, byte: u8) {
        self.reserve(1);
        self.0.push(byte);
    }

    /// Cuts the text after so many bytes, and wipes the rest.
    ///
    /// ```
    /// # use paygate_crypto::Plaintext;
    /// let mut text = Plaintext::from(&b"Code=00000000\0\0\0"[..]);
    /// text.truncate(13);
    /// assert_eq!(*text, *b"Code=00000000");
    /// ```
    pub fn truncate(&mut self, len: usize) {
        wipe(self.0.get_mut(len..).unwrap_or_default());
        self.0.truncate(len);
    }

    /// Fills up with a byte until it is so long.
    pub(crate) fn fill_up(&mut self, len: usize, byte: u8) {
        self.reserve(len.saturating_sub(self.0.len()));
        self.0.resize(len.max(self.0.len()), byte);
    }

    #[inline]
    fn reserve(&mut self, more: usize) {
        let needed = self.0.len().saturating_add(more);
        if needed > self.0.capacity() {
            self.move_to(needed.saturating_mul(2));
        }
    }

    /// Moves to a larger place; a vector by itself would leave a copy behind.
    #[cold]
    fn move_to(&mut self, capacity: usize) {
        let mut larger = Vec::with_capacity(capacity);
        larger.extend_from_slice(&self.0);
        wipe(&mut self.0);
        self.0 = larger;
    }
}

/// Overwrites bytes with zeros, which the compiler may not leave out.
pub(crate) fn wipe(bytes: &mut [u8]) {
    bytes.fill(0);
    optimization_barrier(bytes);
}

impl Drop for Plaintext {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

impl ZeroizeOnDrop for Plaintext {}

impl From<&[u8]> for Plaintext {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl Deref for Plaintext {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl DerefMut for Plaintext {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}

impl AsRef<[u8]> for Plaintext {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl AsMut<[u8]> for Plaintext {
    fn as_mut(&mut self) -> &mut [u8] {
        self
    }
}

impl fmt::Debug for Plaintext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plaintext").field("len", &self.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn what_has_room_stays_where_it_is() {
        let mut text = Plaintext::with_capacity(64);
        let place = text.as_ptr();
        text.extend_from_slice(&[7; 63]);
        text.push(7);
        assert_eq!((text.as_ptr(), &*text), (place, &[7; 64][..]));
    }

    // A vector would grow to 8 bytes here, and leave a copy behind.
    #[test]
    fn what_has_no_room_moves_to_twice_of_what_it_needs() {
        let mut text = Plaintext::with_capacity(4);
        text.extend_from_slice(b"12345");
        assert_eq!(*text, *b"12345");
        assert!(text.0.capacity() >= 10);
    }

    #[test]
    fn what_is_cut_off_is_gone() {
        let mut text = Plaintext::from(&b"Code=00000000\0\0\0"[..]);
        text.truncate(20);
        assert_eq!(text.len(), 16);
        text.truncate(13);
        assert_eq!(*text, *b"Code=00000000");
    }

    #[test]
    fn debug_shows_the_length_alone() {
        assert_eq!(format!("{:?}", Plaintext::from(&b"secret"[..])), "Plaintext { len: 6, .. }");
    }

    #[test]
    fn it_holds_what_was_added_wherever_it_moved() {
        let mut text = Plaintext::default();
        for byte in 0..=u8::MAX {
            text.push(byte);
            text.extend_from_slice(&[byte; 3]);
        }
        let expected: Vec<u8> = (0..=u8::MAX).flat_map(|byte| [byte; 4]).collect();
        assert_eq!(*text, *expected);
        text.fill_up(1030, 7);
        assert_eq!(text[1024..], [7; 6]);
        text.fill_up(3, 9);
        assert_eq!(text.len(), 1030);
    }

    #[test]
    fn wiped_bytes_are_zero() {
        let mut bytes = *b"secret";
        wipe(&mut bytes);
        assert_eq!(bytes, [0; 6]);
    }
}
