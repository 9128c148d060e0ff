//! What is written is read, and whatever is read is read without a stop.

use crate::given::{MID, day, file, layouts, lenient, ok, read, records};
use paygate_batch::{Guard, Layout, Reader, Record, Writer, answer};
use proptest::prelude::*;

proptest! {
    #[test]
    fn what_is_written_is_read(
        (layout, records) in proptest::sample::select(layouts())
            .prop_flat_map(|layout| (Just(layout), proptest::collection::vec(records(layout), 0..20))),
    ) {
        let mut writer = Writer::new(Vec::new(), MID, day(), layout, lenient(), Guard::new()).unwrap();
        for record in &records {
            writer.write(record).unwrap();
        }
        // Two of them with one TransID make no file.
        let Ok(complete) = writer.finish() else { return Ok(()) };
        let (total, file) = (complete.total(), complete.into_inner());
        let entries = read(&file);
        prop_assert_eq!(entries.iter().map(|entry| entry.record).collect::<Vec<Record>>(), records.clone());
        prop_assert_eq!(total.records, records.len() as u64);

        let mut answered = Vec::new();
        answer(Reader::new(&*file).unwrap(), &mut answered, |_| ok()).unwrap();
        let answered = read(&answered);
        prop_assert_eq!(answered.iter().map(|entry| entry.record).collect::<Vec<Record>>(), records);
        prop_assert!(answered.iter().all(|entry| entry.answer.is_some()));
    }

    #[test]
    fn a_line_by_itself_is_read_as_it_was_written(
        (layout, record) in proptest::sample::select(layouts()).prop_flat_map(|layout| (Just(layout), records(layout))),
    ) {
        let line = record.line(layout, &lenient()).unwrap();
        prop_assert_eq!(Record::of_line(&line, layout), Ok(record));
    }

    #[test]
    fn whatever_can_be_read_is_written_again_as_it_was(
        (layout, records) in proptest::sample::select(layouts())
            .prop_flat_map(|layout| (Just(layout), proptest::collection::vec(records(layout), 1..6))),
        at in any::<prop::sample::Index>(),
        byte: u8,
    ) {
        prop_assume!(records.iter().all(|one| records.iter().filter(|other| other.trans_id == one.trans_id).count() == 1));
        let mut bytes = file(layout, &records);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let Ok(mut reader) = Reader::new(&*bytes) else { return Ok(()) };
        let entries: Vec<_> = reader.by_ref().collect();
        if reader.total().is_some() && reader.is_as_the_version_says() && reader.head().day().is_some() {
            // One byte was changed and all is right: then it is another value, which is the one that is written.
            let head = reader.head().clone();
            // So is another version, which the head alone tells.
            let layout = if layout.is_master() { Layout::master(head.version).unwrap() } else { Layout::new(head.version) };
            let mut writer =
                Writer::new(Vec::new(), head.merchant_id, head.day().unwrap(), layout, lenient().with_least_amount(0), Guard::new()).unwrap();
            for entry in entries {
                if writer.write(&entry.unwrap().record).is_err() {
                    return Ok(());
                }
            }
            if let Ok(complete) = writer.finish() {
                let normal = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n").trim_end().to_owned();
                prop_assert_eq!(normal(&complete.into_inner()).to_ascii_lowercase(), normal(&bytes).to_ascii_lowercase());
            }
        }
    }

    #[test]
    fn any_bytes_are_read_to_their_end(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let file = [b"HEAD,Shop,20261122,2.x\n".as_slice(), &bytes].concat();
        for file in [&*bytes, &file] {
            if let Ok(reader) = Reader::new(file) {
                prop_assert!(reader.count() <= file.len() + 1);
            }
        }
    }

    #[test]
    fn any_pieces_of_lines_are_read_to_their_end(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "HEAD", "FOOT", "Trustly", "Credit", ",", ",", ",", "\n", "\r\n", "100", "EUR", "r-1", "OK", "00000000",
                "7bbb448155234d8cbee323778952ce28", "\"", "é", "FOOT,0,0", "HEAD,Shop,1,2.x\n",
                "Trustly,Credit,100,EUR,r-1,,7bbb448155234d8cbee323778952ce28\n",
            ]),
            0..40,
        ),
    ) {
        let file = ["HEAD,Shop,20261122,2.x\n", &pieces.concat()].concat();
        let mut reader = Reader::new(file.as_bytes()).unwrap();
        let errors = reader.by_ref().filter(Result::is_err).count();
        prop_assert_eq!(reader.total().is_some(), errors == 0);
    }
}
