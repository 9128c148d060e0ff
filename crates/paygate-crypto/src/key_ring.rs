//! The keys of a merchant while they are being exchanged.

use alloc::vec::Vec;
use core::fmt;

use crate::key::EncryptionKey;
use crate::mac_key::MacKey;

/// An encryption key and a MAC key that are used together, and until when.
///
/// ```
/// use paygate_crypto::{EncryptionKey, KeyPair, MacKey};
///
/// let pair = KeyPair::new(EncryptionKey::blowfish(b"16CharKeyLength!")?, MacKey::new(b"mySecret")?);
/// assert_eq!(pair.end(), None);
/// assert_eq!(pair.until(1_800_000_000).end(), Some(1_800_000_000));
/// # Ok::<(), paygate_crypto::KeyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct KeyPair {
    encryption: EncryptionKey,
    mac: MacKey,
    end: Option<u64>,
}

impl KeyPair {
    /// A pair without an end.
    #[must_use]
    pub const fn new(encryption: EncryptionKey, mac: MacKey) -> Self {
        Self { encryption, mac, end: None }
    }

    /// Ends the pair: as a previous one of a [`KeyRing`] it is tried up to this second, and in it, and not after.
    ///
    /// Counted in seconds since 1970-01-01 00:00:00 UTC.
    #[must_use]
    pub const fn until(mut self, unix_seconds: u64) -> Self {
        self.end = Some(unix_seconds);
        self
    }

    /// The key for `Data`.
    #[must_use]
    pub const fn encryption(&self) -> &EncryptionKey {
        &self.encryption
    }

    /// The key for `MAC`.
    #[must_use]
    pub const fn mac(&self) -> &MacKey {
        &self.mac
    }

    /// The last second of the pair, in seconds since 1970-01-01 00:00:00 UTC.
    #[must_use]
    pub const fn end(&self) -> Option<u64> {
        self.end
    }

    fn is_over_at(&self, now: u64) -> bool {
        self.end.is_some_and(|end| now > end)
    }
}

/// The keys of a merchant: the current pair, and previous ones that answers may still be made with.
///
/// Computop exchanges keys on a day, and answers to payments that began before arrive after it. Sealing uses the
/// current pair always. Opening tries all pairs, the current one first; a pair is tried whole, and only its MAC says
/// whether it is the one, since a wrong encryption key decrypts to noise without an error.
///
/// ```
/// use paygate_crypto::{EncryptionKey, KeyPair, KeyRing, MacKey};
///
/// let new = KeyPair::new(EncryptionKey::aes(b"0123456789abcdef")?, MacKey::new(b"new secret")?);
/// let old = KeyPair::new(EncryptionKey::blowfish(b"16CharKeyLength!")?, MacKey::new(b"old secret")?);
/// let ring = KeyRing::new(new).with_previous(old.until(1_800_000_000));
///
/// let tried = |now| ring.pairs_at(now).map(|(index, _)| index.to_string()).collect::<Vec<_>>();
/// assert_eq!(tried(1_800_000_000), ["0", "1"]);
/// assert_eq!(tried(1_800_000_001), ["0"]);
/// # Ok::<(), paygate_crypto::KeyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct KeyRing {
    current: KeyPair,
    previous: Vec<KeyPair>,
}

impl KeyRing {
    /// A ring of one pair.
    #[must_use]
    pub const fn new(current: KeyPair) -> Self {
        Self { current, previous: Vec::new() }
    }

    /// Adds a pair that is tried for answers after all pairs there are.
    #[must_use]
    pub fn with_previous(mut self, pair: KeyPair) -> Self {
        self.previous.push(pair);
        self
    }

    /// The pair to seal with. An end that it may have plays no part: a merchant without a key could do nothing.
    #[must_use]
    pub const fn current(&self) -> &KeyPair {
        &self.current
    }

    /// The pairs to open with at `now`, in seconds since 1970-01-01 00:00:00 UTC: the current one, then the previous
    /// ones that have not ended, in the order in which they were added.
    ///
    /// ```
    /// # use paygate_crypto::{EncryptionKey, KeyPair, KeyRing, MacKey};
    /// # let pair = KeyPair::new(EncryptionKey::blowfish(b"16CharKeyLength!")?, MacKey::new(b"mySecret")?);
    /// let ring = KeyRing::new(pair);
    /// let (index, _pair) = ring.pairs_at(0).next().ok_or("a ring has a current pair")?;
    /// assert!(index.is_current());
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn pairs_at(&self, now: u64) -> impl Iterator<Item = (KeyIndex, &KeyPair)> {
        let previous = self.previous.iter().zip(1..).filter(move |(pair, _)| !pair.is_over_at(now));
        core::iter::once((&self.current, 0)).chain(previous).map(|(pair, index)| (KeyIndex(index), pair))
    }

    /// Whether a previous pair has an end: without one, any `now` does and no clock is needed.
    #[must_use]
    pub fn has_ends(&self) -> bool {
        self.previous.iter().any(|pair| pair.end.is_some())
    }
}

/// Which pair of a [`KeyRing`] held: 0 is the current one, 1 the first previous one.
///
/// It numbers all pairs, the ended ones too, so it means the same whenever it is asked for. Good for a log or a
/// counter, to see when a previous pair is no longer in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyIndex(usize);

impl KeyIndex {
    /// Whether it is the current pair.
    #[must_use]
    pub const fn is_current(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for KeyIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    fn pair() -> KeyPair {
        KeyPair::new(EncryptionKey::blowfish(b"16CharKeyLength!").unwrap(), MacKey::new(b"mySecret").unwrap())
    }

    fn tried(ring: &KeyRing, now: u64) -> Vec<usize> {
        ring.pairs_at(now).map(|(index, _)| index.0).collect()
    }

    #[test]
    fn an_ended_pair_is_skipped_and_the_others_keep_their_numbers() {
        let ring = KeyRing::new(pair())
            .with_previous(pair().until(10))
            .with_previous(pair())
            .with_previous(pair().until(20));
        assert_eq!(tried(&ring, 0), [0, 1, 2, 3]);
        assert_eq!(tried(&ring, 10), [0, 1, 2, 3]);
        assert_eq!(tried(&ring, 11), [0, 2, 3]);
        assert_eq!(tried(&ring, u64::MAX), [0, 2]);
    }

    #[test]
    fn a_pair_tells_its_end() {
        assert_eq!(pair().end(), None);
        assert_eq!(pair().until(10).end(), Some(10));
    }

    #[test]
    fn number_0_is_the_current_pair_and_no_other_is() {
        let ring = KeyRing::new(pair()).with_previous(pair()).with_previous(pair());
        let told: Vec<_> =
            ring.pairs_at(0).map(|(index, _)| (format!("{index}"), index.is_current())).collect();
        assert_eq!(told, [("0".into(), true), ("1".into(), false), ("2".into(), false)]);
    }

    #[test]
    fn the_current_pair_is_tried_after_its_end_too() {
        let ring = KeyRing::new(pair().until(10));
        assert_eq!(tried(&ring, 11), [0]);
        assert!(!ring.has_ends());
    }

    #[test]
    fn a_clock_is_needed_only_when_a_previous_pair_ends() {
        assert!(!KeyRing::new(pair()).with_previous(pair()).has_ends());
        assert!(KeyRing::new(pair()).with_previous(pair().until(10)).has_ends());
    }

    #[test]
    fn a_ring_is_shared_between_threads() {
        fn shared<T: Send + Sync + 'static>(_: &T) {}
        shared(&KeyRing::new(pair()));
    }

    #[test]
    fn debug_shows_no_key() {
        assert_eq!(
            format!("{:?}", pair()),
            "KeyPair { encryption: EncryptionKey([redacted]), mac: MacKey([redacted]), end: None }"
        );
    }
}
