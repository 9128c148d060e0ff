//! The sixteen rounds, for one block and for six side by side.

use core::hint::black_box;

use super::schedule::{RoundKeys, Tables};

/// Blocks that share a pointer to the tables.
const GROUP: usize = 3;

/// Blocks that are worked on side by side: for more, x86-64 has no registers.
pub(super) type Six = [[u64; GROUP]; 2];

/// The left and the right half of a block.
pub(super) type Halves = [u32; 2];

/// One block.
pub(super) fn one(tables: &Tables, keys: &RoundKeys, block: u64) -> u64 {
    let [mut left, mut right] = halves(block);
    let [rounds @ .., [last, after]] = keys;
    for [first, second] in rounds {
        left ^= first;
        right ^= mixed(tables, left);
        right ^= second;
        left ^= mixed(tables, right);
    }
    joined([right ^ after, left ^ last])
}

/// Six blocks, each as [`one`] would.
///
/// A compiler that may use AVX2 or AVX-512 sees six equal chains and makes vectors of them; since the tables are
/// looked up word by word all the same, that takes up to twice the time. It does so where four lanes or more have one
/// table, or neighbouring results: `black_box` hides that both groups have the same tables, and that their results
/// will stand side by side. Nothing but speed depends on it, nor on `inline(never)`, which keeps one copy of the loop
/// in the cache and its registers apart from those of callers.
#[inline(never)]
pub(super) fn six(tables: &Tables, keys: &RoundKeys, [front, back]: &mut Six) {
    let [rounds @ .., [last, after]] = keys;
    let (mut front_group, mut back_group) = (Group::new(tables, *front), Group::new(tables, *back));
    for [first, second] in rounds {
        front_group.odd_round(*first);
        back_group.odd_round(*first);
        front_group.even_round(*second);
        back_group.even_round(*second);
    }
    *front = front_group.blocks(*last, *after);
    *back = back_group.blocks(*last, *after);
}

/// Three blocks between two rounds.
struct Group<'a> {
    tables: &'a Tables,
    left: [u32; GROUP],
    right: [u32; GROUP],
}

impl<'a> Group<'a> {
    #[inline]
    fn new(tables: &'a Tables, blocks: [u64; GROUP]) -> Self {
        let halves = blocks.map(halves);
        let (left, right) = (halves.map(|[left, _]| left), halves.map(|[_, right]| right));
        Self { tables: black_box(tables), left, right }
    }

    #[inline]
    fn odd_round(&mut self, key: u32) {
        for (left, right) in self.left.iter_mut().zip(&mut self.right) {
            *left ^= key;
            *right ^= mixed(self.tables, *left);
        }
    }

    #[inline]
    fn even_round(&mut self, key: u32) {
        for (left, right) in self.left.iter_mut().zip(&mut self.right) {
            *right ^= key;
            *left ^= mixed(self.tables, *right);
        }
    }

    /// The blocks after the last round, whose halves change places.
    #[inline]
    fn blocks(&self, last: u32, after: u32) -> [u64; GROUP] {
        let mut blocks = [0; GROUP];
        for (block, (left, right)) in blocks.iter_mut().zip(self.left.iter().zip(&self.right)) {
            *block = black_box(joined([right ^ after, left ^ last]));
        }
        blocks
    }
}

/// The round function: a word of each table, by one byte each.
#[inline]
#[expect(clippy::indexing_slicing, reason = "a byte is below 256: the compiler knows it and checks nothing")]
fn mixed([first, second, third, fourth]: &Tables, half: u32) -> u32 {
    // Shifts: of `to_be_bytes` the compiler makes code that takes half as long again.
    let byte = |shift: u32| usize::from(u8::try_from((half >> shift) & 0xFF).unwrap_or_default());
    (first[byte(24)].wrapping_add(second[byte(16)]) ^ third[byte(8)]).wrapping_add(fourth[byte(0)])
}

#[inline]
pub(super) fn halves(block: u64) -> Halves {
    [block >> 32, block & 0xFFFF_FFFF].map(|half| u32::try_from(half).unwrap_or_default())
}

#[inline]
fn joined([left, right]: Halves) -> u64 {
    (u64::from(left) << 32) | u64::from(right)
}
