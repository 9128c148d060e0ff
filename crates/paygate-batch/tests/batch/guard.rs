//! Each refund once, and of each payment at most what was paid.

use crate::given::{MID, PAY_ID, answered, day, failed, file, layout, master, of_payment, ok, record};
use paygate_batch::{EarlierError, FinishError, Guard, Payments, Reader, Record, Refused, Rules, Writer};
use paygate_params::{Currency, MerchantId, Money, PayId};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const OTHER: &str = "0123456789abcdef0123456789abcdef";

fn eur(units: u64) -> Money {
    Money::new(units, Currency::EUR).unwrap()
}

/// A guard that knows these payments.
fn paid(payments: &[(&str, u64)]) -> Guard {
    let mut told = Payments::new();
    for (pay_id, units) in payments {
        told.paid(&PayId::new(pay_id).unwrap(), eur(*units)).unwrap();
    }
    Guard::of_payments(told)
}

fn refused(mut guard: Guard, records: &[Record]) -> Vec<Refused> {
    for (line, record) in (2..).zip(records) {
        guard.admit(line, record).unwrap();
    }
    let mut refused = Vec::new();
    guard.finish(|one| refused.push(one)).unwrap();
    refused.sort_by_key(Refused::line);
    refused
}

#[test]
fn a_trans_id_stands_once() {
    let records = ["a", "b", "a", "c", "a"].map(|name| record(name, 100));
    let expected = [Refused::Doubled { line: 4, earlier: 2 }, Refused::Doubled { line: 6, earlier: 2 }];
    assert_eq!(refused(Guard::new(), &records), expected);
    // It is a name: of another case it is another one.
    assert!(refused(Guard::new(), &["a", "A"].map(|name| record(name, 100))).is_empty());
}

#[test]
fn a_writer_with_a_doubled_refund_makes_no_file() {
    let mut writer =
        Writer::new(Vec::new(), MID, day(), layout("2.x"), Rules::default(), Guard::new()).unwrap();
    for name in ["a", "b", "a"] {
        writer.write(&record(name, 100)).unwrap();
    }
    let error = writer.finish().err().unwrap();
    assert_eq!(
        error.to_string(),
        "1 records must not stand in the file, the first: line 4: TransID: stands in line 2 already"
    );
    assert!(matches!(error, FinishError::Refused { count: 1, first } if first.len() == 1));
}

#[test]
fn each_slave_mid_has_trans_ids_of_its_own() {
    let of = |slave: &str, name| Record { slave: Some(MerchantId::new(slave).unwrap()), ..record(name, 100) };
    assert!(refused(Guard::new(), &[of("One", "a"), of("Two", "a"), of("On", "ea")]).is_empty());
    // Paygate may fold the case of a MID.
    let expected = [Refused::Doubled { line: 3, earlier: 2 }];
    assert_eq!(refused(Guard::new(), &[of("One", "a"), of("ONE", "a")]), expected);
}

#[test]
fn what_stands_in_an_earlier_file_does_not_go_again_whatever_was_answered() {
    let sent = file(layout("2.x"), &[record("a", 100), record("b", 100)]);
    let answer = answered(&sent, |_| failed("21550957"));
    let mut guard = Guard::new();
    guard.earlier("T1.dat", &mut Reader::new(&*sent).unwrap()).unwrap();
    guard.earlier("P1.dat", &mut Reader::new(answer.as_bytes()).unwrap()).unwrap();
    let expected = [Refused::InEarlierFile { line: 3, file: "T1.dat".to_owned(), earlier: 3 }];
    assert_eq!(refused(guard, &[record("c", 100), record("b", 100)]), expected);
}

#[test]
fn an_earlier_file_that_is_half_known_is_an_error() {
    let sent = file(layout("2.x"), &[record("a", 100), record("b", 100)]);
    for cut in [sent.len() - 10, sent.len() / 2] {
        let earlier =
            Reader::new(&sent[..cut]).map(|mut reader| Guard::new().earlier("T1.dat", &mut reader).is_err());
        assert!(earlier.unwrap(), "{cut}");
    }
}

#[test]
fn a_payment_gives_back_at_most_what_was_paid() {
    let guard = paid(&[(PAY_ID, 1_000)]);
    let records = [("a", 600), ("b", 500), ("c", 400), ("d", 100)].map(|(name, units)| record(name, units));
    assert_eq!(refused(guard, &records), [Refused::TooMuch { line: 3 }, Refused::TooMuch { line: 5 }]);
}

/// The most that a new refund may be of 1000 that were paid, in hundreds.
fn left(tell: impl Fn(&mut Guard)) -> u64 {
    let fits = |units: &u64| {
        let mut guard = paid(&[(PAY_ID, 1_000)]);
        tell(&mut guard);
        refused(guard, &[record("new", *units)]).is_empty()
    };
    (0..=10).rev().map(|hundreds| hundreds * 100).find(fits).unwrap_or_default()
}

fn earlier(guard: &mut Guard, file: &[u8]) {
    guard.earlier("file", &mut Reader::new(file).unwrap()).unwrap();
}

fn earlier_answered(guard: &mut Guard, sent: &[u8], answered: &str) -> Result<(), EarlierError> {
    guard.earlier_answered("file", Reader::new(sent).unwrap(), Reader::new(answered.as_bytes()).unwrap())
}

#[test]
fn what_went_back_before_counts_unless_it_was_refused_beyond_doubt() {
    let sent = file(layout("2.x"), &[record("a", 600), record("b", 300)]);
    let answer =
        answered(&sent, |record| if record.trans_id.as_str() == "a" { failed("21550957") } else { ok() });
    assert_eq!(left(|_| {}), 1_000);
    assert_eq!(left(|guard| earlier(guard, &sent)), 100);
    // An answer by itself frees nothing: who knows what was sent?
    assert_eq!(left(|guard| earlier(guard, answer.as_bytes())), 100);
    assert_eq!(left(|guard| earlier_answered(guard, &sent, &answer).unwrap()), 700);
    for (from, to) in [
        // Half an answer, one that contradicts itself, one of another amount, and a second one.
        ("FAILED,21550957", "FAILED,00000000"),
        ("FAILED,21550957", "OK,21550957"),
        (
            "Credit,600,EUR,a,,7bbb448155234d8cbee323778952ce28,FAILED,21550957",
            "Credit,500,EUR,a,,7bbb448155234d8cbee323778952ce28,FAILED,21550957",
        ),
    ] {
        let other = answer
            .replace(from, to)
            .replace("FOOT,2,900", if to.contains("500") { "FOOT,2,800" } else { "FOOT,2,900" });
        assert_ne!(other, answer);
        assert_eq!(left(|guard| earlier_answered(guard, &sent, &other).unwrap()), 100, "{to}");
    }
    let line = answer.lines().nth(1).unwrap();
    let twice = answer.replace(line, &format!("{line}\n{}", line.replace("FAILED,21550957", "OK,00000000")));
    assert_eq!(
        left(|guard| earlier_answered(guard, &sent, &twice.replace("FOOT,2,900", "FOOT,3,1500")).unwrap()),
        100
    );
}

#[test]
fn an_answer_that_is_not_whole_or_of_another_file_protects_nobody() {
    let sent = file(layout("2.x"), &[record("a", 600), record("b", 300)]);
    let answer = answered(&sent, |_| failed("21550957"));
    for other in [
        answer.replace("FOOT,2,900\n", ""),
        answer.replace("FOOT,2,900", "FOOT,2,901"),
        answer.replace("20261122", "20261121"),
        answer.replace("Credit,600", "Credit,6OO"),
        answer.replace("YourMerchantId", "Other"),
    ] {
        let mut guard = paid(&[(PAY_ID, 1_000)]);
        assert!(earlier_answered(&mut guard, &sent, &other).is_err(), "{other}");
    }
}

#[test]
fn a_refund_that_went_twice_before_counts_twice() {
    let text = "HEAD,YourMerchantId,20261121,2.x\nLINE\nLINE\nFOOT,2,1000\n";
    let line = format!("Trustly,Credit,500,EUR,a,,{PAY_ID}");
    assert_eq!(left(|guard| earlier(guard, text.replace("LINE", &line).as_bytes())), 0);
    let once = file(layout("2.x"), &[record("a", 500)]);
    assert_eq!(left(|guard| (0..2).for_each(|_| earlier(guard, &once))), 0);
}

#[test]
fn only_payments_that_were_told_give_back_once_any_was() {
    let guard = paid(&[(OTHER, 1_000)]);
    assert_eq!(refused(guard, &[record("a", 100)]), [Refused::NoSuchPayment { line: 2 }]);
    let guard = Guard::of_payments(Payments::new());
    assert_eq!(refused(guard, &[record("a", 100)]), [Refused::NoSuchPayment { line: 2 }]);
    assert!(refused(Guard::new(), &[record("a", 100)]).is_empty());
}

#[test]
fn a_payment_of_another_currency_or_told_twice_gives_nothing_back() {
    let mut payments = Payments::new();
    payments.paid(&PayId::new(PAY_ID).unwrap(), Money::new(1_000, Currency::SEK).unwrap()).unwrap();
    let guard = Guard::of_payments(payments);
    assert_eq!(refused(guard, &[record("a", 100)]), [Refused::OtherCurrency { line: 2 }]);
    let guard = paid(&[(PAY_ID, 1_000), (PAY_ID, 1_000)]);
    assert_eq!(refused(guard, &[record("a", 100)]), [Refused::PaymentToldTwice { line: 2 }]);
}

#[test]
fn no_refusal_holds_an_amount() {
    let guard = paid(&[(PAY_ID, 47_110)]);
    let refused = refused(guard, &[record("a", 47_111)]);
    assert!(!format!("{refused:?} {}", refused[0]).contains("4711"), "{refused:?}");
}

#[test]
fn a_master_file_is_guarded_as_others_are() {
    let slave = Some(MerchantId::from_static("Slave"));
    let sent = file(master("2.x"), &[Record { slave, ..record("a", 100) }]);
    let mut guard = Guard::new();
    guard.earlier("T1.dat", &mut Reader::new(&*sent).unwrap()).unwrap();
    assert_eq!(refused(guard, &[Record { slave, ..record("a", 100) }]).len(), 1);
}

proptest! {
    /// Against the simplest thing that could be right.
    #[test]
    fn it_refuses_what_a_list_of_all_would_refuse(
        payments in proptest::collection::vec(1..2_000_u64, 1..4),
        earlier in proptest::collection::vec((0..5_usize, 0..8_u8, 1..1_000_u64), 0..8),
        new in proptest::collection::vec((0..5_usize, 0..12_u8, 1..1_000_u64), 0..12),
    ) {
        let pay_id = |index: usize| format!("{index:032}");
        let make = |&(payment, name, units): &(usize, u8, u64)| of_payment(&pay_id(payment), &format!("t-{name}"), units);
        let told: Vec<_> = payments.iter().enumerate().map(|(index, units)| (pay_id(index), *units)).collect();
        let mut guard = paid(&told.iter().map(|(pay_id, units)| (pay_id.as_str(), *units)).collect::<Vec<_>>());
        let mut gone: BTreeMap<usize, u64> = BTreeMap::new();
        let mut names = BTreeSet::new();
        let mut old = Vec::new();
        for one in &earlier {
            // Within the earlier file a TransID stands once.
            if names.insert(one.1) {
                old.push(make(one));
                *gone.entry(one.0).or_default() += one.2;
            }
        }
        guard.earlier("old", &mut Reader::new(&*file(layout("2.x"), &old)).unwrap()).unwrap();
        let mut expected = BTreeSet::new();
        for (line, one) in (2..).zip(&new) {
            if !names.insert(one.1) {
                expected.insert((line, "TransID"));
            }
            let left = payments.get(one.0).map(|paid| paid.saturating_sub(gone.get(&one.0).copied().unwrap_or_default()));
            match left {
                None => drop(expected.insert((line, "PayID"))),
                Some(left) if one.2 > left => drop(expected.insert((line, "Amount"))),
                Some(_) => *gone.entry(one.0).or_default() += one.2,
            }
        }
        let records: Vec<_> = new.iter().map(make).collect();
        let found: BTreeSet<_> = refused(guard, &records).into_iter().map(|refused| match refused {
            Refused::Doubled { line, .. } | Refused::InEarlierFile { line, .. } => (line, "TransID"),
            Refused::NoSuchPayment { line } => (line, "PayID"),
            Refused::TooMuch { line } => (line, "Amount"),
            other => panic!("{other}"),
        }).collect();
        prop_assert_eq!(found, expected);
    }
}
