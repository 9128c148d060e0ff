//! Standard streams: what is never in them, and what happens when they cannot be written.

use crate::command::{VECTOR_KEY, account, command, finish, run, run_with};
use crate::open::form;
use paygate::testing::{self, Callback};
use std::process::Stdio;

#[test]
fn no_key_is_in_any_output() {
    let callback = form(Callback::paid);
    let callback = callback.as_str();
    let good = account();
    let [id, encryption, _] = good;
    let rotated = [&good[..], &[("PAYGATE_MAC_KEY_PREVIOUS", "canary-previous")]].concat();
    let broken: [&[(&str, &str)]; 6] = [
        &[id, encryption, ("PAYGATE_MAC_KEY", "canary\n")],
        &[id, encryption, ("PAYGATE_MAC_KEY", "hex:canary")],
        &[
            id,
            (
                "PAYGATE_ENCRYPTION_KEY",
                "canary-canary-canary-canary-canary-canary-canary-canary-canary-canary-canary",
            ),
        ],
        &[id, ("PAYGATE_ENCRYPTION_KEY", "canary"), ("PAYGATE_CIPHER", "aes")],
        &[id, ("PAYGATE_ENCRYPTION_KEY", "k"), ("PAYGATE_CIPHER", "canary")],
        &[("PAYGATE_MERCHANT_ID", "canary*canary"), ("PAYGATE_MAC_KEY", "canary")],
    ];
    let commands: [&[&str]; 9] = [
        &["encrypt"],
        &["decrypt", "--len", "8", "04A2A7105ECDC977"],
        &["decrypt", "--len", "9", "04A2A7105ECDC977"],
        &["mac", "request", "--trans-id", "a"],
        &["mac", "response", "--trans-id", "*"],
        &["seal", "trustly", "TransID=a"],
        &["open", callback],
        &["open", "Len=8&Data=04A2A7105ECDC977"],
        &["open"],
    ];
    for variables in [&good[..], &rotated].into_iter().chain(broken) {
        for arguments in commands {
            for json in [&[][..], &["--json"]] {
                let ran = run_with(variables, &[arguments, json].concat(), b"text");
                for key in [testing::ENCRYPTION_KEY, testing::MAC_KEY, "canary"] {
                    let found = ran.stderr.contains(key)
                        || ran.stdout.windows(key.len()).any(|part| part == key.as_bytes());
                    assert!(!found, "{arguments:?}: {}", ran.stderr);
                }
            }
        }
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let mut child = command(&[VECTOR_KEY], &["encrypt"]).stdin(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));
}

#[test]
fn a_reader_who_leaves_early_makes_no_failed_payment_paid() {
    let callback = form(|expected| Callback::failed(expected, "22060203"));
    let mut child = command(&account(), &["open", "--trans-id", "order-1", &callback]).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(1));
}

#[test]
#[cfg(target_os = "linux")]
fn a_result_that_cannot_be_written_is_an_error() {
    let commands: [&[&str]; 5] =
        [&["encrypt"], &["encrypt", "--json"], &["params", "trustly"], &["man"], &["completions", "zsh"]];
    for arguments in commands {
        let mut command = command(&[VECTOR_KEY], arguments);
        command.stdout(std::fs::File::create("/dev/full").unwrap());
        let ran = finish(command, b"A");
        assert_eq!(ran.code, 1);
        assert!(ran.messages()[0].starts_with("standard output: "), "{}", ran.stderr);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn messages_that_cannot_be_written_change_nothing() {
    let callback = form(Callback::paid);
    for (arguments, code) in
        [(vec!["open", &callback], 0), (vec!["open", "Len=1&Data=0"], 1), (vec!["open"], 2)]
    {
        let mut command = command(&account(), &arguments);
        command.stderr(std::fs::File::create("/dev/full").unwrap());
        assert_eq!(finish(command, b"").code, code);
    }
}

/// A directory that is there; nothing is left in it.
#[cfg(unix)]
const STDIN_OUTBOX: &str = env!("CARGO_TARGET_TMPDIR");

#[test]
#[cfg(unix)]
fn standard_input_that_cannot_be_read_is_a_usage_error() {
    for arguments in [
        &["encrypt"][..],
        &["decrypt", "--len", "1", "-"],
        &["seal", "trustly", "-"],
        &["open", "-"],
        &["template", "check", "-"],
        &["batch", "check", "-"],
        &["batch", "write", "--version", "2.0", "--date", "20261122", "--from", "-", "--to", STDIN_OUTBOX],
        &["batch", "report", "-", "-"],
    ] {
        let mut command = command(&account(), arguments);
        command.stdin(std::fs::File::open("/").unwrap());
        let output = command.output().unwrap();
        assert_eq!((output.status.code(), &*output.stdout), (Some(2), &b""[..]));
        assert!(output.stderr.starts_with(b"paygate: standard input: "));
    }
}

#[test]
fn nothing_is_coloured_on_a_pipe() {
    for arguments in [&["--help"][..], &["nonsense"], &["encrypt"]] {
        let ran = run(&[("TERM", "xterm-256color")], arguments);
        assert!(!ran.stderr.contains('\x1b') && !ran.text().contains('\x1b'));
    }
}
