//! `paygate template check`.

use crate::command::{file, run, run_with};
use serde_json::json;

const GOOD: &str = "<!DOCTYPE html>\n<title>Tea</title>\n<div><!—TRUSTLY-PAYMENT-PAGE-GOES-HERE ></div>\n";

#[test]
fn a_page_that_keeps_the_guidelines_is_accepted_and_the_spelling_of_its_tag_told() {
    let path = file("good.html", GOOD);
    let path = path.to_str().unwrap();
    let ran = run(&[], &["template", "check", path]);
    let text = format!("{path}:3: accepted; the tag stands here, and begins with <!—\n");
    assert_eq!((ran.code, ran.text(), &*ran.stderr), (0, &*text, ""));

    let ran = run_with(&[], &["template", "check", "-", "--json"], GOOD.replace('—', "--").as_bytes());
    let expected =
        json!({ "file": "-", "accepted": true, "tag": { "opening": "<!--", "line": 3 }, "problems": [] });
    assert_eq!((ran.code, ran.json()), (0, expected));
}

#[test]
fn every_problem_is_a_line_that_names_file_and_line() {
    let page = format!("{GOOD}<script>alert('canary')</script>\n<a href='http://canary.example/'>x</a>\n");
    let path = file("bad.html", &page);
    let path = path.to_str().unwrap();
    let ran = run(&[], &["template", "check", path]);
    let lines: Vec<&str> = ran.text().lines().collect();
    assert_eq!((ran.code, lines[0], &*ran.stderr), (1, &*format!("{path}:4: <script> is not allowed"), ""));
    assert!(lines.len() == 2 && lines[1].starts_with(&format!("{path}:5: href of <a>")), "{lines:?}");
    assert!(!ran.text().contains("canary"), "{}", ran.text());

    let ran = run_with(&[], &["template", "check", "--json", "-"], page.as_bytes());
    let json = ran.json();
    assert_eq!((ran.code, &json["accepted"], &json["tag"]), (1, &json!(false), &json!(null)));
    assert_eq!(json["problems"][0], json!({ "line": 4, "message": "<script> is not allowed" }));
    assert!(!ran.text().contains("canary"), "{}", ran.text());
}

#[test]
fn a_page_without_the_tag_is_refused() {
    let ran = run_with(&[], &["template", "check", "-"], b"<p>\n");
    assert_eq!((ran.code, ran.text().matches('\n').count()), (1, 1));
    assert!(ran.text().starts_with("-:2: the tag "), "{}", ran.text());
}

#[test]
fn a_page_that_is_no_utf_8_or_too_large_is_refused() {
    let ran = run_with(&[], &["template", "check", "-"], b"\n\xE4");
    assert_eq!((ran.code, ran.text()), (1, "-:2: the page is not UTF-8\n"));
    let large = vec![b' '; 1024 * 1024 + 1];
    let ran = run_with(&[], &["template", "check", "-"], &large);
    assert_eq!((ran.code, ran.text()), (1, "-: the template is larger than 1 MiB\n"));
    let path = file("large.html", &large);
    let ran = run(&[], &["template", "check", path.to_str().unwrap(), "--json"]);
    let problem = json!({ "line": null, "message": "the template is larger than 1 MiB" });
    assert_eq!((ran.code, &ran.json()["problems"][0]), (1, &problem));
}

#[test]
fn what_terminals_would_act_upon_is_shown_harmless() {
    let page = format!("{GOOD}<p on\u{202e}x='1'>\n");
    let ran = run_with(&[], &["template", "check", "-"], page.as_bytes());
    assert_eq!(ran.code, 1);
    assert!(!ran.text().contains('\u{202e}') && ran.text().contains(r"\u{202e}"), "{}", ran.text());
}

#[test]
fn a_page_that_cannot_be_read_ends_with_2() {
    for arguments in [&["template"][..], &["template", "check"], &["template", "check", "a", "b"]] {
        assert_eq!(run(&[], arguments).code, 2, "{arguments:?}");
    }
    let ran = run(&[], &["template", "check", "/nowhere/page.html", "--json"]);
    assert_eq!((ran.code, ran.messages().len()), (2, 1));
    assert!(ran.messages()[0].starts_with("/nowhere/page.html: "), "{}", ran.stderr);
    assert_eq!(ran.json()["error"]["step"], "configuration");
    assert_eq!(run(&[], &["template", "check", env!("CARGO_TARGET_TMPDIR")]).code, 2);
}
