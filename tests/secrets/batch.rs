//! The types of `paygate-batch`: amounts in files, read, written and held against their answers.

use crate::canary::{CENTS, NAME, PAY_ID};
use crate::exhibit;
use crate::shown::Shown;
use paygate_batch::{
    AnswerWriter, AnsweringError, BatchDate, Counter, EarlierError, FileName, Finding, FinishError, Guard,
    Layout, LineError, Master, Minor, NoDate, Outbox, OutboxError, Payments, Phase, Problem, ReadError,
    Reader, Record, RecordOf, Refused, Rule, Rules, Shape, Total, Transport, V1x, V2x, Version, WriteError,
    Writer, answer, check, reconcile,
};
use paygate_params::{Currency, MerchantId, Money, PayId, TransId};
use std::io;

const SHOP: MerchantId = MerchantId::from_static("shop");

fn record(trans_id: &str) -> RecordOf<V2x> {
    let money = Money::new(CENTS, Currency::EUR).unwrap();
    Record::new(money, TransId::new(trans_id).unwrap(), PayId::from_static(PAY_ID)).with_ref_nr(None)
}

fn date() -> BatchDate {
    BatchDate::new(2026, 11, 22).unwrap()
}

fn writer(guard: Guard) -> Writer<Vec<u8>, V2x> {
    Writer::new(Vec::new(), SHOP, date(), V2x(Minor::new(1).unwrap()), Rules::default(), guard).unwrap()
}

/// A file with two refunds.
fn file(shown: &mut Shown) -> Vec<u8> {
    let mut writer = writer(Guard::new());
    for trans_id in ["refund-1", "refund-2"] {
        writer.write(&record(trans_id)).unwrap();
    }
    exhibit!(shown, writer);
    let complete = writer.finish().unwrap();
    exhibit!(shown, complete);
    complete.into_inner()
}

pub(crate) fn show(shown: &mut Shown) {
    let sent = file(shown);
    let reader = Reader::new(&sent[..]).unwrap();
    exhibit!(shown, reader, *reader.head(), Rules::default(), date(), NoDate);
    let shape: Shape = Shape::of_request(Layout::new("2.1".parse().unwrap()));
    exhibit!(shown, shape, Layout::new("2.1".parse().unwrap()), record("refund-1"));
    let master = Layout::master("1.0".parse().unwrap()).unwrap_err();
    exhibit!(
        shown,
        master,
        V1x(Minor::Letter),
        V2x(Minor::Letter),
        Master(V2x(Minor::Letter)),
        Minor::Letter,
        Version::V1_0
    );
    let entries: Vec<_> = reader.map(Result::unwrap).collect();
    exhibit!(shown, entries[0], Total { records: 1, sum: u128::from(CENTS) });

    let mut answered = Vec::new();
    answer(Reader::new(&sent[..]).unwrap(), &mut answered, |_| paygate_batch_answer()).unwrap();
    let text = String::from_utf8(answered.clone()).unwrap();
    let amount = CENTS.to_string();
    for told in [
        text.clone(),
        text.replacen(&amount, "4242425", 1),
        text.replacen("refund-2", "refund-3", 1),
        text.replacen("refund-2", "refund-1", 1),
        text.replacen(&amount, "4242424x", 1),
        text.replacen("OK,00000000", "FAILED,20110005", 1),
    ] {
        let mut findings = 0;
        let (sent, answered) = (Reader::new(&sent[..]).unwrap(), Reader::new(told.as_bytes()).unwrap());
        let reconciled = reconcile(sent, answered, |finding| {
            findings += 1;
            exhibit!(shown, finding);
        });
        exhibit!(
            shown,
            reconciled.as_ref().unwrap().tally.paid_back,
            reconciled.as_ref().unwrap().tally,
            reconciled.unwrap()
        );
        assert!(findings > 0);
    }
    for entry in Reader::new(&answered[..]).unwrap() {
        exhibit!(shown, entry.unwrap().answer.unwrap());
    }
    let not_answered =
        reconcile(Reader::new(&sent[..]).unwrap(), Reader::new(&sent[..]).unwrap(), |_| {}).unwrap_err();
    exhibit!(shown, EarlierError::Reconcile(not_answered));
    let not_answered =
        reconcile(Reader::new(&sent[..]).unwrap(), Reader::new(&sent[..]).unwrap(), |_| {}).unwrap_err();
    exhibit!(shown, not_answered);
    exhibit!(shown, AnswerWriter::new(Vec::new(), Reader::new(&sent[..]).unwrap().head()));
    refusals(shown, &text);
    outbox(shown);
}

fn refusals(shown: &mut Shown, text: &str) {
    let amount = CENTS.to_string();
    let mut payments = Payments::new();
    payments.paid(&PayId::from_static(PAY_ID), Money::new(CENTS, Currency::EUR).unwrap()).unwrap();
    exhibit!(shown, Guard::of_payments(payments), Payments::new());
    let mut payments = Payments::new();
    payments.paid(&PayId::from_static(PAY_ID), Money::new(CENTS, Currency::EUR).unwrap()).unwrap();
    let mut twice = writer(Guard::of_payments(payments));
    for _ in 0..2 {
        twice.write(&record("refund-1")).unwrap();
    }
    let refused: FinishError = twice.finish().unwrap_err();
    if let FinishError::Refused { first, .. } = &refused {
        for refused in first {
            exhibit!(shown, *refused, Problem::Refused(refused.clone()));
        }
    }
    exhibit!(shown, refused);
    // Lines, and what the shop told: the name of its file and the least of its rules.
    let (line, earlier) = (3, 2);
    exhibit!(shown, Refused::InEarlierFile { line, file: "T20261122001shop.dat".to_owned(), earlier });
    exhibit!(shown, Refused::NoSuchPayment { line }, Refused::OtherCurrency { line });
    exhibit!(
        shown,
        Refused::PaymentToldTwice { line },
        Rule::Small { least: 100 },
        Finding::Doubled { line, earlier }
    );
    for broken in [
        text.replacen(&amount, "4242424x", 1),
        text.replacen(&amount, NAME, 1),
        text.replacen("EUR", NAME, 1),
        text.replacen("refund-1", "Canary*name", 1),
        text.replacen(",OK", "", 1),
        text.replacen("FOOT,2,8484848", "FOOT,2,4242424", 1),
        text.replacen("FOOT,2", "FOOT,3", 1),
        text.replacen("HEAD", NAME, 1),
    ] {
        let read = Reader::new(broken.as_bytes()).and_then(Iterator::collect::<Result<Vec<_>, ReadError>>);
        let refused: ReadError = read.unwrap_err();
        let line: LineError = refused.line().unwrap().clone();
        exhibit!(shown, line.rule, line, refused, AnsweringError::Read(ReadError::Line(line.clone())));
        exhibit!(shown, WriteError::Line(line.clone()), Problem::Line(line.clone()));
        if let Ok(reader) = Reader::new(broken.as_bytes()) {
            let checked = check(reader, Guard::new(), |problem| exhibit!(shown, problem)).unwrap();
            exhibit!(shown, checked);
        }
    }
    exhibit!(shown, Rule::Sum, ReadError::Io(io::ErrorKind::BrokenPipe.into()), Refused::TooMuch { line: 2 });
}

fn outbox(shown: &mut Shown) {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(folder.path());
    let pending = outbox.begin(SHOP, date(), Transport::Sftp).unwrap();
    exhibit!(shown, outbox, pending, pending.name(), Counter::FIRST, outbox.alone(&SHOP).unwrap());
    let name = FileName::new(Phase::Transferred, date(), SHOP, Counter::FIRST, Transport::Sftp).unwrap();
    exhibit!(shown, name, FileName::parse(NAME, Transport::Sftp).unwrap_err(), OutboxError::Full);
}

fn paygate_batch_answer() -> paygate_batch::Answer {
    paygate_batch::Answer { status: "OK".parse().unwrap(), code: Some("00000000".parse().unwrap()) }
}
