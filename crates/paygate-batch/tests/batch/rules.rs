//! What a writer refuses, and that nothing of it is written.

use crate::given::{MID, day, layout, master, record};
use paygate_batch::{Guard, Layout, NoMaster, Record, Rules, Version, WriteError, Writer};
use paygate_params::{Currency, MerchantId, Money, RefNr, TransId};

/// Writes a good record, one that is looked at, and another good one.
fn refused(layout: Layout, rules: Rules, second: Record) -> Option<String> {
    let slave = layout.is_master().then(|| MerchantId::from_static("Slave"));
    let good = |name| Record { slave, ..record(name, 1_000) };
    let mut writer = Writer::new(Vec::new(), MID, day(), layout, rules, Guard::new()).unwrap();
    writer.write(&good("r-1")).unwrap();
    let told = writer.write(&second).err().map(|error| error.to_string());
    writer.write(&good("r-3")).unwrap();
    let file = String::from_utf8(writer.finish().unwrap().into_inner()).unwrap();
    assert_eq!(file.lines().count(), if told.is_some() { 4 } else { 5 }, "{file}");
    told
}

fn with_trans_id(text: &str) -> Record {
    Record { trans_id: TransId::new(text).unwrap(), ..record("r", 1_000) }
}

#[test]
fn a_value_with_a_separator_is_refused_by_line_and_field() {
    const WHY: &str = "holds a comma, a quotation mark or a line end, which a file has no way to write";
    for text in ["a,b", "a\"b", ",", "\"a\""] {
        let told = refused(layout("2.x"), Rules::default(), with_trans_id(text)).unwrap();
        assert_eq!(told, format!("line 3, column 25: TransID: {WHY}"), "{text}");
        let ref_nr = Some(RefNr::new(text).unwrap());
        let told =
            refused(layout("2.x"), Rules::default(), Record { ref_nr, ..record("r-2", 1_000) }).unwrap();
        assert_eq!(told, format!("line 3, column 29: RefNr: {WHY}"));
        let slave = Some(MerchantId::new(text).unwrap());
        let told =
            refused(master("2.x"), Rules::default(), Record { slave, ..record("r-2", 1_000) }).unwrap();
        assert_eq!(told, format!("line 3, column 16: MID: {WHY}"));
        let head = Writer::new(
            Vec::new(),
            MerchantId::new(text).unwrap(),
            day(),
            layout("1.0"),
            Rules::default(),
            Guard::new(),
        );
        assert_eq!(head.err().unwrap().to_string(), format!("line 1, column 6: MerchantID: {WHY}"));
    }
    // Line ends and controls are no part of any identifier.
    for text in ["a\rb", "a\nb", "a\tb"] {
        assert!(TransId::new(text).is_err() && RefNr::new(text).is_err() && MerchantId::new(text).is_err());
    }
}

#[test]
fn what_needs_a_word_with_computop_is_refused_unless_it_is_allowed() {
    let usual = Rules::default();
    let of = |units, currency| Record { money: Money::new(units, currency).unwrap(), ..record("r-2", 1) };
    let eur = |units| of(units, Currency::EUR);
    let told = |rules, record| refused(layout("2.x"), rules, record).unwrap_or_default();
    assert_eq!(
        told(usual, eur(99)),
        "line 3, column 16: Amount: is under 100, for which the account must be enabled"
    );
    assert_eq!(told(usual.with_least_amount(1), eur(99)), "");
    assert_eq!(
        told(usual.with_least_amount(0), eur(0)),
        "line 3, column 16: Amount: is 0: nothing would go back"
    );
    assert_eq!(told(usual, eur(9_999_999_999)), "");
    assert_eq!(told(usual, eur(10_000_000_000)), "line 3, column 16: Amount: has more than 10 digits");
    assert_eq!(told(usual.with_most_digits(12), eur(999_999_999_999)), "");
    let mixed = of(1_000, Currency::SEK);
    assert_eq!(
        told(usual, mixed),
        "line 3, column 21: Currency: is another than in the lines before, so that the sum would mean nothing"
    );
    let mixed_allowed = usual.with_mixed_currencies(true);
    assert_eq!(told(mixed_allowed, mixed), "");
}

#[test]
fn a_layout_that_is_told_when_the_program_runs_is_held_too() {
    let (ref_nr, slave) = (Some(RefNr::from_static("x")), Some(MerchantId::from_static("Slave")));
    let told = |layout, record| refused(layout, Rules::default(), record).unwrap();
    let record = record("r-2", 1_000);
    assert_eq!(
        told(layout("1.0"), Record { ref_nr, ..record }),
        "line 3, column 1: RefNr: has no field in this version's lines"
    );
    assert_eq!(
        told(layout("2.x"), Record { slave, ..record }),
        "line 3, column 1: MID: has no field in this version's lines"
    );
    assert_eq!(told(master("2.x"), record), "line 3, column 16: MID: is missing");
    for version in ["1.0", "1.x"] {
        let version: Version = version.parse().unwrap();
        assert_eq!(Layout::master(version), Err(NoMaster(version)));
    }
}

#[test]
fn the_greatest_amounts_are_summed() {
    let rules = Rules::default().with_most_digits(12);
    let mut writer = Writer::new(Vec::new(), MID, day(), layout("1.0"), rules, Guard::new()).unwrap();
    for number in 0..100 {
        writer.write(&record(&format!("r-{number}"), 999_999_999_999)).unwrap();
    }
    let total = writer.finish().unwrap().total();
    assert_eq!(total.sum, 99_999_999_999_900);
    assert!(!format!("{total:?}").contains("99999"));
}

#[test]
fn what_cannot_be_written_is_an_error() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut writer = Writer::new(Full, MID, day(), layout("1.0"), Rules::default(), Guard::new()).unwrap();
    let failed = (0..5_000).find_map(|number| writer.write(&record(&format!("r-{number}"), 100)).err());
    assert!(matches!(failed, Some(WriteError::Io(_))));
    assert!(writer.finish().is_err());
}
