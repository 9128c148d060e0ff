//! `paygate code`.

use crate::command::run;
use serde_json::json;

#[test]
fn a_code_is_told_in_one_line_and_in_its_parts() {
    let ran = run(&[], &["code", "21550053"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let text = "\
21550053: error: Trustly: Cancel by User
state   2     Error
module  155   Trustly
detail  0053  Cancel by User
";
    assert_eq!(ran.text(), text);
}

#[test]
fn a_parameter_error_names_the_parameter() {
    let ran = run(&[], &["code", "20100002"]);
    assert_eq!(ran.text().lines().last(), Some("parameter        TransID"));
    let ran = run(&[], &["code", "20100002", "--json"]);
    let expected = json!({
        "code": "20100002",
        "explanation": "error: parameter missing: TransID",
        "state": { "characters": "2", "label": "Error" },
        "module": { "characters": "010", "label": "Parameter missing" },
        "detail": { "characters": "0002", "label": "transId" },
        "parameter": "TransID",
    });
    assert_eq!((ran.code, ran.json()), (0, expected));
}

#[test]
fn what_is_unknown_is_said_to_be_and_no_error() {
    let ran = run(&[], &["code", "A999ZZZZ"]);
    assert_eq!((ran.code, ran.text().matches("(unknown)").count()), (0, 3), "{}", ran.text());
    let json = run(&[], &["code", "A999ZZZZ", "--json"]).json();
    for part in ["state", "module", "detail"] {
        assert_eq!(json[part]["label"], json!(null));
    }
    assert_eq!(json["parameter"], json!(null));
    assert_eq!(run(&[], &["code", "00000000", "--json"]).json()["module"]["label"], "");
}

#[test]
fn what_is_no_code_ends_with_2() {
    for arguments in [&["code"][..], &["code", "2155005"], &["code", "2155 053"], &["code", ""]] {
        let ran = run(&[], arguments);
        assert_eq!((ran.code, ran.text()), (2, ""), "{arguments:?}");
    }
}
