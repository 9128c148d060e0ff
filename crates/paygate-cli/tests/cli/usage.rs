//! How the command is called, and what it needs.

use crate::command::{VECTOR_KEY, account, run, run_with};

#[test]
fn wrong_arguments_end_with_2() {
    let wrong: [&[&str]; 17] = [
        &[],
        &["nonsense"],
        &["--nonsense"],
        &["--env-file"],
        &["encrypt", "text"],
        &["decrypt"],
        &["decrypt", "04A2A7105ECDC977"],
        &["decrypt", "--len", "x", "04A2A7105ECDC977"],
        &["decrypt", "--len", "-1", "04A2A7105ECDC977"],
        &["decrypt", "--len", "1", "04A2", "A710"],
        &["mac"],
        &["mac", "request", "--status", "OK"],
        &["seal"],
        &["seal", "trustly"],
        &["seal", "paypal", "TransID=1"],
        &["open", "--trans-id", "a*b", "Len=1&Data=00"],
        &["open", "--trans-id", "", "Len=1&Data=00"],
    ];
    for arguments in wrong {
        let ran = run(&account(), arguments);
        assert_eq!((ran.code, ran.text()), (2, ""), "{arguments:?}");
        assert_ne!(ran.stderr, "", "{arguments:?}");
    }
}

#[test]
fn a_missing_variable_ends_with_2_and_is_named() {
    let [id, encryption, mac] = account();
    for (variables, arguments, missing) in [
        (&[id, mac][..], &["encrypt"][..], "PAYGATE_ENCRYPTION_KEY"),
        (&[id, mac], &["decrypt", "--len", "1", "00"], "PAYGATE_ENCRYPTION_KEY"),
        (&[encryption, mac], &["mac", "request"], "PAYGATE_MERCHANT_ID"),
        (&[id, encryption], &["mac", "response"], "PAYGATE_MAC_KEY"),
        (&[encryption, mac], &["seal", "trustly", "a=b"], "PAYGATE_MERCHANT_ID"),
        (&[id, mac], &["open", "Len=1&Data=00"], "PAYGATE_ENCRYPTION_KEY"),
        (&[id, encryption], &["open", "Len=1&Data=00", "--json"], "PAYGATE_MAC_KEY"),
    ] {
        let ran = run(variables, arguments);
        let message = format!("{missing} is not set");
        assert_eq!((ran.code, ran.messages()), (2, vec![&*message]));
        let json = format!("{{\"error\":{{\"step\":\"configuration\",\"message\":\"{message}\"}}}}\n");
        assert_eq!(ran.text(), if arguments.contains(&"--json") { json } else { String::new() });
    }
}

#[test]
fn a_command_needs_only_what_it_uses() {
    let [id, _, mac] = account();
    // What is not needed is not even looked at.
    let broken =
        [("PAYGATE_MERCHANT_ID", "*"), ("PAYGATE_MAC_KEY", ""), ("PAYGATE_ENDPOINT", "x"), VECTOR_KEY];
    assert_eq!(run_with(&[VECTOR_KEY], &["encrypt"], b"A").code, 0);
    assert_eq!(run_with(&broken, &["encrypt"], b"A").code, 0);
    assert_eq!(run(&broken, &["decrypt", "--len", "1", "04A2A7105ECDC977"]).text(), "A");
    assert_eq!(run(&[id, mac, ("PAYGATE_ENCRYPTION_KEY", "")], &["mac", "request"]).code, 0);
}

#[test]
fn help_and_version_end_with_0() {
    for arguments in [
        &["--help"][..],
        &["-h"],
        &["help"],
        &["help", "mac", "request"],
        &["encrypt", "--help"],
        &["decrypt", "--help"],
        &["mac", "--help"],
        &["mac", "request", "--help"],
        &["mac", "response", "--help"],
        &["seal", "--help"],
        &["open", "--help"],
        &["params", "--help"],
        &["code", "--help"],
        &["template", "--help"],
        &["template", "check", "--help"],
        &["batch", "--help"],
        &["batch", "write", "--help"],
        &["batch", "check", "--help"],
        &["batch", "report", "--help"],
        &["doctor", "--help"],
        &["completions", "--help"],
        &["man", "--help"],
    ] {
        let ran = run(&[], arguments);
        assert_eq!((ran.code, &*ran.stderr), (0, ""), "{arguments:?}");
        assert!(ran.text().contains("Example"), "{arguments:?}");
    }
    let ran = run(&[], &["--version"]);
    assert_eq!((ran.code, ran.text()), (0, concat!("paygate ", env!("CARGO_PKG_VERSION"), "\n")));
}

#[test]
fn the_help_of_decrypt_says_which_key_is_used() {
    assert!(run(&[], &["decrypt", "--help"]).text().contains("uses no previous one"));
}

#[test]
fn every_variable_stands_in_the_help_and_in_the_readme() {
    let help = run(&[], &["--help"]);
    let readme = include_str!("../../../../README.md");
    for name in paygate::Settings::VARIABLES {
        assert!(help.text().contains(name), "{name}");
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
}
