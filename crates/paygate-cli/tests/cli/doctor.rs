//! `paygate doctor`.

use crate::command::{Ran, account, command, env_file, file, finish};
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;

/// An account with which nothing is wrong.
const GOOD: [(&str, &str); 3] = [
    ("PAYGATE_MERCHANT_ID", "Tea_Shop"),
    ("PAYGATE_ENCRYPTION_KEY", "Xk4!pQ9?zR2_mN7="),
    ("PAYGATE_MAC_KEY", "bT8#wE5*gH1)cV6(sD3&fJ0%kL4$qA9!"),
];
/// In 2027.
const NOW: [&str; 3] = ["doctor", "--now", "1800000000"];

/// A file of so many root certificates, which nobody looks into here; each test needs a name of its own.
pub(crate) fn roots(name: &str, count: usize) -> String {
    let certificate =
        |number| format!("-----BEGIN CERTIFICATE-----\n{number:04}\n-----END CERTIFICATE-----\n");
    let path = file(name, (0..count).map(certificate).collect::<Vec<_>>().concat());
    path.to_str().unwrap().to_owned()
}

/// Runs with root certificates that do not depend on the machine.
fn doctor(variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
    let mut command = command(variables, arguments);
    if !variables.iter().any(|(name, _)| *name == "SSL_CERT_FILE") {
        static ROOTS: LazyLock<String> = LazyLock::new(|| roots("doctor.pem", 3));
        command.env("SSL_CERT_FILE", &*ROOTS);
    }
    finish(command, b"")
}

/// The findings that are not ok: severity, subject, text.
fn found(json: &Value) -> Vec<(&str, &str, &str)> {
    let findings = json["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| ["severity", "subject", "text"].map(|key| finding[key].as_str().unwrap()))
        .filter(|[severity, ..]| *severity != "ok")
        .map(|[severity, subject, text]| (severity, subject, text))
        .collect()
}

#[test]
fn a_good_account_ends_with_0_and_each_thing_is_an_aligned_line() {
    let ran = doctor(&GOOD, &NOW);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let lines: Vec<&str> = ran.text().lines().collect();
    let subjects: Vec<&str> = lines.iter().map(|line| line.split_whitespace().nth(1).unwrap()).collect();
    assert_eq!(subjects[..9], paygate::Settings::VARIABLES);
    assert_eq!(subjects[9..], ["clock", "TLS"]);
    let column = lines[0].find("is set").unwrap();
    assert!(lines.iter().all(|line| line.starts_with("ok  ") && line.as_bytes()[column - 1] == b' '));
    assert!(lines[10].ends_with(" 3 trusted root certificates"), "{}", lines[10]);

    let json = doctor(&GOOD, &[&NOW[..], &["--json"]].concat()).json();
    assert_eq!((&json["problems"], found(&json)), (&0.into(), vec![]));
    assert_eq!(json["findings"].as_array().unwrap().len(), 11);
}

#[test]
fn an_empty_environment_ends_with_1_and_names_what_is_missing() {
    let ran = doctor(&[], &NOW);
    let missing: Vec<&str> = ran.text().lines().filter(|line| line.starts_with("PROBLEM")).collect();
    assert_eq!((ran.code, missing.len()), (1, 3), "{}", ran.text());
    for (line, name) in missing.iter().zip(&paygate::Settings::VARIABLES[..3]) {
        assert!(line.contains(name) && line.ends_with(" is not set"), "{line}");
    }
}

#[test]
fn a_partial_environment_ends_with_1() {
    let json = doctor(&GOOD[..2], &[&NOW[..], &["--json"]].concat()).json();
    assert_eq!(found(&json), [("problem", "PAYGATE_MAC_KEY", "is not set")]);
    assert_eq!(json["problems"], 1);
}

#[test]
fn a_note_alone_ends_with_0_and_a_misspelt_name_is_one() {
    let more = [("PAYGATE_ENDPOINT", "https://pay.bank.example/"), ("PAYGATE_MAC_KY\u{1b}", "canary")];
    let ran = doctor(&[&GOOD[..], &more].concat(), &NOW);
    assert_eq!(ran.code, 0, "{}", ran.text());
    let notes: Vec<&str> = ran.text().lines().filter(|line| line.starts_with("note ")).collect();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes[0].contains("PAYGATE_ENDPOINT") && notes[1].contains(r"PAYGATE_MAC_KY\u{1b}"), "{notes:?}");
    assert!(!ran.text().contains("canary"));
}

#[test]
fn the_account_of_the_tests_is_good_for_a_simulator_alone() {
    assert_eq!(doctor(&account(), &NOW).code, 1);
    let local = [&account()[..], &[("PAYGATE_ENDPOINT", "http://127.0.0.1:8080/")]].concat();
    assert_eq!(doctor(&local, &NOW).code, 0);
}

#[test]
fn a_file_is_examined_instead_of_the_environment() {
    let path = file("doctor.env", env_file(&GOOD));
    let arguments = [&["--env-file", path.to_str().unwrap()], &NOW[..]].concat();
    let broken = [("PAYGATE_MAC_KEY", "canary"), ("PAYGATE_NONSENSE", "canary")];
    let ran = doctor(&broken, &arguments);
    assert_eq!((ran.code, ran.text().contains("NONSENSE")), (0, false), "{}", ran.text());
    let ran = doctor(&GOOD, &["--env-file", "/nowhere/shop.env", "doctor"]);
    assert_eq!((ran.code, ran.text()), (2, ""));
}

#[test]
fn a_clock_that_is_far_off_is_a_problem() {
    for now in ["0", "1767225599", "4102444800"] {
        let ran = doctor(&GOOD, &["doctor", "--now", now, "--json"]);
        let json = ran.json();
        let found = found(&json);
        assert_eq!((ran.code, found.len(), found[0].1), (1, 1, "clock"), "{now}");
    }
    for now in ["x", "-1", "99999999999999999999"] {
        assert_eq!(doctor(&GOOD, &["doctor", "--now", now]).code, 2, "{now}");
    }
}

#[test]
fn no_root_certificates_are_a_problem() {
    for path in [roots("none.pem", 0), "/nowhere/roots.pem".to_owned()] {
        let ran =
            doctor(&[&GOOD[..], &[("SSL_CERT_FILE", &path)]].concat(), &[&NOW[..], &["--json"]].concat());
        let json = ran.json();
        let found = found(&json);
        assert_eq!((ran.code, found.len(), found[0].1), (1, 1, "TLS"), "{path}");
    }
    let many = roots("many.pem", 12);
    let ran = doctor(&[&GOOD[..], &[("SSL_CERT_FILE", &many)]].concat(), &NOW);
    assert!(ran.text().contains("12 trusted root certificates"), "{}", ran.text());
}

#[test]
fn no_key_and_no_path_is_shown() {
    let profile = file("canary.toml", "minimum = 'canary'\ncanary = 'canary'\n");
    let profile = profile.to_str().unwrap();
    let values = ["canary", "'canary'", "canary ", "canary\n", "hex:canary", "canäry canary", profile];
    for name in paygate::Settings::VARIABLES {
        for value in values {
            for json in [&NOW[..], &[&NOW[..], &["--json"]].concat()] {
                let others = GOOD.iter().filter(|(other, _)| *other != name).copied();
                let variables: Vec<_> = others.chain([(name, value)]).collect();
                let ran = doctor(&variables, json);
                assert!(ran.code == 0 || ran.code == 1);
                for text in ["canary", "Tea_Shop", GOOD[1].1, GOOD[2].1] {
                    let shown = ran.text().contains(text) || ran.stderr.contains(text);
                    assert!(!shown, "{name}={value}: {}", ran.text());
                }
            }
        }
    }
    assert!(Path::new(profile).exists());
}

#[test]
fn the_help_says_that_nothing_is_sent() {
    let help = doctor(&[], &["doctor", "--help"]);
    assert!(help.text().contains("Sends nothing") && help.text().contains("DNS"), "{}", help.text());
    assert!(!help.text().contains("--now"), "{}", help.text());
}
