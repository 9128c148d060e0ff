//! TransIDs that were seen, and where: equal ones come together when they are sorted.

use super::Refused;
use crate::Record;
use crate::sort::{Sortable, Sorted};
use foldhash::quality::RandomState;
use std::hash::BuildHasher;
use std::io;

/// 72 bits of a TransID's hash, 20 of the file, 36 of the line, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seen(u128);

const LINE_BITS: u32 = 36;
const SOURCE_BITS: u32 = 20;

/// Which file a record stands in, by the order in which they were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source(u32);

impl Source {
    /// The new one: behind all others.
    pub(super) const NEW: Self = Self((1 << SOURCE_BITS) - 1);
}

impl Seen {
    pub(super) fn new(trans_id: u128, source: Source, line: u64) -> Self {
        let line = u128::from(line.min((1 << LINE_BITS) - 1));
        let low = SOURCE_BITS + LINE_BITS;
        Self((trans_id >> low << low) | (u128::from(source.0) << LINE_BITS) | line)
    }

    fn trans_id(self) -> u128 {
        self.0 >> (SOURCE_BITS + LINE_BITS)
    }

    fn source(self) -> Source {
        Source(u32::try_from((self.0 >> LINE_BITS) & u128::from(Source::NEW.0)).unwrap_or_default())
    }

    fn line(self) -> u64 {
        u64::try_from(self.0 & ((1 << LINE_BITS) - 1)).unwrap_or_default()
    }
}

impl Sortable for Seen {
    const BYTES: usize = u128::BYTES;

    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
    }

    fn get(bytes: &[u8]) -> Option<Self> {
        u128::get(bytes).map(Self)
    }
}

/// The names of earlier files, and the hashes of this process.
pub(super) struct Names {
    files: Vec<String>,
    hashes: [RandomState; 2],
}

impl Names {
    pub(super) fn new() -> Self {
        Self { files: Vec::new(), hashes: [RandomState::default(), RandomState::default()] }
    }

    /// One file more.
    pub(super) fn source(&mut self, name: &str) -> io::Result<Source> {
        let source = u32::try_from(self.files.len()).ok().map(Source).filter(|source| *source < Source::NEW);
        self.files.push(name.to_owned());
        source.ok_or_else(|| io::Error::other("there are more than a million earlier files"))
    }

    /// The hash of a TransID; of each slave MID they are others. Paygate may fold the case of a MID.
    pub(super) fn trans_id(&self, record: &Record) -> u128 {
        let trans_id = record.trans_id.as_bytes();
        let [high, low] = match &record.slave {
            None => self.hashes.each_ref().map(|hash| hash.hash_one(trans_id)),
            Some(slave) => {
                let slave = slave.as_str().to_ascii_lowercase();
                self.hashes.each_ref().map(|hash| hash.hash_one((trans_id, slave.as_str())))
            }
        };
        (u128::from(high) << 64) | u128::from(low)
    }
}

/// Tells every record of the new file whose TransID stood before.
pub(super) fn compare(
    sorted: Sorted<Seen>,
    names: &Names,
    refuse: &mut impl FnMut(Refused),
) -> io::Result<()> {
    let mut first: Option<Seen> = None;
    for seen in sorted {
        let seen = seen?;
        match first.filter(|first| first.trans_id() == seen.trans_id()) {
            None => first = Some(seen),
            // Two earlier files may be one, before and after it was answered.
            Some(_) if seen.source() != Source::NEW => {}
            Some(first) if first.source() == Source::NEW => {
                refuse(Refused::Doubled { line: seen.line(), earlier: first.line() });
            }
            Some(first) => {
                let name = usize::try_from(first.source().0).ok().and_then(|index| names.files.get(index));
                let file = name.cloned().unwrap_or_default();
                refuse(Refused::InEarlierFile { line: seen.line(), file, earlier: first.line() });
            }
        }
    }
    Ok(())
}
