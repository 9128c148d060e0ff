//! `Settings::examine`: what it finds in settings that a shop may really have, and what it never shows.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where an input path may not"
)]

use paygate::{Settings, Severity};

type Variables<'a> = &'a [(&'a str, &'a str)];

/// An account with which nothing is wrong.
const GOOD: [(&str, &str); 3] = [
    ("PAYGATE_MERCHANT_ID", "Tea_Shop"),
    ("PAYGATE_ENCRYPTION_KEY", "Xk4!pQ9?zR2_mN7="),
    ("PAYGATE_MAC_KEY", "bT8#wE5*gH1)cV6(sD3&fJ0%kL4$qA9!"),
];

/// The good account with other values for some variables.
fn with(changes: Variables<'_>) -> Settings {
    Settings::from_lookup(|name| {
        let found = changes.iter().chain(&GOOD).find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

/// What is not fine, as severity and text.
fn found(changes: Variables<'_>) -> Vec<(Severity, String)> {
    let findings = with(changes).examine();
    let other = findings.iter().filter(|finding| finding.severity() != Severity::Fine);
    other.map(|finding| (finding.severity(), finding.to_string())).collect()
}

#[track_caller]
fn finds(changes: Variables<'_>, severity: Severity, text: &str) {
    let found = found(changes);
    assert!(found.len() == 1 && found[0].0 == severity && found[0].1.starts_with(text), "{text}: {found:#?}");
}

/// What is told of one variable.
fn told(changes: Variables<'_>, variable: &str) -> String {
    let findings = with(changes).examine();
    findings.iter().find(|finding| finding.subject() == variable).unwrap().text().to_owned()
}

#[test]
fn nothing_is_wrong_with_a_good_account_and_every_variable_is_told_in_order() {
    assert_eq!(found(&[]), []);
    let settings = with(&[]).examine();
    let subjects: Vec<_> = settings.iter().map(paygate::Finding::subject).collect();
    assert_eq!(subjects, Settings::VARIABLES);
    assert_eq!(settings[1].text(), "is set, length 16");
    assert_eq!(told(&[], "PAYGATE_PROFILE"), "is not set: Computop's own rules");
}

#[test]
fn an_empty_environment_lacks_three_variables_and_no_more() {
    let findings = Settings::from_lookup(|_| None).examine();
    assert_eq!(findings.len(), Settings::VARIABLES.len());
    let missing: Vec<_> = findings.iter().filter(|finding| finding.severity() != Severity::Fine).collect();
    assert_eq!(missing.len(), 3);
    assert!(missing.iter().all(|finding| finding.text() == "is not set"), "{missing:?}");
}

#[test]
fn what_copying_adds_to_a_password_is_a_problem() {
    for name in ["PAYGATE_ENCRYPTION_KEY", "PAYGATE_MAC_KEY", "PAYGATE_MAC_KEY_PREVIOUS"] {
        let blank = format!("{name}: the text of the key starts or ends with a blank");
        for value in ["Xk4!pQ9?zR2_mN7 ", "Xk4!pQ9?zR2_mN7=\n", "\tXk4!pQ9?zR2_mN7="] {
            finds(&[(name, value)], Severity::Problem, &blank);
        }
        finds(
            &[(name, "\"Xk4!pQ9?zR2_mN\"")],
            Severity::Problem,
            &format!("{name}: stands in quotation marks"),
        );
        finds(
            &[(name, "Xk4!pQ9?\u{200b}zR2_")],
            Severity::Problem,
            &format!("{name}: holds a character that is"),
        );
        finds(&[(name, "Xk4!pQ9?\nzR2_mN7")], Severity::Problem, &format!("{name}: holds a line break"));
    }
}

#[test]
fn bytes_that_are_written_as_hex_are_meant() {
    finds(&[("PAYGATE_MAC_KEY", "hex:22C3A422")], Severity::Advice, "PAYGATE_MAC_KEY: has 4 bytes");
    finds(&[("PAYGATE_MAC_KEY", "hex:6d79536563726574")], Severity::Problem, "PAYGATE_MAC_KEY: is a sample");
    finds(&[("PAYGATE_MAC_KEY", "hex:0")], Severity::Problem, "PAYGATE_MAC_KEY: `hex:` must be followed");
    let digits = format!("hex:{}", "0fc3".repeat(16));
    assert_eq!(told(&[("PAYGATE_MAC_KEY", &digits)], "PAYGATE_MAC_KEY"), "is set, length 32 in bytes");
}

#[test]
fn a_password_of_an_unusual_length_is_worth_a_look() {
    let key = "PAYGATE_ENCRYPTION_KEY";
    finds(&[(key, "Xk4!pQ9?zR2_mN")], Severity::Advice, "PAYGATE_ENCRYPTION_KEY: has 14 bytes; Computop's");
    let long = "Xk4!pQ9?zR2_mN7=Xk4!pQ9?zR2_mN7+";
    finds(&[(key, long)], Severity::Advice, "PAYGATE_ENCRYPTION_KEY: has 32 bytes, as passwords for AES");
    assert_eq!(found(&[(key, long), ("PAYGATE_CIPHER", "aes")]), []);
    assert_eq!(found(&[("PAYGATE_CIPHER", "AES")]), []);
    let short = [(key, "Xk4!pQ9?zR2_mN"), ("PAYGATE_CIPHER", "aes")];
    finds(&short, Severity::Problem, "PAYGATE_ENCRYPTION_KEY: an AES key has 16, 24 or 32 bytes, not 14");
    finds(&[("PAYGATE_MAC_KEY", "Xk4!pQ9?zR2_mN7+")], Severity::Advice, "PAYGATE_MAC_KEY: has 16 bytes");
}

#[test]
fn values_that_are_the_same_where_they_must_differ_are_found() {
    let hex = "hex:586b34217051393f7a52325f6d4e373d";
    let both = "PAYGATE_ENCRYPTION_KEY: is the same as PAYGATE_MAC_KEY";
    assert!(
        found(&[("PAYGATE_MAC_KEY", hex)])
            .contains(&(Severity::Problem, format!("{both}: Computop gives two passwords")))
    );
    finds(
        &[("PAYGATE_MERCHANT_ID", GOOD[1].1)],
        Severity::Problem,
        "PAYGATE_MERCHANT_ID: is the same as PAYGATE_E",
    );
    let name = "PAYGATE_ENCRYPTION_KEY_PREVIOUS";
    finds(
        &[(name, GOOD[1].1)],
        Severity::Advice,
        "PAYGATE_ENCRYPTION_KEY_PREVIOUS: is the same as the current",
    );
}

#[test]
fn placeholders_are_a_problem_but_against_a_simulator() {
    for (name, value) in [
        ("PAYGATE_MERCHANT_ID", "YourMerchantId"),
        ("PAYGATE_ENCRYPTION_KEY", "throw-away-key-1"),
        ("PAYGATE_MAC_KEY", "mySecret"),
        ("PAYGATE_MAC_KEY", "changeme"),
    ] {
        let text = format!("{name}: is a sample or a placeholder");
        finds(&[(name, value)], Severity::Problem, &text);
        let simulated = found(&[(name, value), ("PAYGATE_ENDPOINT", "http://127.0.0.1:8080/")]);
        assert!(simulated.iter().all(|(severity, _)| *severity == Severity::Advice), "{simulated:?}");
    }
}

#[test]
fn a_merchant_id_that_is_none_is_told_with_its_rule() {
    let name = "PAYGATE_MERCHANT_ID";
    finds(&[(name, "Tea*Shop")], Severity::Problem, "PAYGATE_MERCHANT_ID: character 4 is not allowed");
    finds(&[(name, "Tea_Shop\n")], Severity::Problem, "PAYGATE_MERCHANT_ID: ");
    finds(&[(name, "'Tea_Shop'")], Severity::Problem, "PAYGATE_MERCHANT_ID: stands in quotation marks");
}

#[test]
fn ciphers_are_told_where_they_stand() {
    finds(&[("PAYGATE_CIPHER", "des")], Severity::Problem, "PAYGATE_CIPHER: is neither blowfish nor aes");
    finds(&[("PAYGATE_CIPHER_PREVIOUS", "des")], Severity::Problem, "PAYGATE_CIPHER_PREVIOUS: is neither");
    let to_aes = [("PAYGATE_CIPHER", "aes"), ("PAYGATE_ENCRYPTION_KEY_PREVIOUS", "oT8#wE5*gH1)cV6(")];
    finds(&to_aes, Severity::Problem, "PAYGATE_CIPHER_PREVIOUS: is not set");
    let told = [to_aes[0], to_aes[1], ("PAYGATE_CIPHER_PREVIOUS", "blowfish")];
    assert_eq!(found(&told), []);
}

#[test]
fn an_endpoint_is_a_known_host_or_this_machine_or_worth_a_look() {
    let name = "PAYGATE_ENDPOINT";
    for known in ["https://www.computop-paygate.com", "https://Paymentpage.axepta.bnpparibas:443/"] {
        assert_eq!(found(&[(name, known)]), [], "{known}");
    }
    for local in ["http://127.0.0.1:8080/", "https://localhost:8443/", "http://[::1]:9/", "https://127.3.2.1"]
    {
        finds(&[(name, local)], Severity::Advice, "PAYGATE_ENDPOINT: is on this machine");
    }
    for unknown in
        ["https://pay.bank.example/", "https://localhost.example/", "https://www.computop-paygate.com:8443/"]
    {
        finds(&[(name, unknown)], Severity::Advice, "PAYGATE_ENDPOINT: is not a known host");
    }
    finds(
        &[(name, "http://www.computop-paygate.com/")],
        Severity::Problem,
        "PAYGATE_ENDPOINT: is no usable URL",
    );
    let file = "https://www.computop-paygate.com/Trustly.aspx";
    finds(&[(name, file)], Severity::Problem, "PAYGATE_ENDPOINT: names a file");
}

#[test]
fn every_wrong_line_of_a_profile_is_a_problem() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("examine.toml");
    let path = path.to_str().unwrap();
    std::fs::write(path, "endpoint = 'https://pay.bank.example/'").unwrap();
    finds(
        &[("PAYGATE_PROFILE", path)],
        Severity::Advice,
        "PAYGATE_ENDPOINT: is not set, and the profile's is not",
    );
    assert_eq!(told(&[("PAYGATE_PROFILE", path)], "PAYGATE_PROFILE"), "is read");
    std::fs::write(path, "minimum = 'canary'\ncanary = 1\n").unwrap();
    let problems = found(&[("PAYGATE_PROFILE", path)]);
    assert_eq!(problems.len(), 3);
    assert!(
        problems[0].1.starts_with("PAYGATE_ENDPOINT: is not set, and the profile that may say it"),
        "{problems:?}"
    );
    assert!(problems[1].1.starts_with("PAYGATE_PROFILE: line 1: minimum must be"), "{problems:?}");
    assert!(problems[2].1.starts_with("PAYGATE_PROFILE: line 2: "), "{problems:?}");
    let missing = found(&[("PAYGATE_PROFILE", "/nowhere/canary")]);
    assert!(missing[1].1.starts_with("PAYGATE_PROFILE: there is no such file"), "{missing:?}");
}

#[test]
fn what_makes_no_merchant_is_a_problem_and_no_value_is_ever_shown() {
    let values = [
        "",
        "canary",
        "canary ",
        "'canary'",
        "hex:canary",
        "canary*",
        "canäry",
        "ca\nnary",
        "https://canary.example/",
    ];
    for name in Settings::VARIABLES {
        for value in values {
            for cipher in ["", "aes"] {
                let settings = with(&[(name, value), ("PAYGATE_CIPHER", cipher)]);
                let findings = settings.examine();
                let problem = findings.iter().any(|finding| finding.severity() == Severity::Problem);
                assert!(problem || settings.merchant().is_ok(), "{name}={value}: {findings:?}");
                let shown = format!("{findings:?}");
                let leaked = ["canary", "canäry", "nary", GOOD[1].1, GOOD[2].1, GOOD[0].1];
                assert!(!leaked.iter().any(|text| shown.contains(text)), "{name}={value}: {shown}");
            }
        }
    }
}
