//! Memory does not follow the number of records.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

use paygate_batch::{
    Answer, BatchDate, Guard, Layout, Reader, Record, Rules, Writer, answer, check, reconcile,
};
use paygate_params::{Currency, MerchantId, Money, PayId, Status, TransId};
use std::fs::File;
use std::io::{Seek, SeekFrom};

/// The most that this process ever had, in KiB.
fn most() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn again(mut file: &File) -> Reader<&File> {
    file.seek(SeekFrom::Start(0)).unwrap();
    Reader::new(file).unwrap()
}

/// Writes, checks, answers and reconciles a file of so many records.
fn whole_way(records: u64) {
    let mid = MerchantId::from_static("YourMerchantId");
    let (date, layout) = (BatchDate::new(2026, 11, 22).unwrap(), Layout::new("1.0".parse().unwrap()));
    let sent = tempfile::tempfile().unwrap();
    let mut writer = Writer::new(&sent, mid, date, layout, Rules::default(), Guard::new()).unwrap();
    let pay_id = PayId::from_static("7bbb448155234d8cbee323778952ce28");
    let money = Money::new(100, Currency::EUR).unwrap();
    for number in 0..records {
        let trans_id = TransId::new(&number.to_string()).unwrap();
        writer.write(&Record::new(money, trans_id, pay_id).forget()).unwrap();
    }
    assert_eq!(writer.finish().unwrap().total().records, records);
    assert!(check(again(&sent), Guard::new(), |_| {}).unwrap().total.is_some());
    let answered = tempfile::tempfile().unwrap();
    answer(again(&sent), &answered, |_| Answer { status: Status::from_static("OK"), code: None }).unwrap();
    assert!(reconcile(again(&sent), again(&answered), |_| {}).unwrap().all_paid_back());
}

#[test]
fn the_whole_way_of_a_file_takes_as_much_memory_for_many_records_as_for_some() {
    whole_way(450_000); // more than are sorted in memory
    let some = most();
    whole_way(1_200_000);
    // 16 bytes for each of the others would be more.
    assert!(most() - some < 6 * 1024, "{} KiB more than {some}", most() - some);
}
