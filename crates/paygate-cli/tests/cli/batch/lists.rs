//! Lists that are wrong: each fault is named, and nothing is written.

use super::{FIRST, ONE, OTHER, REFUNDS, directory, files, write};
use serde_json::json;

/// Writes a list that is wrong, and sees that nothing is left of it; what was said.
fn refused(name: &str, list: impl AsRef<[u8]>, arguments: &[&str]) -> Vec<String> {
    let to = directory(name);
    let ran = write(&to, list, arguments);
    assert_eq!((ran.code, ran.text()), (1, ""), "{}", ran.stderr);
    assert_eq!(files(&to), [""; 0]);
    assert_eq!(write(&to, REFUNDS, &["--version", "2.1"]).code, 0);
    assert_eq!(files(&to), [FIRST], "the counter is free again");
    assert!(!ran.stderr.contains("canary"), "{}", ran.stderr);
    ran.messages().into_iter().map(str::to_owned).collect()
}

#[test]
fn every_fault_of_a_field_is_told_by_line_and_field() {
    for (line, message) in [
        (format!("99,EUR,canary,,{ONE}"), "-:2: Amount: is under 100, for which the account must be enabled"),
        (format!("0,EUR,canary,,{ONE}"), "-:2: Amount: is 0: nothing would go back"),
        (format!(",EUR,canary,,{ONE}"), "-:2: Amount: is empty"),
        (format!("-5,EUR,canary,,{ONE}"), "-:2: Amount: character 1 is not allowed, only digits"),
        (format!("9.99,EUR,canary,,{ONE}"), "-:2: Amount: character 2 is not allowed, only digits"),
        (format!("99999999999,EUR,canary,,{ONE}"), "-:2: Amount: has more than 10 digits"),
        (
            format!("999,eur,canary,,{ONE}"),
            "-:2: Currency: character 1 is not allowed, only capital letters A to Z",
        ),
        (format!("999,EUR,,,{ONE}"), "-:2: TransID: is empty"),
        (
            format!("999,EUR,\"canary,1\",,{ONE}"),
            "-:2: TransID: holds a comma, a quotation mark or a line end, which a file has no way to write",
        ),
        ("999,EUR,canary,,canary".to_owned(), "-:2: PayID: has 6 characters, exactly 32 are needed"),
        (format!("999,EUR,canary,{ONE},{ONE}"), "-:2: RefNr: has 32 characters, at most 30 are allowed"),
        (format!("999,EUR,canary,{ONE}"), "-:2: there are 4 values instead of 5"),
    ] {
        let list = format!("Amount,Currency,TransID,RefNr,PayID\n{line}\n");
        assert_eq!(refused("fields", list, &["--version", "2.1"]), [message], "{line}");
    }
}

#[test]
fn what_the_version_has_no_field_for_is_told() {
    let slave = format!("MID,Amount,Currency,TransID,PayID\nSlave1,999,EUR,r-1,{ONE}\n");
    let no_field = "has no field in this version's lines";
    assert_eq!(refused("no-field", &slave, &["--version", "2.1"]), [format!("-:2: MID: {no_field}")]);
    assert_eq!(refused("no-field", REFUNDS, &["--version", "1.0"]), [format!("-:2: RefNr: {no_field}")]);
    let without = slave.replace("Slave1", "");
    let messages = refused("no-field", without, &["--version", "2.1", "--master"]);
    assert_eq!(messages, ["-:2: MID: is missing"]);
    let mixed = REFUNDS.replace("1000,EUR", "1000,SEK");
    let messages = refused("no-field", mixed, &["--version", "2.1"]);
    assert_eq!(
        messages,
        ["-:3: Currency: is another than in the lines before, so that the sum would mean nothing"]
    );
}

#[test]
fn columns_that_are_unknown_missing_or_doubled_are_named() {
    for (header, messages) in [
        (
            "Amount;Currency",
            vec![
                "-:1: there is no column called \"Amount;Currency\"; commas separate names",
                "-:1: the column Amount is missing",
                "-:1: the column Currency is missing",
                "-:1: the column PayID is missing",
                "-:1: the column TransID is missing",
            ],
        ),
        ("Amount,Currency,TransID", vec!["-:1: the column PayID is missing"]),
        ("Amount,Currency,TransID,PayID,amount", vec!["-:1: the column amount stands there twice"]),
        (
            "Amount,Currency,TransID,PayID,\u{1b}[2J\u{202e}",
            vec!["-:1: there is no column called \"\\u{1b}[2J\\u{202e}\"; commas separate names"],
        ),
        ("", vec!["-:1: the list is empty: its first line names the columns"]),
    ] {
        assert_eq!(refused("header", format!("{header}\n"), &["--version", "2.1"]), messages, "{header}");
    }
    let messages = refused("header", REFUNDS, &["--version", "2.1", "--master"]);
    assert_eq!(messages, ["-:1: the column MID is missing"]);
    let long = refused("header", "x".repeat(500), &["--version", "2.1"]);
    assert!(long[0].len() < 150, "{}", long[0]);
}

#[test]
fn json_lines_that_are_wrong_are_told_by_line_and_field() {
    let good =
        |rest: &str| format!("{{\"TransID\":\"canary\",\"Currency\":\"EUR\",\"PayID\":\"{ONE}\"{rest}}}");
    for (line, message) in [
        (good(""), "-:1: Amount: is missing"),
        (good(",\"Amount\":9.99"), "-:1: Amount: is no whole number from 0"),
        (good(",\"Amount\":-5"), "-:1: Amount: is no whole number from 0"),
        (good(",\"Amount\":1e3"), "-:1: Amount: is no whole number from 0"),
        (good(",\"Amount\":[999]"), "-:1: Amount: is neither text nor a number"),
        (good(",\"Amount\":null"), "-:1: Amount: is empty"),
        (good(",\"Amount\":999,\"amount\":999"), "-:1: Amount: stands there twice"),
        (good(",\"Amount\":999,\"Amount\":999"), "-:1: Amount: stands there twice"),
        (good(",\"Amount\":999,\"Total\":1"), "-:1: there is no field called \"Total\""),
        ("[\"canary\"]".to_owned(), "-:1: column 1: is no JSON object"),
        ("{\"TransID\":\"canary\"".to_owned(), "-:1: column 19: is no JSON object"),
        (
            format!("\n\n{}", good(",\"Amount\":1")),
            "-:3: Amount: is under 100, for which the account must be enabled",
        ),
    ] {
        let messages = refused("json-wrong", &line, &["--version", "2.1", "--format", "jsonl"]);
        assert_eq!(messages.first().map(String::as_str), Some(message), "{line}");
    }
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let list = format!(
        "Amount,Currency,TransID,RefNr,PayID\n\n999,EUR,a,\"2026\n11\",{ONE}\n\n\n1,EUR,b,,{ONE}\n1000,EUR,c,,{OTHER}\n1,EUR,d,,{ONE}"
    );
    let under = "Amount: is under 100, for which the account must be enabled";
    let expected = [
        "-:3: RefNr: character 5 is not allowed, only".to_owned(),
        format!("-:7: {under}"),
        format!("-:9: {under}"),
    ];
    for list in [list.clone(), list.replace('\n', "\r\n"), list.replace('\n', "\r")] {
        let messages = refused("lines", list, &["--version", "2.1"]);
        assert_eq!(messages.len(), 3, "{messages:?}");
        for (message, expected) in messages.iter().zip(&expected) {
            assert!(message.starts_with(expected.as_str()), "{message}");
        }
    }
}

#[test]
fn a_hundred_faults_are_told_and_the_rest_counted() {
    let lines = "x,EUR,r,,7bbb448155234d8cbee323778952ce28\n".repeat(150);
    let list = format!("Amount,Currency,TransID,RefNr,PayID\n{lines}");
    let messages = refused("hundred", &list, &["--version", "2.1"]);
    assert_eq!((messages.len(), &*messages[100]), (101, "and 50 more"));

    let ran = write(&directory("hundred"), &list, &["--version", "2.1", "--json"]);
    let json = ran.json();
    assert_eq!((ran.code, json["errors"].as_array().unwrap().len(), &json["more"]), (1, 100, &json!(50)));
    let message = "character 1 is not allowed, only digits";
    let first = json!({ "file": "-", "line": 2, "record": null, "field": "Amount", "message": message });
    assert_eq!(json["errors"][0], first);
}

#[test]
fn a_quotation_that_never_ends_is_not_read_into_memory() {
    let list = format!("{REFUNDS}999,EUR,\"{}", "canary,\n".repeat(400_000));
    let messages = refused("endless", list, &["--version", "2.1"]);
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert_eq!(messages[0], "-:4: the record has more than 1 MiB: is a quotation mark not closed?");
}

#[test]
fn a_list_that_is_no_utf_8_or_has_no_records_is_refused() {
    let list = b"Amount,Currency,TransID,RefNr,PayID\n999,EUR,\xE4,,7bbb448155234d8cbee323778952ce28\n";
    assert_eq!(refused("utf-8", list, &["--version", "2.1"]), ["-:2: the line is not UTF-8"]);
    let header = REFUNDS.lines().next().unwrap();
    assert_eq!(refused("utf-8", header, &["--version", "2.1"]), ["-: has no records"]);
    assert_eq!(refused("utf-8", "", &["--version", "2.1", "--format", "jsonl"]), ["-: has no records"]);
}

#[test]
fn a_quotation_mark_that_makes_an_amount_doubtful_is_refused() {
    let behind = "behind the quotation mark that ends a value, neither a comma nor the line's end follows";
    let inside = "a quotation mark stands in a value that does not begin with one";
    let open = "the list ends before a quotation mark is closed";
    for (amount, message) in [
        ("\"10\"000", behind),
        ("\"1000\" ", behind),
        ("10\"000\"", inside),
        (" \"1000\"", inside),
        ("\"1000", open),
    ] {
        let list = format!("Amount,Currency,TransID,PayID\n\n{amount},EUR,canary,{ONE}\n");
        assert_eq!(refused("quotes", list, &["--version", "2.1"]), [format!("-:3: {message}")], "{amount}");
    }
    let list = format!("Amount,\"Currency\"x,TransID,PayID\n1000,EUR,canary,{ONE}\n");
    assert_eq!(refused("quotes", list, &["--version", "2.1"]), [format!("-:1: {behind}")]);

    let list =
        format!("Amount,Currency,TransID,PayID\n1,EUR,a,{ONE}\n1000,EUR,\"a\"b,{ONE}\n1,EUR,c,{ONE}\n");
    let under = "-:2: Amount: is under 100, for which the account must be enabled";
    let messages = refused("quotes", list, &["--version", "2.1"]);
    assert_eq!(messages, [under, &format!("-:3: {behind}")], "what stands before is told too");
}
