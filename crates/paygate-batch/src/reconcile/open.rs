//! Refunds that stand in one of the files so far, and wait for the other.

use super::Finding;
use crate::{Entry, Record};
use std::collections::HashMap;
use std::collections::hash_map;

/// An entry for each refund whose counterpart has not come yet.
pub(super) struct Open {
    needs_code: bool,
    sent: HashMap<Box<[u8]>, Entry>,
    answered: HashMap<Box<[u8]>, Entry>,
}

/// Whether both are the same refund: one TransID, of one slave MID. Paygate may fold the case of a MID.
pub(super) fn are_of_one(one: &Record, other: &Record) -> bool {
    let same_slave = match (&one.slave, &other.slave) {
        (Some(one), Some(other)) => one.as_str().eq_ignore_ascii_case(other.as_str()),
        (None, None) => true,
        _ => false,
    };
    same_slave && one.trans_id == other.trans_id
}

/// The same, as a key.
fn key(record: &Record) -> Box<[u8]> {
    let slave = record.slave.as_ref().map_or_else(String::new, |slave| slave.as_str().to_ascii_lowercase());
    // A TransID holds no comma.
    [record.trans_id.as_bytes(), b",", slave.as_bytes()].concat().into_boxed_slice()
}

impl Open {
    pub(super) fn new(needs_code: bool) -> Self {
        Self { needs_code, sent: HashMap::new(), answered: HashMap::new() }
    }

    /// A record that was sent, and whose answer did not stand beside it. One whose TransID waits already is doubled, which is told
    /// elsewhere, and has no answer of its own.
    pub(super) fn sent(&mut self, sent: Entry, is_late: bool, tell: &mut impl FnMut(Finding<'_>)) {
        let key = key(&sent.record);
        if let Some(answered) = self.answered.remove(&key) {
            return tell(Finding::of(&sent, &answered, self.needs_code));
        }
        if is_late {
            return tell(Finding::Missing { sent: &sent });
        }
        match self.sent.entry(key) {
            hash_map::Entry::Occupied(_) => tell(Finding::Missing { sent: &sent }),
            hash_map::Entry::Vacant(place) => drop(place.insert(sent)),
        }
    }

    /// An answer whose record did not stand beside it.
    pub(super) fn answered(&mut self, answered: Entry, is_late: bool, tell: &mut impl FnMut(Finding<'_>)) {
        let key = key(&answered.record);
        if let Some(sent) = self.sent.remove(&key) {
            return tell(Finding::of(&sent, &answered, self.needs_code));
        }
        if is_late {
            return tell(Finding::Unexpected { answered: &answered });
        }
        match self.answered.entry(key) {
            hash_map::Entry::Occupied(_) => tell(Finding::Unexpected { answered: &answered }),
            hash_map::Entry::Vacant(place) => drop(place.insert(answered)),
        }
    }

    /// Tells what waits to no end, by line.
    pub(super) fn finish(self, tell: &mut impl FnMut(Finding<'_>)) {
        let by_line = |waiting: HashMap<_, Entry>| {
            let mut entries: Vec<Entry> = waiting.into_values().collect();
            entries.sort_unstable_by_key(|entry| entry.line);
            entries
        };
        for sent in &by_line(self.sent) {
            tell(Finding::Missing { sent });
        }
        for answered in &by_line(self.answered) {
            tell(Finding::Unexpected { answered });
        }
    }
}
