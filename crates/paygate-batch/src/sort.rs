//! Sorting more than memory holds: sorted runs in a temporary file, merged at the end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::vec;

/// What can be sorted: of a fixed size, written and read again.
pub(crate) trait Sortable: Ord + Copy {
    /// How many bytes it takes in the file.
    const BYTES: usize;

    /// Appends its bytes.
    fn put(&self, to: &mut Vec<u8>);

    /// The value that these bytes are; there are [`Sortable::BYTES`] of them.
    fn get(bytes: &[u8]) -> Option<Self>;
}

/// How many bytes of values are held before they go to the file.
const HELD: usize = 6 * 1024 * 1024;

/// How many bytes of all runs together are in memory while they are merged.
const MERGING: usize = 4 * 1024 * 1024;

/// Values, in the order in which they come. Memory is bounded; what is more lies in a temporary file, which has no name.
pub(crate) struct Sorter<T> {
    held: Vec<T>,
    most: usize,
    /// How many values each run has.
    runs: Vec<u64>,
    file: Option<File>,
    /// The bytes of a run, on their way.
    bytes: Vec<u8>,
}

impl<T: Sortable> Sorter<T> {
    pub(crate) const fn new() -> Self {
        match HELD.checked_div(size_of::<T>()) {
            Some(most) => Self::holding(most),
            None => Self::holding(HELD),
        }
    }

    /// At most so many values in memory.
    pub(crate) const fn holding(most: usize) -> Self {
        Self { held: Vec::new(), most, runs: Vec::new(), file: None, bytes: Vec::new() }
    }

    #[inline]
    pub(crate) fn push(&mut self, value: T) -> io::Result<()> {
        if self.held.len() >= self.most {
            self.spill()?;
        }
        self.held.push(value);
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        self.held.sort_unstable();
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        for values in self.held.chunks(4096) {
            self.bytes.clear();
            for value in values {
                value.put(&mut self.bytes);
            }
            file.write_all(&self.bytes)?;
        }
        self.runs.push(u64::try_from(self.held.len()).unwrap_or(u64::MAX));
        self.held.clear();
        Ok(())
    }

    /// All values, sorted.
    pub(crate) fn sorted(mut self) -> io::Result<Sorted<T>> {
        if self.file.is_none() {
            self.held.sort_unstable();
            return Ok(Sorted::Held(self.held.into_iter()));
        }
        if !self.held.is_empty() {
            self.spill()?;
        }
        let Some(file) = self.file else { return Ok(Sorted::Held(Vec::new().into_iter())) };
        // What is merged needs the memory.
        drop(self.held);
        Merge::new(file, &self.runs).map(Sorted::Merged)
    }
}

/// Sorted values.
pub(crate) enum Sorted<T> {
    Held(vec::IntoIter<T>),
    Merged(Merge<T>),
}

impl<T: Sortable> Iterator for Sorted<T> {
    type Item = io::Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Held(values) => values.next().map(Ok),
            Self::Merged(merge) => merge.next().transpose(),
        }
    }
}

/// The runs of a file, merged.
pub(crate) struct Merge<T> {
    file: File,
    runs: Vec<Run<T>>,
    /// The least of each run that is not over, and which run's it is.
    least: BinaryHeap<Reverse<(T, usize)>>,
    /// How many values of a run are read at once.
    block: u64,
    bytes: Vec<u8>,
}

struct Run<T> {
    /// Where in the file the next block begins, and how many values are left there.
    at: u64,
    left: u64,
    block: vec::IntoIter<T>,
}

impl<T: Sortable> Merge<T> {
    fn new(file: File, counts: &[u64]) -> io::Result<Self> {
        let each = MERGING.checked_div(counts.len().saturating_mul(T::BYTES)).unwrap_or(MERGING);
        let block = u64::try_from(each).unwrap_or(u64::MAX).clamp(64, 64 * 1024);
        let size = u64::try_from(T::BYTES).unwrap_or(u64::MAX);
        let mut at = 0_u64;
        let mut runs = Vec::with_capacity(counts.len());
        for &left in counts {
            runs.push(Run { at, left, block: Vec::new().into_iter() });
            at = at.saturating_add(left.saturating_mul(size));
        }
        let mut merge =
            Self { file, runs, least: BinaryHeap::with_capacity(counts.len()), block, bytes: Vec::new() };
        for run in 0..counts.len() {
            if let Some(first) = merge.next_of(run)? {
                merge.least.push(Reverse((first, run)));
            }
        }
        Ok(merge)
    }

    fn next(&mut self) -> io::Result<Option<T>> {
        let Some(&Reverse((value, run))) = self.least.peek() else { return Ok(None) };
        let following = self.next_of(run)?;
        if let Some(mut top) = self.least.peek_mut() {
            match following {
                Some(following) => *top = Reverse((following, run)),
                None => drop(PeekMut::pop(top)),
            }
        }
        Ok(Some(value))
    }

    /// The next value of a run.
    fn next_of(&mut self, index: usize) -> io::Result<Option<T>> {
        let Some(run) = self.runs.get_mut(index) else { return Ok(None) };
        if let Some(value) = run.block.next() {
            return Ok(Some(value));
        }
        let count = run.left.min(self.block);
        let len = usize::try_from(count).unwrap_or_default().saturating_mul(T::BYTES);
        self.bytes.resize(len, 0);
        self.file.seek(SeekFrom::Start(run.at))?;
        self.file.read_exact(&mut self.bytes)?;
        run.at = run.at.saturating_add(u64::try_from(len).unwrap_or_default());
        run.left = run.left.saturating_sub(count);
        let values: Option<Vec<T>> = self.bytes.chunks_exact(T::BYTES).map(T::get).collect();
        let changed = || io::Error::other("the temporary file of what is compared was changed");
        run.block = values.ok_or_else(changed)?.into_iter();
        Ok(run.block.next())
    }
}

impl Sortable for u128 {
    const BYTES: usize = 16;

    fn put(&self, to: &mut Vec<u8>) {
        to.extend(self.to_le_bytes());
    }

    fn get(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted(values: &[u128], most: usize) -> Vec<u128> {
        let mut sorter = Sorter::holding(most);
        for value in values {
            sorter.push(*value).unwrap();
        }
        sorter.sorted().unwrap().map(Result::unwrap).collect()
    }

    proptest! {
        #[test]
        fn all_values_come_out_sorted_however_few_are_held(
            values in proptest::collection::vec(any::<u128>(), 0..300),
            most in 1..40_usize,
        ) {
            let mut expected = values.clone();
            expected.sort_unstable();
            prop_assert_eq!(sorted(&values, most), expected);
        }
    }

    #[test]
    fn blocks_of_long_runs_follow_one_another() {
        let values: Vec<u128> = (0..400_000).map(|value| value * 7919 % 400_009).collect();
        let mut expected = values.clone();
        expected.sort_unstable();
        assert_eq!(sorted(&values, 150_000), expected);
    }
}
