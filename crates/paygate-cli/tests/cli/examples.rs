//! The examples in the help: each is run as it stands there.
#![cfg(unix)]

use crate::batch;
use crate::command::{account, env_file, finish, run};
use crate::doctor::roots;
use crate::open::form;
use paygate::testing::Callback;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The commands.
const COMMANDS: [&[&str]; 19] = [
    &[],
    &["encrypt"],
    &["decrypt"],
    &["mac"],
    &["mac", "request"],
    &["mac", "response"],
    &["seal"],
    &["open"],
    &["params"],
    &["code"],
    &["template"],
    &["template", "check"],
    &["batch"],
    &["batch", "write"],
    &["batch", "check"],
    &["batch", "report"],
    &["doctor"],
    &["completions"],
    &["man"],
];

/// What stands below `Example:` or `Examples:` in a help, as a script.
fn script(help: &str) -> String {
    let lines = help.lines().skip_while(|line| !line.starts_with("Example")).skip(1);
    lines.take_while(|line| line.starts_with("  ")).map(str::trim_start).collect::<Vec<_>>().join("\n")
}

/// A directory with the files that the examples name.
fn shop() -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples");
    std::fs::create_dir_all(&directory).unwrap();
    // The keys of tests are good for a simulator alone.
    let simulator = [("PAYGATE_ENDPOINT", "http://127.0.0.1:8080/")];
    let account = env_file(&[&account()[..], &simulator].concat());
    let request = "TransID=order-1\nAmount=1999\nCurrency=EUR\nOrderDesc=Tea\nFirstName=Anna\nLastName=Müller\n\
                   Email=anna@example.com\nURLSuccess=https://shop.example/s\nURLFailure=https://shop.example/f\n\
                   URLNotify=https://shop.example/n\n";
    // What a run before has written would be an earlier file.
    let _ = std::fs::remove_dir_all(directory.join("outbox"));
    for (name, content) in [
        ("refunds.csv", batch::REFUNDS),
        ("T20261122001YourMerchantId.dat", batch::SENT),
        ("P20261122001YourMerchantId.dat", batch::PAID_BACK),
        ("shop.env", account.as_str()),
        ("request.txt", request),
        ("callback.txt", &form(Callback::paid)),
        ("page.html", "<p>Tea</p><!--TRUSTLY-PAYMENT-PAGE-GOES-HERE-->"),
    ] {
        std::fs::write(directory.join(name), content).unwrap();
    }
    directory
}

#[test]
fn every_example_runs() {
    let directory = shop();
    let bin = Path::new(env!("CARGO_BIN_EXE_paygate")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(bin.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let path = path.unwrap();
    for arguments in COMMANDS {
        let help = run(&[], &[arguments, &["--help"]].concat());
        // The clock of the machine that tests is not examined.
        let script = script(help.text()).replace(" doctor", " doctor --now 1800000000");
        assert!(script.contains("paygate "), "{arguments:?}: {}", help.text());
        let mut command = Command::new("sh");
        command.args(["-e", "-c", &script]).current_dir(&directory).env_clear();
        command.env("PATH", &path).envs(account()).env("SSL_CERT_FILE", roots("examples.pem", 3));
        if arguments == ["decrypt"] {
            command.env("PAYGATE_ENCRYPTION_KEY", "16CharKeyLength!");
        }
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let ran = finish(command, b"");
        assert_eq!((ran.code, &*ran.stderr), (0, ""), "{arguments:?}: {script}");
    }
}

#[test]
fn every_command_of_the_help_is_among_those_whose_examples_are_run() {
    let help = run(&[], &["--help"]);
    let commands = help.text().lines().skip_while(|line| *line != "Commands:").skip(1);
    // What is told of a command goes on further to the right.
    let named = commands.take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    for line in named {
        let name = line.split_whitespace().next().unwrap();
        assert!(
            name == "help" || COMMANDS.iter().any(|arguments| arguments.first() == Some(&name)),
            "{name}"
        );
    }
}
