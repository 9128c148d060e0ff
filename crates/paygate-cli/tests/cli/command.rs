//! Running the command.

use paygate::testing;
use serde_json::Value;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The key of the vectors, `vectors/computop.json`.
pub(crate) const VECTOR_KEY: (&str, &str) = ("PAYGATE_ENCRYPTION_KEY", "16CharKeyLength!");

/// The account of `paygate::testing::merchant()`.
pub(crate) fn account() -> [(&'static str, &'static str); 3] {
    [
        ("PAYGATE_MERCHANT_ID", testing::MERCHANT_ID.as_str()),
        ("PAYGATE_ENCRYPTION_KEY", testing::ENCRYPTION_KEY),
        ("PAYGATE_MAC_KEY", testing::MAC_KEY),
    ]
}

/// What the command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Ran {
    /// Standard output, which is text.
    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.stdout).unwrap()
    }

    /// Standard output, which is one line of JSON.
    pub(crate) fn json(&self) -> Value {
        let text = self.text();
        assert_eq!(text.find('\n'), Some(text.len() - 1), "one line: {text}");
        serde_json::from_str(text).unwrap()
    }

    /// The lines on standard error without the `paygate: ` that each must have.
    pub(crate) fn messages(&self) -> Vec<&str> {
        self.stderr.lines().map(|line| line.strip_prefix("paygate: ").expect(line)).collect()
    }
}

/// The command with nothing in its environment but what is given.
pub(crate) fn command(variables: &[(&str, &str)], arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_paygate"));
    command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    command.envs(variables.iter().copied()).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs without standard input.
pub(crate) fn run(variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
    finish(command(variables, arguments), b"")
}

/// Runs with standard input.
pub(crate) fn run_with(variables: &[(&str, &str)], arguments: &[&str], stdin: &[u8]) -> Ran {
    finish(command(variables, arguments), stdin)
}

/// Runs a command.
pub(crate) fn finish(mut command: Command, stdin: &[u8]) -> Ran {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    match child.stdin.take().unwrap().write_all(stdin) {
        // It may refuse before it has read everything.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => panic!("{error}"),
        _ => {}
    }
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().expect("no signal"),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What a file for `--env-file` holds.
pub(crate) fn env_file(variables: &[(&str, &str)]) -> String {
    variables.iter().map(|(name, value)| format!("{name}='{value}'\n")).collect::<Vec<_>>().concat()
}

/// A file for one test, by a name that no other test uses.
pub(crate) fn file(name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path
}
