//! The key schedule: tables and round keys, made once for a key.

use core::fmt;

use cipher::consts::{U8, U56};
use cipher::{AlgorithmName, BlockSizeUser, InvalidLength, Key, KeyInit, KeySizeUser};
use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::lanes::{halves, one};
use super::pi;

/// Four tables, one for each byte of a half.
pub(super) type Tables = [[u32; 256]; 4];

/// The words that rounds are keyed with, two by two in the order of use; the last two come after all rounds.
pub(super) type RoundKeys = [[u32; 2]; 9];

/// Blowfish with a key: 4 KiB of schedule, wiped when it is dropped.
///
/// Its blocks are big-endian. It takes six of them at a time; `encrypt_blocks` and `decrypt_blocks` of a long run are
/// where that pays.
///
/// ```
/// use paygate_crypto::wide_blowfish::{Blowfish, cipher};
/// use cipher::{Array, BlockCipherEncrypt, KeyInit};
///
/// let key = Blowfish::new_from_slice(b"16CharKeyLength!")?;
/// let mut blocks = [Array(*b"Unencryp"), Array(*b"ted plai"), Array(*b"n text!\0")];
/// key.encrypt_blocks(&mut blocks);
/// assert_eq!(blocks[0].0, [0x41, 0x05, 0xAA, 0xFD, 0xC6, 0x44, 0x5B, 0xF2]);
/// assert_eq!(format!("{key:?}"), "Blowfish { .. }");
/// # Ok::<(), cipher::InvalidLength>(())
/// ```
#[derive(Clone)]
pub struct Blowfish {
    pub(super) tables: Zeroizing<Tables>,
    pub(super) encrypting: Zeroizing<RoundKeys>,
    /// The same words, last one first: decrypting is encrypting with these.
    pub(super) decrypting: Zeroizing<RoundKeys>,
}

impl Blowfish {
    /// The state before any key, which is the same for everybody: keep nothing secret with it.
    ///
    /// Named, as [`Blowfish::bc_expand_key`], after the function of the crate `blowfish` that it does the work of.
    ///
    /// ```
    /// use paygate_crypto::wide_blowfish::{Blowfish, cipher::{Array, BlockCipherEncrypt, KeyInit}};
    ///
    /// let mut one_byte = Blowfish::bc_init_state();
    /// one_byte.bc_expand_key(&[7]);
    /// let mut blocks = [Array([0; 8]); 2];
    /// one_byte.encrypt_block(&mut blocks[0]);
    /// // `KeyInit` takes no key of one byte; of four equal ones it makes the same.
    /// Blowfish::new_from_slice(&[7; 4])?.encrypt_block(&mut blocks[1]);
    /// assert_eq!(blocks[0], blocks[1]);
    /// # Ok::<(), paygate_crypto::wide_blowfish::cipher::InvalidLength>(())
    /// ```
    #[must_use]
    pub fn bc_init_state() -> Self {
        let mut state = Self { tables: pi::S.into(), encrypting: pi::P.into(), decrypting: pi::P.into() };
        state.decrypting.as_flattened_mut().reverse();
        state
    }

    /// Mixes a key in: its bytes, again and again, over the 72 bytes that a schedule takes. Longer ones are cut there;
    /// without a byte there is no key, and zeros take its place.
    pub fn bc_expand_key(&mut self, key: &[u8]) {
        let mut bytes = key.iter().copied().cycle();
        for word in self.encrypting.as_flattened_mut() {
            *word ^= u32::from_be_bytes([(); 4].map(|()| bytes.next().unwrap_or_default()));
        }
        // Each pair of words is made with all that came before it.
        let mut block = 0;
        for pair in 0..9 {
            block = one(&self.tables, &self.encrypting, block);
            put(self.encrypting.as_flattened_mut(), pair, block);
        }
        for table in 0..4 {
            for pair in 0..128 {
                block = one(&self.tables, &self.encrypting, block);
                if let Some(table) = self.tables.get_mut(table) {
                    put(table, pair, block);
                }
            }
        }
        *self.decrypting = *self.encrypting;
        self.decrypting.as_flattened_mut().reverse();
    }
}

/// Puts a block where the pair of words of this number stands.
fn put(words: &mut [u32], pair: usize, block: u64) {
    if let Some(place) = words.as_chunks_mut().0.get_mut(pair) {
        *place = halves(block);
    }
}

impl KeySizeUser for Blowfish {
    type KeySize = U56;
}

impl BlockSizeUser for Blowfish {
    type BlockSize = U8;
}

impl KeyInit for Blowfish {
    fn new(key: &Key<Self>) -> Self {
        let mut state = Self::bc_init_state();
        state.bc_expand_key(key);
        state
    }

    /// Takes 4 to 56 bytes, as Blowfish is specified; [`Blowfish::bc_expand_key`] takes any number.
    fn new_from_slice(key: &[u8]) -> Result<Self, InvalidLength> {
        if !(4..=56).contains(&key.len()) {
            return Err(InvalidLength);
        }
        let mut state = Self::bc_init_state();
        state.bc_expand_key(key);
        Ok(state)
    }
}

impl AlgorithmName for Blowfish {
    fn write_alg_name(f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blowfish")
    }
}

impl fmt::Debug for Blowfish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blowfish").finish_non_exhaustive()
    }
}

// Each of its parts wipes itself.
impl ZeroizeOnDrop for Blowfish {}
