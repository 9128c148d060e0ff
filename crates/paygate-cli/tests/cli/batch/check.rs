//! `paygate batch check`.

use super::{ONE, PAID_BACK, SENT, directory, many_currencies, put};
use crate::command::{Ran, run, run_with};
use serde_json::json;

fn check(file: impl AsRef<[u8]>, arguments: &[&str]) -> Ran {
    run_with(&[], &[&["batch", "check", "-"], arguments].concat(), file.as_ref())
}

#[test]
fn a_good_file_is_told() {
    let path = put(&directory("check-good"), "T20261122001YourMerchantId.dat", SENT);
    let ran = run(&[], &["batch", "check", &path]);
    let text = format!(
        "file      {path}\nmerchant  YourMerchantId\ndate      20261122\nversion   2.1\nrecords   2\n\
         sum       1999 EUR (in the smallest unit)\n\
         lines     Type,Action,Amount,Currency,TransID,RefNr,PayID, as the version says\n\
         answered  no\nresult    nothing is wrong\n"
    );
    assert_eq!((ran.code, ran.text(), &*ran.stderr), (0, &*text, ""));

    let ran = check(PAID_BACK, &["--json"]);
    let fields = ["Type", "Action", "Amount", "Currency", "TransID", "RefNr", "PayID", "Status", "Code"];
    let expected = json!({
        "file": "-", "accepted": true, "merchant_id": "YourMerchantId", "date": "20261122", "version": "2.1",
        "records": 2, "sum": 1999, "currencies": ["EUR"], "fields": fields, "as_the_version_says": true,
        "answered": true, "notes": [], "problems": [], "more": 0,
    });
    assert_eq!((ran.code, ran.json()), (0, expected));
}

#[test]
fn every_problem_is_a_line_that_names_file_line_and_column() {
    for (file, problem) in [
        (SENT.split("FOOT").next().unwrap().to_owned(), "-:4:1: the file ends without FOOT"),
        (SENT.replace("FOOT,2", "FOOT,3"), "-:4:6: CountRecords: is 3, and the file has 2 records"),
        (SENT.replace("1999\r", "1998\r"), "-:4:8: SumAmount: is not the sum of the amounts"),
        (SENT.replace("refund-2", "refund-1"), "-:3: TransID: stands in line 2 already"),
        (SENT.replace("999,EUR", "9x9,EUR"), "-:2:17: Amount: character 2 is not allowed, only digits"),
        (SENT.replace("Credit,999", "Debit,999"), "-:2:9: Action: is not Credit"),
        (format!("{SENT}x"), "-:5:1: nothing may stand behind FOOT"),
        (SENT.replace("HEAD", "HAED"), "-:1:1: a file begins with HEAD,MerchantID,Date,Version"),
        (String::new(), "-:1:1: a file begins with HEAD,MerchantID,Date,Version"),
    ] {
        let ran = check(&file, &[]);
        assert_eq!((ran.code, ran.text().lines().next(), &*ran.stderr), (1, Some(problem), ""));
        assert!(!ran.text().contains("nothing is wrong"), "{}", ran.text());
        let json = check(&file, &["--json"]).json();
        assert_eq!((&json["accepted"], json["problems"].as_array().unwrap().len()), (&json!(false), 1));
    }
    let json = check(SENT.replace("999,EUR", "9x9,EUR"), &["--json"]).json();
    let message = "character 2 is not allowed, only digits";
    assert_eq!(
        json["problems"][0],
        json!({ "line": 2, "column": 17, "field": "Amount", "message": message })
    );
}

#[test]
fn lines_that_are_not_as_the_version_says_are_told_and_no_error() {
    let ran = check(SENT.replace("2.1", "1.0"), &[]);
    assert_eq!(ran.code, 0);
    assert!(ran.text().contains("RefNr,PayID, NOT as the version says\n"), "{}", ran.text());
}

#[test]
fn at_the_first_line_that_is_wrong_it_stops_if_asked() {
    let file = SENT.replace("999,EUR", "9x9,EUR").replace("1000,EUR", "1x,EUR");
    let ran = check(&file, &["--first"]);
    let lines: Vec<&str> = ran.text().lines().collect();
    assert_eq!((ran.code, lines[0]), (1, "-:2:17: Amount: character 2 is not allowed, only digits"));
    assert!(lines[1].starts_with("file "), "{}", ran.text());
    assert_eq!(lines.last(), Some(&"result    wrong, and not read further"));
    assert_eq!(check(&file, &["--first", "--json"]).json()["records"], json!(null));
    assert_eq!(check(SENT, &["--first"]).code, 0);
    assert_eq!(check(SENT.replace("refund-2", "refund-1"), &["--first"]).code, 1);
}

#[test]
fn a_thousand_problems_are_told_and_the_rest_counted() {
    let head = "HEAD,Shop,20261122,1.0\n";
    let wrong = format!("{head}{}FOOT,1500,0\n", "x\n".repeat(1500));
    let doubled =
        format!("{head}{}FOOT,2501,250100\n", format!("Trustly,Credit,100,EUR,a,{ONE}\n").repeat(2501));
    for (file, more, last) in [
        (wrong, "and 500 more", "-:1001:1: Type: is not Trustly"),
        (doubled, "and 1500 more", "-:1002: TransID: stands in line 2 already"),
    ] {
        let ran = check(&file, &[]);
        let lines: Vec<&str> = ran.text().lines().collect();
        assert_eq!((ran.code, lines[999], lines[1000]), (1, last, more));
        let json = check(&file, &["--json"]).json();
        assert_eq!(json["problems"].as_array().unwrap().len(), 1000);
        assert_eq!(format!("and {} more", json["more"]), more);
    }
}

#[test]
fn a_name_that_does_not_fit_is_noted_and_no_error() {
    let directory = directory("check-names");
    for (name, note) in [
        ("sent.txt", "Paygate would not take a file of this name: the name does not end in .dat"),
        ("T20261122001Other.dat", "the name of the file has another MerchantID than HEAD"),
    ] {
        let path = put(&directory, name, SENT);
        let ran = run(&[], &["batch", "check", &path]);
        assert_eq!(ran.code, 0);
        assert!(ran.text().contains(&format!("note      {note}\n")), "{}", ran.text());
        assert_eq!(run(&[], &["batch", "check", &path, "--json"]).json()["notes"], json!([note]));
    }
    for name in ["P20261122YourMerchantId001.dat", "T20261122001yourmerchantid.dat"] {
        let path = put(&directory, name, SENT);
        assert_eq!(run(&[], &["batch", "check", &path, "--json"]).json()["notes"], json!([]));
    }
}

#[test]
fn payments_limit_a_file_that_is_checked() {
    let directory = directory("check-paid");
    let paid = put(&directory, "paid.csv", format!("PayID,Amount,Currency\n{ONE},998,EUR\n"));
    let ran = check(SENT, &["--paid", &paid]);
    let lines: Vec<&str> = ran.text().lines().take(2).collect();
    assert_eq!(ran.code, 1);
    assert_eq!(
        lines,
        [
            "-:2: Amount: is more than is left of the payment",
            "-:3: PayID: is none of the payments that were told"
        ]
    );
}

#[test]
fn what_terminals_would_act_upon_is_shown_harmless() {
    let ran = check(SENT.replace("20261122", "2026\x1b[2J"), &[]);
    assert!(!ran.text().contains('\x1b') && ran.text().contains(r"2026\u{1b}[2J"), "{}", ran.text());
    let ran = check(SENT.replace("20261122", "2026\x1b[2J"), &["--json"]);
    assert!(!ran.text().contains('\x1b'), "{}", ran.text());
}

#[test]
fn a_file_that_cannot_be_read_ends_with_2() {
    for arguments in [&["batch"][..], &["batch", "check"], &["batch", "check", "a", "b"]] {
        assert_eq!(run(&[], arguments).code, 2, "{arguments:?}");
    }
    for path in ["/nowhere/x.dat", env!("CARGO_TARGET_TMPDIR")] {
        let ran = run(&[], &["batch", "check", path]);
        assert!(ran.code == 2 && ran.messages()[0].starts_with(path), "{}", ran.stderr);
    }
}

#[test]
fn a_file_without_records_is_noted_and_no_error() {
    let empty = "HEAD,YourMerchantId,20261122,2.1\r\nFOOT,0,0\r\n";
    let ran = check(empty, &[]);
    assert_eq!(ran.code, 0);
    let text = "records   0\nsum       0 (in the smallest unit)\nnote      the file holds no records\n";
    assert!(ran.text().contains(text), "{}", ran.text());
    assert_eq!(check(empty, &["--json"]).json()["notes"], json!(["the file holds no records"]));
    let wrong = check(empty.replace("FOOT,0", "FOOT,1"), &["--json"]).json();
    assert_eq!(wrong["notes"], json!([]), "records may be lost: what is wrong is told");
}

#[test]
fn of_many_currencies_the_first_are_printed_and_all_told_to_programs() {
    let file = many_currencies(9000);
    let ran = check(&file, &[]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let sum = "900000 AAA+AAB+AAC+AAD+AAE+AAF+AAG+AAH and 8992 more (in the smallest unit)\n";
    assert!(ran.text().contains(sum), "{}", ran.text());
    assert_eq!(check(&file, &["--json"]).json()["currencies"].as_array().unwrap().len(), 9000);
}
