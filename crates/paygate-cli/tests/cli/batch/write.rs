//! `paygate batch write`: what is written, and under which name.

use super::{FIRST, MID, ONE, OTHER, PAID_BACK, REFUNDS, SENT, currencies, directory, files, put, write};
use crate::command::{run, run_with};
use paygate::MerchantId;
use paygate_batch::Outbox;
use serde_json::json;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

const WITHOUT_REF_NR: &str = "TransID,PayID,Amount,Currency\nr-1,7bbb448155234d8cbee323778952ce28,999,EUR\n";
const MASTER: &str =
    "MID,Amount,Currency,TransID,PayID\nSlave1,999,EUR,r-1,7bbb448155234d8cbee323778952ce28\n";

#[test]
fn every_version_has_its_fields() {
    let line = |rest: &str| format!("Trustly,Credit,{rest}7bbb448155234d8cbee323778952ce28");
    for (version, list, line) in [
        ("1.0", WITHOUT_REF_NR, line("999,EUR,r-1,")),
        ("1.1", WITHOUT_REF_NR, line("999,EUR,r-1,,")),
        ("2.0", WITHOUT_REF_NR, line("999,EUR,r-1,,")),
        ("2.1", WITHOUT_REF_NR, line("999,EUR,r-1,,")),
        ("2.0 --master", MASTER, line("Slave1,999,EUR,r-1,,")),
        ("2.1 --master", MASTER, line("Slave1,999,EUR,r-1,,")),
    ] {
        let to = directory("every-version");
        let arguments: Vec<&str> = ["--version"].into_iter().chain(version.split(' ')).collect();
        let ran = write(&to, list, &arguments);
        assert_eq!((ran.code, &*ran.stderr), (0, ""), "{version}");
        let version = &version[..3];
        let file = format!("HEAD,YourMerchantId,20261122,{version}\r\n{line}\r\nFOOT,1,999\r\n");
        assert_eq!(std::fs::read_to_string(to.join(FIRST)).unwrap(), file);
    }
}

#[test]
fn what_is_written_is_told() {
    let to = directory("told");
    let ran = write(&to, REFUNDS, &["--version", "2.1"]);
    let path = to.join(FIRST);
    let path = path.to_str().unwrap();
    let text =
        format!("file     {path}\nversion  2.1\nrecords  2\nsum      1999 EUR (in the smallest unit)\n");
    assert_eq!((ran.code, ran.text(), &*ran.stderr), (0, &*text, ""));
    assert_eq!(std::fs::read_to_string(path).unwrap(), SENT);

    let list = format!("Amount,Currency,TransID,PayID\n500,EUR,a,{ONE}\n700,SEK,b,{OTHER}\n");
    let ran = write(&to, list, &["--version", "1.0", "--allow-mixed-currencies", "--json"]);
    let path = to.join("T20261122002YourMerchantId.dat");
    let sums = json!({ "EUR": 500, "SEK": 700 });
    let expected = json!({ "file": path, "version": "1.0", "records": 2, "sum": 1200, "sums": sums });
    assert_eq!((ran.code, ran.json(), &*ran.stderr), (0, expected, ""));
}

#[test]
fn csv_and_json_lines_give_the_same_file() {
    let json = "{\"Amount\":999,\"currency\":\"EUR\",\"TransID\":\"refund-1\",\"RefNr\":\"2026-11\",\
                \"PayID\":\"7bbb448155234d8cbee323778952ce28\"}\n\n\
                {\"Amount\":\"1000\",\"CURRENCY\":\"EUR\",\"TransID\":\"refund-2\",\"RefNr\":null,\
                \"PayID\":\"0123456789abcdef0123456789abcdef\"}";
    let to = directory("json-lines");
    for (name, list) in [("r.csv", REFUNDS), ("r.jsonl", json), ("r.ndjson", json), ("r.JSON", json)] {
        let list = put(&to, name, list);
        let outbox = directory("json-lines-outbox");
        let out = outbox.to_str().unwrap();
        let common =
            ["batch", "write", "--version", "2.1", "--date", "20261122", "--from", &list, "--to", out];
        let ran = run(&MID, &common);
        assert_eq!((ran.code, &*ran.stderr), (0, ""), "{name}");
        assert_eq!(std::fs::read_to_string(outbox.join(FIRST)).unwrap(), SENT);
    }
    let outbox = directory("json-lines-outbox");
    assert_eq!(write(&outbox, json, &["--version", "2.1", "--format", "jsonl"]).code, 0);
    assert_eq!(std::fs::read_to_string(outbox.join(FIRST)).unwrap(), SENT);
}

#[test]
fn columns_stand_in_any_order_and_case_and_lines_end_in_any_way() {
    let list = "\u{feff}payid,TRANSID,currency,refNR,amount\n\
                7bbb448155234d8cbee323778952ce28,refund-1,EUR,\"2026-11\",999\n\n\
                0123456789abcdef0123456789abcdef,refund-2,EUR,,1000";
    for list in [list.to_owned(), list.replace('\n', "\r\n"), list.replace('\n', "\r")] {
        let to = directory("columns");
        let ran = write(&to, list, &["--version", "2.1"]);
        assert_eq!((ran.code, &*ran.stderr), (0, ""));
        assert_eq!(std::fs::read_to_string(to.join(FIRST)).unwrap(), SENT);
    }
    for name in ["MID", "merchantid", "SlaveMID"] {
        let to = directory("columns");
        let ran = write(&to, MASTER.replace("MID", name), &["--version", "2.1", "--master"]);
        assert_eq!((ran.code, &*ran.stderr), (0, ""), "{name}");
    }
}

#[test]
fn line_ends_transport_merchant_and_least_amount_are_as_asked() {
    let to = directory("as-asked");
    let ran = write(
        &to,
        REFUNDS.replace("999", "9"),
        &[
            "--version",
            "2.1",
            "--lf",
            "--transport",
            "upload",
            "--merchant-id",
            "Shop",
            "--least-amount",
            "1",
        ],
    );
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let file = std::fs::read_to_string(to.join("T20261122Shop001.dat")).unwrap();
    let expected = SENT.replace('\r', "").replace("YourMerchantId", "Shop").replace("999", "9");
    assert_eq!(file, expected.replace("FOOT,2,19\n", "FOOT,2,1009\n"));
}

#[test]
fn the_letter_is_written_as_it_is_and_warned_of() {
    let to = directory("letter");
    let ran = write(&to, REFUNDS, &["--version", "2.x"]);
    let warning = "warning: version 2.x is written as it is: Computop tells the number to write for x";
    assert_eq!((ran.code, ran.messages()), (0, vec![warning]));
    let file = std::fs::read_to_string(to.join(FIRST)).unwrap();
    assert_eq!(file, SENT.replace("2.1", "2.x"));
}

#[test]
fn no_name_is_given_twice_and_no_file_written_over() {
    let to = directory("names");
    put(&to, "P20261122001YourMerchantId.dat", PAID_BACK);
    let list = |id: &str| format!("Amount,Currency,TransID,PayID\n500,EUR,{id},{ONE}\n");
    assert_eq!(write(&to, list("a"), &["--version", "1.0"]).code, 0);
    std::fs::remove_file(to.join("T20261122002YourMerchantId.dat")).unwrap();
    let ran = write(&to, list("b"), &["--version", "1.0", "--ignore-moved"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(files(&to), ["P20261122001YourMerchantId.dat", "T20261122003YourMerchantId.dat"]);
    assert_eq!(std::fs::read_to_string(to.join("P20261122001YourMerchantId.dat")).unwrap(), PAID_BACK);
}

#[test]
fn while_another_one_writes_nothing_is_written() {
    let to = directory("alone");
    let alone = Outbox::new(&to).alone(&MerchantId::from_static("YourMerchantId")).unwrap();
    let ran = write(&to, REFUNDS, &["--version", "2.1"]);
    let why = "another program writes a file of this merchant just now";
    assert_eq!((ran.code, ran.messages()), (1, vec![why]));
    drop(alone);
    assert_eq!(write(&to, REFUNDS, &["--version", "2.1"]).code, 0);
}

#[test]
fn who_calls_wrongly_ends_with_2() {
    let to = directory("wrong-calls");
    let out = to.to_str().unwrap();
    let ran = write(&to, MASTER, &["--version", "1.1", "--master", "--json"]);
    let message = "a file of version 1.1 has no slave MIDs, only one of version 2.* has";
    assert_eq!((ran.code, ran.messages()), (2, vec![message]));
    assert_eq!(ran.json(), json!({ "error": { "step": "configuration", "message": message } }));

    let common = ["batch", "write", "--version", "2.1", "--from", "-", "--to"];
    let ran = run_with(&[], &[&common[..], &[out]].concat(), REFUNDS.as_bytes());
    assert_eq!((ran.code, ran.messages()), (2, vec!["PAYGATE_MERCHANT_ID is not set"]));
    let ran = run_with(&MID, &[&common[..], &["/nowhere"]].concat(), REFUNDS.as_bytes());
    assert!(ran.code == 2 && ran.messages()[0].starts_with("/nowhere: "), "{}", ran.stderr);
    let ran = run(&MID, &["batch", "write", "--version", "2.1", "--from", "/nowhere/r.csv", "--to", out]);
    assert!(ran.code == 2 && ran.messages()[0].starts_with("/nowhere/r.csv: "), "{}", ran.stderr);

    for wrong in [
        &["--version", "3.0"][..],
        &["--version", "2.1", "--date", "20260230"],
        &["--version", "2.1", "--merchant-id", ""],
        &["--version", "2.1", "--transport", "post"],
        &[],
    ] {
        assert_eq!(write(&to, REFUNDS, wrong).code, 2, "{wrong:?}");
    }
    assert_eq!(files(&to), [""; 0]);
}

#[test]
fn a_merchant_that_no_name_can_hold_is_refused() {
    let to = directory("merchant");
    let ran = write(&to, REFUNDS, &["--version", "2.1", "--merchant-id", "../Shop", "--json"]);
    assert_eq!((ran.code, &ran.json()["error"]["step"]), (1, &json!("batch")));
    assert!(ran.messages()[0].contains("only letters, digits, - and _"), "{}", ran.stderr);
}

#[test]
fn of_many_currencies_the_first_are_printed_and_all_told_to_programs() {
    let to = directory("many-currencies");
    let list = |first: usize| {
        let rows = currencies(9000).enumerate();
        let rows = rows.map(|(number, code)| format!("100,{code},{},{:032}\n", first + number, number));
        format!("Amount,Currency,TransID,PayID\n{}", rows.collect::<String>())
    };
    let ran = write(&to, list(0), &["--version", "1.0", "--allow-mixed-currencies"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let sums = "sum      100 AAA, 100 AAB, 100 AAC, 100 AAD, 100 AAE, 100 AAF, 100 AAG, 100 AAH and 8992 more (in the smallest unit)\n";
    assert!(ran.text().ends_with(sums), "{}", ran.text());
    let json = write(&to, list(9000), &["--version", "1.0", "--allow-mixed-currencies", "--json"]).json();
    assert_eq!(json["sums"].as_object().unwrap().len(), 9000);
}

#[test]
fn what_a_stopped_command_leaves_behind_is_as_its_help_says() {
    let to = directory("stopped");
    let out = to.to_str().unwrap();
    let common = ["batch", "write", "--version", "2.1", "--date", "20261122", "--from", "-", "--to", out];
    let mut command = crate::command::command(&MID, &common);
    // Standard input stays open: the command waits for its list.
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let begin = Instant::now();
    while files(&to).is_empty() && begin.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let left = files(&to);
    let is_part = Path::new(&left[0]).extension().is_some_and(|extension| extension == "part");
    assert!(left.len() == 1 && left[0].starts_with('.') && is_part, "{left:?}");
    std::fs::remove_file(to.join(&left[0])).unwrap();
    assert_eq!(write(&to, REFUNDS, &["--version", "2.1"]).code, 0);
    assert_eq!(files(&to), ["T20261122002YourMerchantId.dat"]);
    let help = run(&[], &["batch", "write", "--help"]);
    assert!(help.text().contains(".part file in the directory"), "{}", help.text());
}
