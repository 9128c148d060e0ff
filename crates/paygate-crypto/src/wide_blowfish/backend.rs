//! The traits of the crate `cipher`: six blocks at a time, then what is left.

use core::ops::RangeInclusive;

use cipher::consts::U6;
use cipher::{
    Array, Block, BlockCipherDecBackend, BlockCipherDecClosure, BlockCipherDecrypt, BlockCipherEncBackend,
    BlockCipherEncClosure, BlockCipherEncrypt, InOut, InOutBuf, ParBlocks, ParBlocksSizeUser,
};

use super::lanes::{Six, one, six};
use super::schedule::{Blowfish, RoundKeys};

/// As many blocks take less time side by side, zeros in the free lanes, than one by one; more than six have no lanes.
const SIDE_BY_SIDE: RangeInclusive<usize> = 3..=6;

#[expect(clippy::many_single_char_names, reason = "blocks have no other names")]
impl Blowfish {
    #[inline]
    fn block(&self, keys: &RoundKeys, mut block: InOut<'_, '_, Block<Self>>) {
        let word = u64::from_be_bytes(block.get_in().0);
        block.get_out().0 = one(&self.tables, keys, word).to_be_bytes();
    }

    #[inline]
    fn side_by_side(&self, keys: &RoundKeys, mut blocks: InOut<'_, '_, ParBlocks<Self>>) {
        let [a, b, c, d, e, f] = blocks.get_in().0.map(|Array(block)| u64::from_be_bytes(block));
        let mut words = [[a, b, c], [d, e, f]];
        six(&self.tables, keys, &mut words);
        let [[a, b, c], [d, e, f]] = words;
        blocks.get_out().0 = [a, b, c, d, e, f].map(|word| Array(word.to_be_bytes()));
    }

    /// Up to six blocks, with zeros for those that are not there.
    fn side_by_side_with_zeros(&self, keys: &RoundKeys, mut blocks: InOutBuf<'_, '_, Block<Self>>) {
        let mut words = Six::default();
        for (word, Array(block)) in words.as_flattened_mut().iter_mut().zip(blocks.get_in()) {
            *word = u64::from_be_bytes(*block);
        }
        six(&self.tables, keys, &mut words);
        for (Array(block), word) in blocks.get_out().iter_mut().zip(words.as_flattened()) {
            *block = word.to_be_bytes();
        }
    }

    #[inline]
    fn tail(&self, keys: &RoundKeys, blocks: InOutBuf<'_, '_, Block<Self>>) {
        if SIDE_BY_SIDE.contains(&blocks.len()) {
            self.side_by_side_with_zeros(keys, blocks);
        } else {
            blocks.into_iter().for_each(|block| self.block(keys, block));
        }
    }
}

impl ParBlocksSizeUser for Blowfish {
    type ParBlocksSize = U6;
}

impl BlockCipherEncrypt for Blowfish {
    #[inline]
    fn encrypt_with_backend(&self, f: impl BlockCipherEncClosure<BlockSize = Self::BlockSize>) {
        f.call(self);
    }
}

impl BlockCipherEncBackend for Blowfish {
    #[inline]
    fn encrypt_block(&self, block: InOut<'_, '_, Block<Self>>) {
        self.block(&self.encrypting, block);
    }

    #[inline]
    fn encrypt_par_blocks(&self, blocks: InOut<'_, '_, ParBlocks<Self>>) {
        self.side_by_side(&self.encrypting, blocks);
    }

    #[inline]
    fn encrypt_tail_blocks(&self, blocks: InOutBuf<'_, '_, Block<Self>>) {
        self.tail(&self.encrypting, blocks);
    }
}

impl BlockCipherDecrypt for Blowfish {
    #[inline]
    fn decrypt_with_backend(&self, f: impl BlockCipherDecClosure<BlockSize = Self::BlockSize>) {
        f.call(self);
    }
}

impl BlockCipherDecBackend for Blowfish {
    #[inline]
    fn decrypt_block(&self, block: InOut<'_, '_, Block<Self>>) {
        self.block(&self.decrypting, block);
    }

    #[inline]
    fn decrypt_par_blocks(&self, blocks: InOut<'_, '_, ParBlocks<Self>>) {
        self.side_by_side(&self.decrypting, blocks);
    }

    #[inline]
    fn decrypt_tail_blocks(&self, blocks: InOutBuf<'_, '_, Block<Self>>) {
        self.tail(&self.decrypting, blocks);
    }
}
