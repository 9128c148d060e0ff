//! `paygate mac`.

use crate::command::{command, finish, run};
use serde_json::json;

/// The account of Computop's published samples.
const SAMPLE: [(&str, &str); 2] =
    [("PAYGATE_MERCHANT_ID", "yourMerchantId"), ("PAYGATE_MAC_KEY", "mySecret")];

#[test]
fn the_published_mac_of_a_request_comes_out() {
    let arguments = [
        "mac",
        "request",
        "--pay-id",
        "",
        "--trans-id",
        "TID-4453732122167114558",
        "--amount",
        "1234",
        "--currency",
        "EUR",
    ];
    let mac = "38CED807E293FC634A6C36FFAEA7BD2687038D40615781918AEF2DE7BB9A9903";
    let ran = run(&SAMPLE, &arguments);
    assert_eq!((ran.code, ran.text(), &*ran.stderr), (0, &*format!("{mac}\n"), ""));
    let ran = run(&SAMPLE, &[&arguments[..], &["--json"]].concat());
    assert_eq!((ran.code, ran.json()), (0, json!({ "mac": mac })));
}

#[test]
fn the_published_mac_of_an_answer_comes_out() {
    let ran = run(
        &SAMPLE,
        &[
            "mac",
            "response",
            "--pay-id=7bbb448155234d8cbee323778952ce28",
            "--trans-id=TID-12033175321270170232",
            "--status=AUTHORIZED",
            "--code=00000000",
        ],
    );
    let mac = "4CDCB4DE587AC210F21DE0591689B920CF56D89B38D4C7B1B7F8867BFC93E02C\n";
    assert_eq!((ran.code, ran.text()), (0, mac));
}

#[test]
fn a_mac_made_by_others_comes_out_with_and_without_a_pay_id() {
    // `celements_request` and `celements_request_nopayid` of the vectors.
    let account = [("PAYGATE_MERCHANT_ID", "merchantId"), ("PAYGATE_MAC_KEY", "ComputopSecretHmacKey!")];
    let parts = ["mac", "request", "--trans-id", "transId", "--amount", "2330", "--currency", "CHF"];
    let without = run(&account, &parts);
    assert_eq!(without.text(), "4C4B41B2F0F5DE8C1A30006BFBADB0C1EBD2A320301FEB1EED785DE5BF6D506B\n");
    let with = run(&account, &[&parts[..], &["--pay-id", "payId"]].concat());
    assert_eq!(with.text(), "927C9BCC5EAEE1CE9E904237C1C78EC746E99E14016D8FE1155E508E4B2AE2F8\n");
}

#[test]
fn every_part_may_be_left_out_and_is_then_empty() {
    for message in ["request", "response"] {
        let left_out = run(&SAMPLE, &["mac", message]);
        let last = if message == "request" { "--currency" } else { "--code" };
        let empty = run(&SAMPLE, &["mac", message, "--pay-id", "", "--trans-id=", last, ""]);
        assert_eq!((left_out.code, empty.code), (0, 0));
        assert_eq!(left_out.text(), empty.text());
        assert_eq!(left_out.text().len(), 65);
    }
}

#[test]
fn a_part_may_begin_with_a_hyphen() {
    let separate = run(&SAMPLE, &["mac", "request", "--trans-id", "-1", "--amount", "--json"]);
    let joined = run(&SAMPLE, &["mac", "request", "--trans-id=-1", "--amount=--json"]);
    assert_eq!((separate.code, separate.text()), (0, joined.text()));
}

#[test]
fn a_part_with_the_separator_is_refused_by_its_name() {
    for (message, option, name) in [
        ("request", "--pay-id", "PayID"),
        ("request", "--trans-id", "TransID"),
        ("request", "--amount", "Amount"),
        ("request", "--currency", "Currency"),
        ("response", "--pay-id", "PayID"),
        ("response", "--trans-id", "TransID"),
        ("response", "--status", "Status"),
        ("response", "--code", "Code"),
    ] {
        let ran = run(&SAMPLE, &["mac", message, option, "a*b", "--json"]);
        let expected = format!("{name} holds `*`, which separates the fields under the MAC");
        assert_eq!((ran.code, ran.messages()), (1, vec![&*expected]));
        assert_eq!(ran.json(), json!({ "error": { "step": "mac", "message": expected } }));
    }
}

#[test]
#[cfg(unix)]
fn the_bytes_of_a_part_are_taken_as_they_are() {
    use std::os::unix::ffi::OsStrExt;
    let mac_of = |part: &[u8]| {
        let mut command = command(&SAMPLE, &["mac", "request", "--trans-id"]);
        command.arg(std::ffi::OsStr::from_bytes(part));
        let ran = finish(command, b"");
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout
    };
    assert_ne!(mac_of(b"\xE4"), mac_of("ä".as_bytes()));
    assert_ne!(mac_of(b"\xE4"), mac_of("\u{FFFD}".as_bytes()));
}
