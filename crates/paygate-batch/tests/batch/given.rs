//! Records and files for tests.

use paygate_batch::{
    Answer, BatchDate, Entry, Guard, Layout, LineEnd, ReadError, Reader, Record, Rules, Writer, answer,
};
use paygate_params::{Code, Currency, MerchantId, Money, PayId, RefNr, Status, TransId};
use proptest::prelude::*;

pub(crate) const MID: MerchantId = MerchantId::from_static("YourMerchantId");
pub(crate) const PAY_ID: &str = "7bbb448155234d8cbee323778952ce28";

pub(crate) fn day() -> BatchDate {
    BatchDate::new(2026, 11, 22).unwrap()
}

pub(crate) fn layout(version: &str) -> Layout {
    Layout::new(version.parse().unwrap())
}

pub(crate) fn master(version: &str) -> Layout {
    Layout::master(version.parse().unwrap()).unwrap()
}

pub(crate) fn record(trans_id: &str, units: u64) -> Record {
    of_payment(PAY_ID, trans_id, units)
}

pub(crate) fn of_payment(pay_id: &str, trans_id: &str, units: u64) -> Record {
    let money = Money::new(units, Currency::EUR).unwrap();
    Record::new(money, TransId::new(trans_id).unwrap(), PayId::new(pay_id).unwrap()).forget()
}

/// The rules that take whatever the formats take.
pub(crate) fn lenient() -> Rules {
    Rules::default().with_mixed_currencies(true).with_least_amount(1).with_most_digits(12)
}

pub(crate) fn file(layout: Layout, records: &[Record]) -> Vec<u8> {
    let mid = MID;
    let mut writer = Writer::new(Vec::new(), mid, day(), layout, lenient(), Guard::new()).unwrap();
    for record in records {
        writer.write(record).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The same with LF as line ends, as text.
pub(crate) fn text(layout: Layout, records: &[Record]) -> String {
    let writer = Writer::new(Vec::new(), MID, day(), layout, lenient(), Guard::new()).unwrap();
    let mut writer = writer.with_line_end(LineEnd::Lf);
    for record in records {
        writer.write(record).unwrap();
    }
    String::from_utf8(writer.finish().unwrap().into_inner()).unwrap()
}

/// The file, answered by what a function says.
pub(crate) fn answered(sent: &[u8], decide: impl FnMut(&Record) -> Answer) -> String {
    let mut answered = Vec::new();
    answer(Reader::new(sent).unwrap(), &mut answered, decide).unwrap();
    String::from_utf8(answered).unwrap().replace("\r\n", "\n")
}

pub(crate) fn ok() -> Answer {
    Answer { status: Status::from_static("OK"), code: Some(Code::SUCCESS) }
}

pub(crate) fn failed(code: &str) -> Answer {
    Answer { status: Status::from_static("FAILED"), code: Some(Code::new(code).unwrap()) }
}

/// All records of a file that is right.
pub(crate) fn read(file: &[u8]) -> Vec<Entry> {
    let mut reader = Reader::new(file).unwrap();
    let entries = reader.by_ref().collect::<Result<_, _>>().unwrap();
    assert!(reader.total().is_some());
    entries
}

/// All that is wrong with a file, as text.
pub(crate) fn errors(file: impl AsRef<[u8]>) -> Vec<String> {
    match Reader::new(file.as_ref()) {
        Err(error) => vec![error.to_string()],
        Ok(mut reader) => {
            let errors: Vec<String> =
                reader.by_ref().filter_map(Result::err).map(|error: ReadError| error.to_string()).collect();
            assert_eq!(reader.total().is_none(), !errors.is_empty());
            errors
        }
    }
}

prop_compose! {
    /// Any record that a file of this layout can hold.
    pub(crate) fn records(layout: Layout)(
        units in prop_oneof![1..1_000_000_u64, Just(999_999_999_999)],
        currency in prop_oneof![Just(Currency::EUR), Just(Currency::SEK), "[A-Z]{3}".prop_map(|text| Currency::new(&text).unwrap())],
        trans_id in identifier(64),
        ref_nr in proptest::option::of(identifier(30)),
        pay_id in "[0-9A-Za-z]{32}",
        slave in identifier(30),
    ) -> Record {
        Record {
            money: Money::new(units, currency).unwrap(),
            trans_id: TransId::new(&trans_id).unwrap(),
            ref_nr: ref_nr.filter(|_| layout.version().has_ref_nr()).map(|text| RefNr::new(&text).unwrap()),
            pay_id: PayId::new(&pay_id).unwrap(),
            slave: layout.is_master().then(|| MerchantId::new(&slave).unwrap()),
        }
    }
}

/// Identifiers without what separates fields.
fn identifier(most: usize) -> impl Strategy<Value = String> {
    let inner = r"[ !#$%'()+\-./0-9:;<=>?@A-Z\[\\\]^_`a-z{|}~]{1,64}";
    inner.prop_map(move |text| {
        let text: String = text.chars().take(most).collect();
        match text.trim() {
            "" => "x".to_owned(),
            text => text.to_owned(),
        }
    })
}

/// Every layout.
pub(crate) fn layouts() -> Vec<Layout> {
    let mut layouts: Vec<_> = ["1.0", "1.x", "1.7", "2.0", "2.x", "2.1"].map(layout).into();
    layouts.extend(["2.0", "2.x", "2.99"].map(master));
    layouts
}
