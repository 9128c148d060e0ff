//! What became of each refund, in whatever order the answers come.

use crate::given::{answered, failed, file, layout, master, ok, record, text};
use paygate_batch::{
    Answer, Field, Finding, Reader, ReconcileError, Reconciled, Record, Side, Verdict, reconcile,
};
use paygate_params::{Code, MerchantId, Status};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What is found, as text: the kind and the TransID or line.
fn found(sent: impl AsRef<[u8]>, answered: impl AsRef<[u8]>) -> (Vec<String>, Reconciled) {
    let mut findings = Vec::new();
    let told =
        reconcile(Reader::new(sent.as_ref()).unwrap(), Reader::new(answered.as_ref()).unwrap(), |finding| {
            findings.push(match finding {
                Finding::Answered { verdict, sent, answer, .. } => {
                    let code = answer.code.map(|code| format!(" {code}")).unwrap_or_default();
                    format!("{verdict:?} {}{code}", sent.record.trans_id)
                }
                Finding::Changed { sent, fields, .. } => {
                    format!("Changed {} {fields:?}", sent.record.trans_id)
                }
                Finding::Missing { sent } => format!("Missing {}", sent.record.trans_id),
                Finding::Unexpected { answered } => format!("Unexpected {}", answered.record.trans_id),
                Finding::Doubled { line, earlier } => format!("Doubled {line} {earlier}"),
                Finding::Unreadable { side, error } => format!("Unreadable {side:?} {}", error.line),
                other => panic!("{other:?}"),
            });
        });
    (findings, told.unwrap())
}

fn three() -> [Record; 3] {
    [record("a", 100), record("b", 200), record("c", 300)]
}

fn both() -> (String, String) {
    let sent = text(layout("2.x"), &three());
    let answered = answered(sent.as_bytes(), |_| ok());
    (sent, answered)
}

#[test]
fn refunds_are_paid_back_failed_or_unclear() {
    let sent = file(layout("2.x"), &three());
    let unclear =
        Answer { status: Status::from_static("PENDING"), code: Some(Code::from_static("60000000")) };
    let answers = answered(&sent, |record| match record.trans_id.as_str() {
        "a" => ok(),
        "b" => failed("21550957"),
        _ => unclear,
    });
    let (findings, told) = found(&sent, answers);
    assert_eq!(findings, ["PaidBack a 00000000", "Failed b 21550957", "Unclear c 60000000"]);
    let tally = &told.tally;
    assert_eq!((tally.paid_back.records, tally.failed.records, tally.unclear.records), (1, 1, 1));
    assert_eq!(tally.failed.sums[0].1, 200);
    assert!(!told.all_paid_back() && told.sent.is_some() && told.answered.is_some());
    assert!(!format!("{told:?}").contains("200"));
}

#[test]
fn a_version_without_code_is_judged_by_its_status() {
    let sent = file(layout("1.0"), &three());
    let answers =
        answered(&sent, |record| if record.trans_id.as_str() == "b" { failed("21550957") } else { ok() });
    assert!(!answers.contains("21550957"));
    assert_eq!(found(&sent, answers).0, ["PaidBack a", "Failed b", "PaidBack c"]);
}

#[test]
fn where_the_version_has_a_code_a_status_alone_says_nothing() {
    let (sent, answered) = both();
    let older = answered.replace(",2.x", ",2.0").replace(",OK,00000000", ",OK");
    assert_eq!(found(&sent, older).0, ["Unclear a", "Unclear b", "Unclear c"]);
    let (findings, _) = found(&sent, answered.replace(",OK,00000000", ",OK"));
    assert_eq!(findings, ["Unclear a", "Unclear b", "Unclear c"]);
}

#[test]
fn all_are_paid_back_only_if_all_of_it_is_there() {
    let (sent, answered) = both();
    assert!(found(&sent, &answered).1.all_paid_back());
    for (from, to) in [
        ("FOOT,3,600", "FOOT,3,601"),
        ("FOOT,3,600\n", ""),
        ("20261122", "20261123"),
        ("b,,", "b,x,"),
        ("EUR,c", "SEK,c"),
        (",OK,00000000\nFOOT", ",FAILED,21550957\nFOOT"),
    ] {
        let other = answered.replace(from, to);
        assert_ne!(other, answered);
        assert!(!found(&sent, &other).1.all_paid_back(), "{to}");
    }
    let two = text(layout("2.x"), &three()[..2]);
    assert!(!found(&two, &answered).1.all_paid_back());
}

#[test]
fn what_came_back_as_another_is_for_a_person_whatever_was_answered() {
    let (sent, answered) = both();
    for (from, to, field) in [
        (",100,EUR,a", ",101,EUR,a", Field::Amount),
        ("EUR,a", "SEK,a", Field::Currency),
        ("a,,7bbb", "a,x,7bbb", Field::RefNr),
        ("a,,7bbb", "a,,7bbc", Field::PayId),
    ] {
        let (findings, told) = found(&sent, answered.replace(from, to));
        assert_eq!(findings[0], format!("Changed a [{field:?}]"));
        assert_eq!(
            findings.len(),
            3 + usize::from(told.answered.is_none() && field == Field::Amount),
            "{findings:?}"
        );
        assert_eq!(told.tally.changed.records, 1);
    }
}

#[test]
fn missing_and_unexpected_ones_are_told_by_line() {
    let (sent, answered) = both();
    let line = |name: &str| {
        answered.lines().find(|line| line.contains(&format!("EUR,{name},"))).unwrap().to_owned() + "\n"
    };
    let without = answered.replace(&line("b"), "").replace("FOOT,3,600", "FOOT,2,400");
    let (findings, told) = found(&sent, without);
    assert_eq!(findings, ["PaidBack a 00000000", "PaidBack c 00000000", "Missing b"]);
    assert!(told.answered.is_some() && !told.all_paid_back());

    let other = line("b").replace("EUR,b,", "EUR,x,");
    let with = answered.replace(&line("b"), &[line("b"), other].concat()).replace("FOOT,3,600", "FOOT,4,800");
    assert_eq!(
        found(&sent, with).0,
        ["PaidBack a 00000000", "PaidBack b 00000000", "PaidBack c 00000000", "Unexpected x"]
    );
}

#[test]
fn a_second_answer_is_unexpected_and_a_second_refund_is_doubled() {
    let (sent, answered) = both();
    let line = answered.lines().nth(1).unwrap();
    let twice =
        answered.replace(line, &format!("{line}\n{}", line.replace("OK,00000000", "FAILED,21550957")));
    let twice = twice.replace("FOOT,3,600", "FOOT,4,700");
    let (findings, told) = found(&sent, &twice);
    assert_eq!(findings.last().unwrap(), "Unexpected a");
    assert_eq!(told.tally.unexpected.records, 1);

    let line = sent.lines().nth(1).unwrap();
    let sent_twice = sent.replace(line, &format!("{line}\n{line}")).replace("FOOT,3,600", "FOOT,4,700");
    let (findings, told) = found(&sent_twice, &twice);
    assert!(findings.contains(&"Doubled 3 2".to_owned()), "{findings:?}");
    assert_eq!(told.tally.doubled, 1);
    let (findings, _) = found(&sent_twice, &answered);
    assert!(findings.contains(&"Missing a".to_owned()), "{findings:?}");

    // Both times it was done.
    let line = answered.lines().nth(1).unwrap();
    let done_twice = answered.replace(line, &format!("{line}\n{line}")).replace("FOOT,3,600", "FOOT,4,700");
    let (_, told) = found(&sent_twice, &done_twice);
    assert!(told.sent.is_some() && told.sent == told.answered && !told.all_paid_back());
}

#[test]
fn a_line_that_cannot_be_understood_leaves_its_refund_missing() {
    let (sent, answered) = both();
    let (findings, told) = found(&sent, answered.replace("Credit,200", "Credit,2OO"));
    assert_eq!(
        findings,
        ["PaidBack a 00000000", "Unreadable Answered 3", "PaidBack c 00000000", "Missing b"]
    );
    assert_eq!((told.tally.unreadable, told.answered), (1, None));
    let _ = Side::Sent;
}

#[test]
fn a_damaged_answer_never_pays_back_more_than_was_answered() {
    let (sent, answered) = both();
    for cut in 0..answered.len() {
        if let Ok(reader) = Reader::new(&answered.as_bytes()[..cut]) {
            let told = reconcile(Reader::new(sent.as_bytes()).unwrap(), reader, |_| {});
            let Ok(told) = told else { continue };
            let whole = answered[..cut].lines().filter(|line| line.ends_with(",OK,00000000")).count() as u64;
            assert!(told.tally.paid_back.records <= whole, "cut at {cut}");
            assert!(!told.all_paid_back() || cut == answered.len() - 1, "cut at {cut}");
        }
    }
}

#[test]
fn files_that_do_not_belong_together_are_refused() {
    let (sent, answered) = both();
    let told = |sent: &str, answered: &str| {
        reconcile(Reader::new(sent.as_bytes()).unwrap(), Reader::new(answered.as_bytes()).unwrap(), |_| {})
            .err()
    };
    let other = answered.replace("YourMerchantId", "OtherMerchantId");
    assert!(matches!(told(&sent, &other), Some(ReconcileError::OtherMerchant)));
    assert!(matches!(told(&answered, &sent), Some(ReconcileError::SentIsAnswered)));
    assert!(matches!(told(&sent, &sent), Some(ReconcileError::NotAnswered)));
    // Paygate may fold the case of a MID.
    assert!(told(&sent, &answered.replace("YourMerchantId", "YOURMERCHANTID")).is_none());
}

#[test]
fn slave_mids_keep_their_refunds_apart() {
    let of =
        |slave: &str, units| Record { slave: Some(MerchantId::new(slave).unwrap()), ..record("a", units) };
    let sent = file(master("2.x"), &[of("One", 100), of("Two", 200)]);
    let answers =
        answered(
            &sent,
            |record| {
                if record.slave.unwrap().as_str() == "Two" { failed("21550957") } else { ok() }
            },
        );
    let mut lines: Vec<&str> = answers.lines().collect();
    lines.swap(1, 2);
    let (findings, told) = found(&sent, lines.join("\n"));
    assert_eq!((told.tally.paid_back.sums[0].1, told.tally.failed.sums[0].1), (100, 200), "{findings:?}");
}

proptest! {
    /// Against a map of all.
    #[test]
    fn any_order_and_any_damage_is_told_as_a_map_of_all_would_tell_it(
        count in 0..12_usize,
        order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
        dropped in proptest::collection::btree_set(0..12_usize, 0..4),
        failing in proptest::collection::btree_set(0..12_usize, 0..4),
        changed in proptest::collection::btree_set(0..12_usize, 0..3),
        added in 0..3_usize,
    ) {
        let records: Vec<Record> = (0..count).map(|number| record(&format!("r-{number}"), 100 + number as u64)).collect();
        let sent = text(layout("2.x"), &records);
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        let (mut lines, mut sum) = (Vec::new(), 0);
        for number in order.iter().copied().filter(|number| *number < count) {
            let kind = if dropped.contains(&number) {
                "missing"
            } else {
                let units = 100 + number + usize::from(changed.contains(&number));
                sum += units;
                let end = if failing.contains(&number) { "FAILED,21550957" } else { "OK,00000000" };
                lines.push(format!("Trustly,Credit,{units},EUR,r-{number},,7bbb448155234d8cbee323778952ce28,{end}"));
                match () {
                    () if changed.contains(&number) => "changed",
                    () if failing.contains(&number) => "failed",
                    () => "paid back",
                }
            };
            *expected.entry(kind.to_owned()).or_default() += 1;
        }
        for number in 0..added {
            sum += 100;
            lines.push(format!("Trustly,Credit,100,EUR,x-{number},,7bbb448155234d8cbee323778952ce28,OK,00000000"));
            *expected.entry("unexpected".to_owned()).or_default() += 1;
        }
        let answered = format!("HEAD,YourMerchantId,20261122,2.x\n{}\nFOOT,{},{sum}\n", lines.join("\n"), lines.len());
        prop_assume!(!lines.is_empty());
        let told = found(&sent, &answered).1;
        let tally = &told.tally;
        let found: BTreeMap<String, u64> = [
            ("missing", &tally.missing), ("changed", &tally.changed), ("failed", &tally.failed),
            ("paid back", &tally.paid_back), ("unexpected", &tally.unexpected), ("unclear", &tally.unclear),
        ].into_iter().filter(|(_, part)| part.records > 0).map(|(kind, part)| (kind.to_owned(), part.records)).collect();
        prop_assert_eq!(found, expected);
        let records_of_sent = tally.missing.records + tally.changed.records + tally.failed.records + tally.paid_back.records;
        prop_assert_eq!(records_of_sent, count as u64);
        let _ = Verdict::Unclear;
    }
}
