//! `paygate batch report`.

use super::{PAID_BACK, SENT, directory, many_currencies, put};
use crate::command::{Ran, run};
use serde_json::json;
use std::fmt::Write;

const NO_MAC: &str = "no MAC covers an answered file: it is as authentic as the way by which it came";

/// Reports on two files.
pub(super) fn report(name: &str, sent: &str, answered: &str, arguments: &[&str]) -> Ran {
    let directory = directory(name);
    let (sent, answered) = (put(&directory, "sent.dat", sent), put(&directory, "answered.dat", answered));
    run(&[], &[&["batch", "report", &sent, &answered], arguments].concat())
}

/// Files in which everything that can be found is found.
pub(super) fn all_kinds() -> (String, String) {
    let pay_id = |number: usize| format!("{number:032}");
    let mut sent = "HEAD,Shop,20261122,2.1\n".to_owned();
    let mut answered = sent.clone();
    for (number, id, answer) in [
        (1, "paid", ",OK,00000000"),
        (2, "failed", ",FAILED,21550957"),
        (3, "unclear", ",OK,21550957"),
        (4, "changed", ",OK,00000000"),
        (5, "missing", ""),
        (6, "missing", ""),
        (7, "unreadable", ",OK"),
        (8, "unexpected", ",OK,00000000"),
    ] {
        let line = |amount: usize| format!("Trustly,Credit,{amount},EUR,{id},,{}", pay_id(number));
        if id != "unexpected" {
            writeln!(sent, "{}", line(100 * number)).unwrap();
        }
        if !answer.is_empty() {
            let amount = if id == "changed" { 1 } else { 100 * number };
            writeln!(answered, "{}{answer}", line(amount)).unwrap();
        }
    }
    writeln!(sent, "FOOT,7,2800").unwrap();
    writeln!(answered, "FOOT,6,1").unwrap();
    (sent, answered)
}

#[test]
fn everything_paid_back_ends_with_0() {
    let ran = report("report-good", SENT, PAID_BACK, &[]);
    let text = format!(
        "            records  sum (in the smallest unit)\npaid back   2        1999 EUR\nfailed      0\n\
         unclear     0\nchanged     0\nmissing     0\nunexpected  0\ndoubled     0\nunreadable  0\n\n\
         everything was paid back; {NO_MAC}\n"
    );
    assert_eq!((ran.code, ran.text(), &*ran.stderr), (0, &*text, ""));
    let ran = report("report-good", SENT, PAID_BACK, &["--json"]);
    let none = json!({ "records": 0, "sums": {} });
    let count = json!({ "records": 0 });
    let whole = json!({ "records": 2, "sum": 1999 });
    let tally = json!({
        "paid_back": { "records": 2, "sums": { "EUR": 1999 } }, "failed": none, "unclear": none,
        "changed": none, "missing": none, "unexpected": none, "doubled": count, "unreadable": count,
    });
    let expected = json!({
        "all_paid_back": true, "tally": tally, "sent": whole, "answered": whole, "same_head": true,
        "as_the_versions_say": true,
        "codes": [], "findings": [], "more": 0, "note": NO_MAC,
    });
    assert_eq!((ran.code, ran.json()), (0, expected));
}

#[test]
fn every_kind_of_finding_is_told() {
    let (sent, answered) = all_kinds();
    let ran = report("report-kinds", &sent, &answered, &[]);
    assert_eq!((ran.code, &*ran.stderr), (1, ""));
    for line in [
        "paid back   1        100 EUR",
        "failed      1        200 EUR",
        "unclear     1        300 EUR",
        "changed     1        400 EUR",
        "missing     3        1800 EUR",
        "unexpected  1        800 EUR",
        "doubled     1",
        "failed, by code:",
        "note: the answered file is not whole, or something in it is wrong",
    ] {
        assert!(ran.text().lines().any(|known| known == line), "{line}: {}", ran.text());
    }
    assert!(ran.text().contains("\n21550957  1  error: Trustly: "), "{}", ran.text());
    assert!(ran.text().ends_with(&format!("NOT everything was paid back; {NO_MAC}\n")), "{}", ran.text());
    for (finding, what) in [
        ("failed ", "FAILED 21550957: error"),
        ("unclear ", "OK 21550957: error"),
        ("changed ", "OK 00000000: came back with other Amount"),
        ("missing ", "was sent and not answered"),
        ("unexpected ", "OK 00000000: was answered and not sent, or answered before"),
        ("doubled ", "its TransID was sent in line 6 already"),
        ("unreadable ", "column 1: there are 8 fields instead of 9"),
    ] {
        let mut lines = ran.text().lines();
        assert!(lines.any(|line| line.starts_with(finding) && line.contains(what)), "{what}: {}", ran.text());
    }

    let json = report("report-kinds", &sent, &answered, &["--json"]).json();
    let explanation = &json["codes"][0]["explanation"];
    assert_eq!(json["codes"], json!([{ "code": "21550957", "records": 1, "explanation": explanation }]));
    let failed = json!({
        "finding": "failed", "sent_line": 3, "answered_line": 3, "trans_id": "failed",
        "pay_id": format!("{:032}", 2), "ref_nr": null, "amount": 200, "currency": "EUR", "status": "FAILED",
        "code": "21550957", "explanation": explanation,
    });
    assert!(json["findings"].as_array().unwrap().contains(&failed), "{json}");
    assert_eq!(json["tally"]["doubled"], json!({ "records": 1 }));
}

#[test]
fn a_hundred_findings_are_printed_and_a_thousand_told_to_programs() {
    let mut lines = String::new();
    for number in 0..1500 {
        writeln!(lines, "Trustly,Credit,100,EUR,r-{number},{number:032}").unwrap();
    }
    let sent = format!("HEAD,Shop,20261122,1.0\n{lines}FOOT,1500,150000\n");
    let answered = sent.replace("\nTrustly", ",FAILED\nTrustly").replace("\nFOOT", ",FAILED\nFOOT");
    let answered = answered.replacen("1.0,FAILED", "1.0", 1);
    let ran = report("report-many", &sent, &answered, &[]);
    assert!(ran.text().contains("\nand 1400 more, all of them with --csv FILE\n"), "{}", ran.text());
    assert!(ran.text().contains("\nfailed, by code:\n(no Code)  1500\n"), "{}", ran.text());
    let json = report("report-many", &sent, &answered, &["--json"]).json();
    assert_eq!((json["findings"].as_array().unwrap().len(), &json["more"]), (1000, &json!(500)));
}

#[test]
fn files_that_do_not_belong_together_are_refused() {
    let other = PAID_BACK.replace("YourMerchantId", "Other");
    for (sent, answered, message) in [
        (PAID_BACK, SENT, "the file that was sent has answers in it: are the two exchanged?"),
        (
            SENT,
            SENT,
            "the file that should be answered has no Status in its lines: was it not processed yet?",
        ),
        (SENT, &other, "the files are those of two merchants"),
    ] {
        let ran = report("report-apart", sent, answered, &["--json"]);
        assert_eq!((ran.code, ran.messages()), (1, vec![message]));
        assert_eq!(ran.json(), json!({ "error": { "step": "batch", "message": message } }));
    }
    let ran = report("report-apart", SENT, "", &[]);
    assert!(
        ran.code == 1 && ran.messages()[0].contains("answered.dat: line 1, column 1: "),
        "{}",
        ran.stderr
    );
}

#[test]
fn another_head_is_never_all_paid_back() {
    let ran = report("report-head", SENT, &PAID_BACK.replace("20261122", "20261123"), &[]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.text().contains("\nnote: HEAD says another date or version in the two files\n"),
        "{}",
        ran.text()
    );
}

#[test]
fn a_file_that_cannot_be_read_ends_with_2() {
    for arguments in
        [&["batch", "report"][..], &["batch", "report", "a"], &["batch", "report", "a", "b", "--all"]]
    {
        assert_eq!(run(&[], arguments).code, 2, "{arguments:?}");
    }
    let ran = run(&[], &["batch", "report", "/nowhere/a.dat", "/nowhere/b.dat", "--json"]);
    assert!(ran.code == 2 && ran.messages()[0].starts_with("/nowhere/a.dat: "), "{}", ran.stderr);
    assert_eq!(ran.json()["error"]["step"], "configuration");
}

#[test]
fn of_files_without_refunds_nothing_is_called_paid_back() {
    let empty = "HEAD,YourMerchantId,20261122,2.1\r\nFOOT,0,0\r\n";
    let ran = report("report-empty", empty, empty, &[]);
    assert_eq!(ran.code, 0);
    assert!(ran.text().ends_with(&format!("\nthe files hold no refunds; {NO_MAC}\n")), "{}", ran.text());
    assert!(!ran.text().contains("everything"), "{}", ran.text());
    for (sent, answered) in [(SENT, empty), (empty, PAID_BACK)] {
        let ran = report("report-empty", sent, answered, &[]);
        assert_eq!(ran.code, 1);
        assert!(ran.text().contains("\nNOT everything was paid back; "), "{}", ran.text());
    }
}

#[test]
fn of_many_currencies_the_first_are_printed_and_all_told_to_programs() {
    let sent = many_currencies(9000);
    let answered =
        sent.replace("\nTrustly", ",OK\nTrustly").replace("\nFOOT", ",OK\nFOOT").replacen("1.0,OK", "1.0", 1);
    let ran = report("report-currencies", &sent, &answered, &[]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let sums = "paid back   9000     100 AAA, 100 AAB, 100 AAC, 100 AAD, 100 AAE, 100 AAF, 100 AAG, 100 AAH and 8992 more\n";
    assert!(ran.text().contains(sums), "{}", ran.text());
    let json = report("report-currencies", &sent, &answered, &["--json"]).json();
    assert_eq!(json["tally"]["paid_back"]["sums"].as_object().unwrap().len(), 9000);
}
