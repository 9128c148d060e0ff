//! A peer: a child process that reads a line for each message and answers with one.

use crate::venv;
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;

pub(crate) struct Peer {
    child: Child,
    stdin: ChildStdin,
    stdout: Lines<BufReader<ChildStdout>>,
    version: String,
}

impl Peer {
    /// OpenSSL, called by any Python.
    pub(crate) fn openssl() -> Self {
        let mut command = Command::new("python3");
        command.arg(source("tests/differential/peer.py")).arg("openssl");
        Self::start(command)
    }

    /// Python of a virtual environment, where pycryptodome is or is put now.
    pub(crate) fn pycryptodome() -> Self {
        venv::install();
        let mut command = Command::new(venv::python());
        command.arg(source("tests/differential/peer.py")).arg("pycryptodome");
        Self::start(command)
    }

    pub(crate) fn php() -> Self {
        let mut command = Command::new("php");
        command.arg(source("tests/differential/peer.php"));
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        let mut child = command
            // It gives PHP the cipher bf-ecb.
            .env("OPENSSL_CONF", source("crates/paygate/benches/peers/openssl.cnf"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("{}: {error} (README.md says what is needed)", command.get_program().display())
            });
        let stdin = child.stdin.take().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut peer = Self { child, stdin, stdout, version: String::new() };
        peer.version = peer.line();
        peer
    }

    /// What it is, with versions.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// What it answers to each line.
    pub(crate) fn answers(&mut self, lines: &[String]) -> Vec<String> {
        let text = lines.join("\n") + "\n";
        let (stdin, stdout) = (&mut self.stdin, &mut self.stdout);
        thread::scope(|scope| {
            // It answers while it is told: nobody waits for a pipe that is full.
            scope.spawn(move || {
                let _ = stdin.write_all(text.as_bytes()).and_then(|()| stdin.flush());
            });
            lines.iter().map(|_| stdout.next().expect("the peer stopped; see above").unwrap()).collect()
        })
    }

    fn line(&mut self) -> String {
        self.stdout.next().expect("the peer did not start; see above").unwrap()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(path)
}
