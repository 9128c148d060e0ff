//! `--env-file`.

use crate::command::{VECTOR_KEY, account, file, run, run_with};

/// Encrypts one letter by a file, in an environment.
fn encrypt_a(name: &str, content: impl AsRef<[u8]>, environment: &[(&str, &str)]) -> crate::command::Ran {
    let path = file(name, content);
    run_with(environment, &["--env-file", path.to_str().unwrap(), "encrypt"], b"A")
}

const ENCRYPTED_A: &str = "Len=1&Data=04A2A7105ECDC977\n";

#[test]
fn a_file_is_read_in_all_its_spellings() {
    for (number, content) in [
        "PAYGATE_ENCRYPTION_KEY=16CharKeyLength!",
        "PAYGATE_ENCRYPTION_KEY=\"16CharKeyLength!\"\r\n",
        "# comment\n\n  \nexport PAYGATE_ENCRYPTION_KEY='16CharKeyLength!'\nOTHER=$1\n_X=",
        "\u{feff}PAYGATE_ENCRYPTION_KEY=hex:3136436861724B65794C656E67746821\nHOME=/\nHOME=/root\n",
    ]
    .iter()
    .enumerate()
    {
        let ran = encrypt_a(&format!("spelling-{number}.env"), content, &[]);
        assert_eq!((ran.code, ran.text()), (0, ENCRYPTED_A), "{content}: {}", ran.stderr);
    }
}

#[test]
fn a_file_is_read_wherever_the_option_stands() {
    let path = file("after.env", "PAYGATE_ENCRYPTION_KEY=16CharKeyLength!");
    let ran = run_with(&[], &["encrypt", "--env-file", path.to_str().unwrap()], b"A");
    assert_eq!((ran.code, ran.text()), (0, ENCRYPTED_A));
}

#[test]
fn a_file_is_taken_instead_of_the_environment() {
    let other = [("PAYGATE_ENCRYPTION_KEY", "another key"), ("PAYGATE_CIPHER", "aes")];
    let ran = encrypt_a("instead.env", "PAYGATE_ENCRYPTION_KEY=16CharKeyLength!", &other);
    assert_eq!((ran.code, ran.text()), (0, ENCRYPTED_A));
}

#[test]
fn what_a_file_lacks_is_not_filled_in_from_the_environment() {
    let path = file("lacks.env", "PAYGATE_MERCHANT_ID=test_merchant\n");
    let path = path.to_str().unwrap();
    let ran = run(&account(), &["--env-file", path, "mac", "request"]);
    let message = format!("{path}: PAYGATE_MAC_KEY is not set");
    assert_eq!((ran.code, ran.text(), ran.messages()), (2, "", vec![&*message]));
}

#[test]
fn a_wrong_line_is_told_by_its_number_and_never_by_its_content() {
    for (name, line, problem) in [
        ("malformed", "canary without a sign", "is not NAME=VALUE"),
        ("blank", "PAYGATE_MAC_KEY =canary", "is not NAME=VALUE"),
        ("unset", "export canary", "is not NAME=VALUE"),
        ("quote", "PAYGATE_MAC_KEY='canary", "begins a quotation and does not end it"),
        ("unknown", "PAYGATE_canary=canary", "sets a PAYGATE_ variable that does not exist"),
        ("doubled", "PAYGATE_ENCRYPTION_KEY=canary", "sets a variable that a line before has set"),
        ("bytes", "PAYGATE_MAC_KEY=canary\u{ff}", "is not UTF-8"),
    ] {
        let line: Vec<u8> = line.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let content = [b"PAYGATE_ENCRYPTION_KEY=16CharKeyLength!\n\n", &line[..], b"\n"].concat();
        let ran = encrypt_a(&format!("wrong-{name}.env"), content, &[VECTOR_KEY]);
        assert_eq!((ran.code, ran.text()), (2, ""));
        let messages = ran.messages();
        assert!(
            messages.len() == 1 && messages[0].ends_with(&format!("wrong-{name}.env: line 3 {problem}")),
            "{messages:?}"
        );
        assert!(!ran.stderr.contains("canary"), "{}", ran.stderr);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_a_usage_error() {
    let missing = run(&[VECTOR_KEY], &["--env-file", "/nowhere/to\x1b/be/found.env", "encrypt"]);
    assert_eq!((missing.code, missing.text()), (2, ""));
    assert!(missing.messages()[0].starts_with(r"/nowhere/to\u{1b}/be/found.env: "), "{}", missing.stderr);

    let directory = run(&[VECTOR_KEY], &["--env-file", env!("CARGO_TARGET_TMPDIR"), "encrypt"]);
    assert_eq!(directory.code, 2);

    let large = encrypt_a("large.env", vec![b'\n'; 64 * 1024 + 1], &[VECTOR_KEY]);
    assert_eq!(large.code, 2);
    assert!(large.messages()[0].ends_with("large.env: the file is larger than 64 KiB"), "{}", large.stderr);
}
