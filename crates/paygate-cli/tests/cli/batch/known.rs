//! What is known besides a list: payments, and files that were made before.

use super::{FIRST, MID, ONE, OTHER, PAID_BACK, REFUNDS, SENT, directory, files, put, write};
use crate::command::run_with;
use serde_json::json;

fn list(lines: &[&str]) -> String {
    format!("Amount,Currency,TransID,PayID\n{}\n", lines.join("\n"))
}

#[test]
fn a_trans_id_that_stands_twice_is_told_by_record() {
    let to = directory("doubled");
    let line = |id: &str| format!("500,EUR,{id},{ONE}");
    let list = list(&[&line("a"), &line("b"), &line("a")]);
    let ran = write(&to, &list, &["--version", "1.0", "--json"]);
    let message = "TransID: is that of record 1 already";
    assert_eq!((ran.code, ran.messages()), (1, vec![&*format!("-: record 3: {message}")]));
    let error = json!({ "file": "-", "line": null, "record": 3, "field": null, "message": message });
    assert_eq!(ran.json(), json!({ "errors": [error], "more": 0 }));
    assert_eq!(files(&to), [""; 0]);
}

#[test]
fn what_stands_in_a_file_of_the_directory_does_not_come_again() {
    let to = directory("again");
    assert_eq!(write(&to, REFUNDS, &["--version", "2.1"]).code, 0);
    let ran = write(&to, REFUNDS, &["--version", "2.1"]);
    let file = to.join(FIRST);
    let stands = |line| format!("TransID: stands in line {line} of {} already", file.display());
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.messages(),
        [format!("-: record 1: {}", stands(2)), format!("-: record 2: {}", stands(3))]
    );
    assert_eq!(files(&to), [FIRST]);
}

#[test]
fn a_file_that_was_moved_away_has_to_be_named() {
    let (to, archive) = (directory("moved"), directory("moved-archive"));
    let version = ["--version", "2.1"];
    assert_eq!(write(&to, REFUNDS, &version).code, 0);
    std::fs::rename(to.join(FIRST), archive.join(FIRST)).unwrap();
    let other = list(&[&format!("500,EUR,other,{ONE}")]);
    for refunds in [REFUNDS, &other] {
        let ran = write(&to, refunds, &version);
        let message = format!(
            "{FIRST} was moved out of the directory, and what stood in it could be handed over twice: name where it is by \
             --earlier"
        );
        assert_eq!((ran.code, ran.messages()), (1, vec![&*message]));
    }
    let earlier = [&version[..], &["--earlier", archive.to_str().unwrap()]].concat();
    let ran = write(&to, REFUNDS, &earlier);
    assert_eq!((ran.code, ran.messages().len()), (1, 2), "{}", ran.stderr);
    assert_eq!(write(&to, other, &earlier).code, 0);
    // Whoever says so, takes it upon himself.
    assert_eq!(write(&to, REFUNDS, &["--version", "2.1", "--ignore-moved"]).code, 0);
}

#[test]
fn what_was_refused_goes_back_under_another_trans_id_and_nothing_else() {
    let to = directory("answered");
    let paid = format!("Amount,Currency,PayID\n999,EUR,{ONE}\n1000,EUR,{OTHER}\n");
    let paid = put(&to, "paid.csv", paid);
    let (version, paid) = (["--version", "2.1"], ["--paid", &*paid]);
    let arguments = [version, paid].concat();
    assert_eq!(write(&to, REFUNDS, &arguments).code, 0);
    let refused = PAID_BACK.replace(
        "2026-11,7bbb448155234d8cbee323778952ce28,OK,00000000",
        "2026-11,7bbb448155234d8cbee323778952ce28,FAILED,21550957",
    );
    put(&to, "P20261122001YourMerchantId.dat", &refused);
    let again = |id: &str, pay_id: &str| list(&[&format!("999,EUR,{id},{pay_id}")]);
    assert_eq!(write(&to, again("refund-1", ONE), &arguments).code, 1);
    assert_eq!(write(&to, again("refund-3", OTHER), &arguments).code, 1);
    // Answered twice, it is not sure that it was refused.
    let line = PAID_BACK.lines().nth(1).unwrap();
    let twice = refused.replace("FOOT,2,1999", &format!("{line}\r\nFOOT,3,2998"));
    put(&to, "P20261122001YourMerchantId.dat", twice);
    assert_eq!(write(&to, again("refund-3", ONE), &arguments).code, 1);
    put(&to, "P20261122001YourMerchantId.dat", refused);
    let ran = write(&to, again("refund-3", ONE), &arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(write(&to, again("refund-4", ONE), &arguments).code, 1);
}

#[test]
fn an_answer_of_another_file_stops_everything() {
    let to = directory("answer-of-another");
    assert_eq!(write(&to, REFUNDS, &["--version", "2.1"]).code, 0);
    put(&to, "P20261122001YourMerchantId.dat", PAID_BACK.replace("20261122", "20261121"));
    let ran = write(&to, list(&[&format!("500,EUR,other,{ONE}")]), &["--version", "2.1"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("are not whole, or not of one file"), "{}", ran.stderr);
}

#[test]
fn earlier_files_and_directories_of_them_are_asked() {
    let (to, archive) = (directory("earlier"), directory("earlier-archive"));
    let sent = put(&archive, "sent.dat", SENT);
    for earlier in [&sent, archive.to_str().unwrap()] {
        let ran = write(&to, REFUNDS, &["--version", "2.1", "--earlier", earlier]);
        assert_eq!((ran.code, ran.messages().len()), (1, 2), "{}", ran.stderr);
        // Of a directory, only names of batch files are taken.
        put(&archive, FIRST, SENT);
    }
    let empty = directory("earlier-empty");
    let ran = write(&to, REFUNDS, &["--version", "2.1", "--earlier", empty.to_str().unwrap()]);
    let warning = format!("warning: {}: holds no earlier file of YourMerchantId", empty.display());
    assert_eq!((ran.code, ran.messages()), (0, vec![&*warning]));
}

#[test]
fn an_earlier_file_that_cannot_be_read_to_its_end_stops_everything() {
    let to = directory("broken");
    let cut = SENT.split("FOOT").next().unwrap();
    let path = put(&to, "T20261121001YourMerchantId.dat", cut);
    let ran = write(&to, REFUNDS, &["--version", "2.1", "--json"]);
    let message = format!("{path}: line 4, column 1: the file ends without FOOT");
    assert_eq!((ran.code, ran.messages()), (1, vec![&*message]));
    assert_eq!(ran.json(), json!({ "error": { "step": "batch", "message": message } }));
    std::fs::remove_file(&path).unwrap();

    let other = put(&directory("broken-other"), "x.dat", SENT.replace("YourMerchantId", "Other"));
    let ran = write(&to, REFUNDS, &["--version", "2.1", "--earlier", &other]);
    let message = format!("{other}: HEAD names another merchant");
    assert_eq!((ran.code, ran.messages()), (1, vec![&*message]));
    let ran = write(&to, REFUNDS, &["--version", "2.1", "--earlier", "/nowhere/x.dat"]);
    assert_eq!(ran.code, 2);
    assert_eq!(files(&to), [""; 0]);
}

#[test]
fn no_more_goes_back_than_was_paid() {
    let (to, lists) = (directory("paid"), directory("paid-lists"));
    let csv = put(&lists, "paid.csv", format!("PayID,Amount,Currency\n{ONE},1000,EUR\n"));
    let json = format!("{{\"PayID\":\"{ONE}\",\"Amount\":1000,\"Currency\":\"EUR\"}}\n");
    let json = put(&lists, "paid.jsonl", json);
    let line = |amount: u32, id: &str, pay_id: &str| format!("{amount},EUR,{id},{pay_id}");
    let too_much = list(&[&line(600, "a", ONE), &line(500, "b", ONE), &line(100, "c", OTHER)]);
    for paid in [&csv, &json] {
        let ran = write(&to, &too_much, &["--version", "1.0", "--paid", paid]);
        assert_eq!(ran.code, 1);
        assert_eq!(
            ran.messages(),
            [
                "-: record 2: Amount: is more than is left of the payment",
                "-: record 3: PayID: is none of the payments that were told",
            ]
        );
    }
    assert_eq!(write(&to, list(&[&line(600, "a", ONE)]), &["--version", "1.0", "--paid", &csv]).code, 0);
    // What went back before counts.
    let ran = write(&to, list(&[&line(500, "b", ONE)]), &["--version", "1.0", "--paid", &csv]);
    assert_eq!(ran.code, 1);
    assert_eq!(write(&to, list(&[&line(400, "b", ONE)]), &["--version", "1.0", "--paid", &csv]).code, 0);
}

#[test]
fn a_list_of_payments_that_is_wrong_is_told_by_its_lines() {
    let (to, lists) = (directory("paid-wrong"), directory("paid-wrong-lists"));
    let paid = put(&lists, "paid.csv", "PayID,Amount,Currency\nx,1,EUR\n");
    let ran = write(&to, REFUNDS, &["--version", "2.1", "--paid", &paid]);
    let message = format!("{paid}:2: PayID: has 1 characters, exactly 32 are needed");
    assert_eq!((ran.code, ran.messages()), (1, vec![&*message]));
    let ran = write(&to, REFUNDS, &["--version", "2.1", "--paid", "/nowhere/paid.csv"]);
    assert!(ran.code == 2 && ran.messages()[0].starts_with("/nowhere/paid.csv: "), "{}", ran.stderr);
    assert_eq!(files(&to), [""; 0]);
}

#[test]
fn a_checked_file_is_none_of_its_own_earlier_ones() {
    let archive = directory("own");
    let path = put(&archive, FIRST, SENT);
    put(&archive, "P20261122001YourMerchantId.dat", super::PAID_BACK);
    let earlier = archive.to_str().unwrap();
    let ran = run_with(&MID, &["batch", "check", &path, "--earlier", earlier], b"");
    assert_eq!((ran.code, &*ran.stderr), (0, ""), "{}", ran.text());
    put(&archive, "T20261121001YourMerchantId.dat", SENT.replace("20261122", "20261121"));
    let ran = run_with(&MID, &["batch", "check", &path, "--earlier", earlier], b"");
    let before = archive.join("T20261121001YourMerchantId.dat");
    let line = format!("{path}:2: TransID: stands in line 2 of {} already", before.display());
    assert_eq!((ran.code, ran.text().lines().next()), (1, Some(&*line)));
}
