//! The layouts of the vendor's page, version by version, as files.

use crate::given::{MID, day, failed, layout, master, of_payment, ok, read};
use paygate_batch::{
    Edition, Guard, Layout, Master, Minor, Reader, Record, RecordOf, Rules, V1_0, V1x, V2_0, V2x, Verdict,
    Writer, answer,
};
use paygate_params::{MerchantId, RefNr};
use std::path::PathBuf;

fn golden(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// The three refunds of the files.
fn refunds() -> [(Record, Option<RefNr>, MerchantId); 3] {
    let slave = |mid| MerchantId::new(mid).unwrap();
    let ref_nr = |text: &str| Some(RefNr::new(text).unwrap());
    [
        (
            of_payment("7bbb448155234d8cbee323778952ce28", "refund-4711-1", 1999),
            ref_nr("2026-11"),
            slave("SlaveOne"),
        ),
        (of_payment("0123456789abcdef0123456789ABCDEF", "refund 2", 100), None, slave("SlaveTwo")),
        (
            of_payment("00112233445566778899aabbccddeeff", &"T".repeat(64), 9_999_999_999),
            ref_nr(&"r".repeat(30)),
            slave("SlaveOne"),
        ),
    ]
}

fn written<E: Edition>(mid: MerchantId, edition: E, records: &[RecordOf<E>]) -> String {
    let mut writer = Writer::new(Vec::new(), mid, day(), edition, Rules::default(), Guard::new()).unwrap();
    for record in records {
        writer.write(record).unwrap();
    }
    String::from_utf8(writer.finish().unwrap().into_inner()).unwrap()
}

#[test]
fn each_version_is_written_as_the_page_lays_it_out() {
    let bare = refunds().map(|(record, ..)| Record::new(record.money, record.trans_id, record.pay_id));
    let with_ref_nr = refunds().map(|(record, ref_nr, _)| {
        Record::new(record.money, record.trans_id, record.pay_id).with_ref_nr(ref_nr)
    });
    let with_slave = refunds().map(|(record, ref_nr, slave)| {
        Record::new(record.money, record.trans_id, record.pay_id).with_ref_nr(ref_nr).with_slave(slave)
    });
    let master_mid = MerchantId::from_static("MasterMerchantId");
    let one = Minor::new(1).unwrap();
    assert_eq!(written(MID, V1_0, &bare), golden("1.0-sent.dat"));
    assert_eq!(written(MID, V1x(Minor::Letter), &with_ref_nr), golden("1.x-sent.dat"));
    assert_eq!(written(MID, V1x(one), &with_ref_nr), golden("1.1-sent.dat"));
    assert_eq!(written(MID, V2_0, &with_ref_nr), golden("2.0-sent.dat"));
    assert_eq!(written(MID, V2x(Minor::Letter), &with_ref_nr), golden("2.x-sent.dat"));
    assert_eq!(written(MID, V2x(one), &with_ref_nr), golden("2.1-sent.dat"));
    assert_eq!(written(master_mid, Master(V2_0), &with_slave), golden("2.0-master-sent.dat"));
    assert_eq!(written(master_mid, Master(V2x(Minor::Letter)), &with_slave), golden("2.x-master-sent.dat"));
}

const ALL: [&str; 8] = ["1.0", "1.x", "1.1", "2.0", "2.x", "2.1", "2.0-master", "2.x-master"];

fn layout_of(name: &str) -> Layout {
    name.strip_suffix("-master").map_or_else(|| layout(name), master)
}

#[test]
fn each_version_is_read_whether_it_was_answered_or_not() {
    for name in ALL {
        let layout = layout_of(name);
        for answered in [false, true] {
            let file = golden(&format!("{name}-{}.dat", if answered { "answered" } else { "sent" }));
            let mut reader = Reader::new(file.as_bytes()).unwrap();
            let entries: Vec<_> = reader.by_ref().map(Result::unwrap).collect();
            let total = reader.total().unwrap();
            assert_eq!((total.records, total.sum), (3, 10_000_002_098), "{name}");
            assert!(reader.is_as_the_version_says(), "{name}");
            assert_eq!(reader.head().day(), Some(day()));
            for (entry, (line, (record, ref_nr, slave))) in entries.iter().zip((2..).zip(refunds())) {
                assert_eq!(entry.line, line);
                let expected = Record {
                    ref_nr: ref_nr.filter(|_| layout.version().has_ref_nr()),
                    slave: layout.is_master().then_some(slave),
                    ..record
                };
                assert_eq!(entry.record, expected, "{name}");
                let verdict = if line == 3 { Verdict::Failed } else { Verdict::PaidBack };
                assert_eq!(
                    entry.answer.map(|answer| answer.verdict()),
                    answered.then_some(verdict),
                    "{name}"
                );
                let has_code = entry.answer.is_some_and(|answer| answer.code.is_some());
                assert_eq!(has_code, answered && layout.version().has_code(), "{name}");
            }
        }
    }
}

#[test]
fn each_version_is_answered_as_the_page_lays_it_out() {
    for name in ALL {
        let sent = golden(&format!("{name}-sent.dat"));
        let mut answered = Vec::new();
        let decide =
            |record: &Record| if record.trans_id.as_str() == "refund 2" { failed("21550957") } else { ok() };
        answer(Reader::new(sent.as_bytes()).unwrap(), &mut answered, decide).unwrap();
        assert_eq!(String::from_utf8(answered).unwrap(), golden(&format!("{name}-answered.dat")));
    }
}

#[test]
fn line_ends_of_any_kind_and_a_bom_make_no_difference() {
    let file = golden("2.x-answered.dat");
    let expected = read(file.as_bytes());
    for end in ["\n", "\r", "\r\n"] {
        let other = file.replace("\r\n", end);
        assert_eq!(read(other.as_bytes()), expected, "{end:?}");
        assert_eq!(read(other.trim_end().as_bytes()), expected, "{end:?}");
        assert_eq!(read(["\u{feff}", &other].concat().as_bytes()), expected, "{end:?}");
        assert_eq!(read([&other, end, end].concat().as_bytes()), expected, "{end:?}");
    }
}
