//! A way in another language: a child process that is told what to do line by line.

use crate::languages::{Language, LanguageWay};
use crate::venv;
use crate::way::{Made, Task, Way};
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

pub(crate) struct Peer {
    name: String,
    version: String,
    child: Child,
    stdin: ChildStdin,
    stdout: Lines<BufReader<ChildStdout>>,
}

pub(crate) enum Start {
    Ready(Peer),
    /// What is not there, and how it comes there.
    Missing(String),
}

impl Peer {
    /// Starts the process and gives it the messages, as lines.
    pub(crate) fn start(language: &Language, way: &LanguageWay, lines: &str) -> Start {
        if !venv::runs(language.program(), language.probe) {
            return Start::Missing(format!("`{}` does not run: {}", language.program, language.install));
        }
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
        let mut child = Command::new(language.program())
            .args(way.options)
            .arg(sources.join(language.source))
            .arg(way.argument)
            .env("PEERS_INSTALLED", venv::folder())
            .env("OPENSSL_CONF", sources.join("openssl.cnf"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a program that ran just now");
        let stdin = child.stdin.take().expect("piped");
        let stdout = BufReader::new(child.stdout.take().expect("piped")).lines();
        let name = format!("{}, {}", language.name, way.name);
        let mut peer = Self { name, version: String::new(), child, stdin, stdout };
        peer.tell(lines);
        let line = peer.line();
        match line.split_once('\t') {
            Some(("ready", version)) => version.clone_into(&mut peer.version),
            Some(("missing", what)) => {
                return Start::Missing(format!("{what} is missing: {}", language.install));
            }
            _ => panic!("{}: said {line}", peer.name),
        }
        Start::Ready(peer)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    fn tell(&mut self, text: &str) {
        let told = self.stdin.write_all(text.as_bytes()).and_then(|()| self.stdin.flush());
        told.unwrap_or_else(|error| panic!("{}: does not listen: {error}", self.name));
    }

    fn line(&mut self) -> String {
        let line = self.stdout.next().unwrap_or_else(|| panic!("{}: stopped; see above", self.name));
        line.unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have stopped by itself, and then there is nothing to stop.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Way for Peer {
    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn made(&mut self) -> Made {
        self.tell("check\n");
        let mut made = Made { url: String::new(), pairs: Vec::new(), took_forged: true };
        loop {
            let line = self.line();
            match line.split('\t').collect::<Vec<_>>()[..] {
                ["url", url] => url.clone_into(&mut made.url),
                ["pair", name, value] => made.pairs.push((name.to_owned(), value.to_owned())),
                ["forged", verdict] => made.took_forged = verdict != "refused",
                ["end"] => return made,
                _ => panic!("{}: said {line}", self.name),
            }
        }
    }

    fn run(&mut self, task: Task, times: u32) -> (Duration, usize) {
        let command = match task {
            Task::Seal => "seal",
            Task::Open => "open",
        };
        self.tell(&format!("{command} {times}\n"));
        let line = self.line();
        let numbers =
            line.split_once(' ').and_then(|(nanos, total)| Some((nanos.parse().ok()?, total.parse().ok()?)));
        let (nanos, total) = numbers.unwrap_or_else(|| panic!("{}: said {line}", self.name));
        (Duration::from_nanos(nanos), total)
    }
}
