//! Any bytes are read as a file without a panic, and what was whole is the same when it is written and read again. Of any two files,
//! every line of either is told of once, and nothing counts as paid back that the answer does not say.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate_batch::{Entry, Guard, Layout, Reader, Record, Rules, Tally, Total, Writer, reconcile};
use std::collections::HashSet;

fuzz_target!(|input: &[u8]| {
    written_again(input);
    // No line holds it.
    if let Some(marker) = input.iter().position(|byte| *byte == 0) {
        held_against(&input[..marker], &input[marker + 1..]);
    }
});

/// All that can be understood, and the reader at its end.
fn read(file: &[u8]) -> Option<(Vec<Entry>, Reader<&[u8]>)> {
    let mut reader = Reader::new(file).ok()?;
    let entries: Vec<_> = reader.by_ref().filter_map(Result::ok).collect();
    assert!(reader.next().is_none(), "it goes on behind its end");
    Some((entries, reader))
}

fn total_of(records: impl Iterator<Item = Record>) -> Total {
    records.fold(Total::default(), |Total { records, sum }, record| Total {
        records: records + 1,
        sum: sum + u128::from(record.money.amount().units()),
    })
}

fn written_again(file: &[u8]) {
    let Some((entries, reader)) = read(file) else { return };
    let Some(total) = reader.total() else { return };
    let records: Vec<Record> = entries.iter().map(|entry| entry.record).collect();
    assert_eq!(total_of(records.iter().copied()), total, "FOOT");

    let head = reader.head();
    let (Some(shape), Some(day), true) = (reader.shape(), head.day(), reader.is_as_the_version_says()) else {
        return;
    };
    let layout = if shape.slave { Layout::master(head.version) } else { Ok(Layout::new(head.version)) };
    let layout = layout.expect("the version has such lines");
    let rules = Rules::default().with_mixed_currencies(true).with_least_amount(0).with_most_digits(12);
    let mut writer =
        Writer::new(Vec::new(), head.merchant_id, day, layout, rules, Guard::new()).expect("HEAD");
    for record in &records {
        let is_nothing = record.money.amount().units() == 0;
        assert_eq!(writer.write(record).is_err(), is_nothing, "{record:?}");
        if is_nothing {
            return;
        }
    }
    let mut known = HashSet::new();
    let is_doubled = !records.iter().all(|record| known.insert(record.trans_id));
    let finished = writer.finish();
    assert_eq!(finished.is_err(), is_doubled, "{finished:?}");
    let Ok(complete) = finished else { return };

    let again = complete.into_inner();
    let (entries_again, reader_again) = read(&again).expect("what was written");
    assert_eq!(reader_again.total(), Some(total));
    assert_eq!(reader_again.head(), head);
    assert!(entries_again.iter().all(|entry| entry.answer.is_none()));
    assert!(entries_again.iter().map(|entry| entry.record).eq(records));
}

fn held_against(sent: &[u8], answered: &[u8]) {
    let (Some((all_sent, _)), Some((all_answered, _))) = (read(sent), read(answered)) else { return };
    let (sent, answered_file) = (Reader::new(sent).expect("HEAD"), Reader::new(answered).expect("HEAD"));
    let Ok(told) = reconcile(sent, answered_file, |_finding| {}) else { return };

    let Tally { paid_back, failed, unclear, missing, unexpected, changed, .. } = &told.tally;
    let lines = answered.split(|byte| matches!(byte, b'\n' | b'\r'));
    let ok = lines.filter(|line| line.windows(3).any(|part| part == b",OK")).count();
    assert!(paid_back.records <= ok as u64, "{told:?}");
    let of_both = paid_back.records + failed.records + unclear.records + changed.records;
    assert_eq!(of_both + missing.records, all_sent.len() as u64, "{told:?}");
    assert_eq!(of_both + unexpected.records, all_answered.len() as u64, "{told:?}");
    if told.all_paid_back() {
        assert!(told.sent.is_some() && told.sent == told.answered, "{told:?}");
        assert_eq!(of_both, paid_back.records, "{told:?}");
        assert_eq!((missing.records, unexpected.records, told.tally.unreadable), (0, 0, 0), "{told:?}");
        let sum: u128 = paid_back.sums.iter().map(|(_, sum)| sum).sum();
        assert_eq!(Some(sum), told.sent.map(|total| total.sum));
    }
}
