//! What the figures were measured on.

use serde::Serialize;
use std::fs;
use std::process::Command;
use std::thread;

/// The machine, the compiler, and the day if somebody told it.
#[derive(Serialize)]
pub(crate) struct Machine {
    cpu: String,
    cores: usize,
    os: &'static str,
    rustc: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}

impl Machine {
    /// This one.
    pub(crate) fn of(date: Option<String>) -> Self {
        Self {
            cpu: cpu().unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
            cores: thread::available_parallelism().map_or(1, usize::from),
            os: std::env::consts::OS,
            rustc: rustc().unwrap_or_else(|| "an unknown rustc".to_owned()),
            date,
        }
    }

    /// In one line, as it stands under a plot.
    pub(crate) fn line(&self) -> String {
        let Self { cpu, cores, os, rustc, date } = self;
        let date = date.as_ref().map_or_else(String::new, |date| format!(", {date}"));
        format!("{cpu}, {cores} cores, {os}, {rustc}{date}")
    }
}

fn cpu() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// The compiler that is chosen here, as "rustc 1.95.0".
fn rustc() -> Option<String> {
    let output = Command::new("rustc").arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.split(" (").next().map(|version| version.trim().to_owned())
}
