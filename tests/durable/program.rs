//! The shop's program: started on a port that it keeps, and killed as by `kill -9`.

use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

pub(crate) struct Program {
    child: Child,
    port: u16,
}

impl Program {
    /// Returns when it answers.
    pub(crate) fn start(mut command: Command, port: u16) -> Self {
        command.args(["--port", &port.to_string()]);
        Self::run(command, port)
    }

    /// The same, for a command that has its port.
    pub(crate) fn run(mut command: Command, port: u16) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, format!("listening on http://127.0.0.1:{port}\n"), "it did not start");
        Self { child, port }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// It gets no time to end anything.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        assert!(status.code().is_none(), "it had ended before it was killed: {status}");
    }

    /// Whether it still runs.
    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let mut rest = String::new();
        let _ = self.child.stdout.take().map(|mut stdout| stdout.read_to_string(&mut rest));
    }
}

/// A port on which nobody listens. It is none of those that the system gives to whoever calls: while the program is away, a
/// caller could get the very port that it calls, and would talk to itself.
pub(crate) fn port() -> u16 {
    ports(1)
}

/// The first of so many in a row.
pub(crate) fn ports(count: u16) -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 10_000).unwrap();
    loop {
        let ports = first + NEXT.fetch_add(count, Ordering::Relaxed);
        let is_free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
        if (ports..ports + count).all(is_free) {
            return ports;
        }
    }
}
