//! How many records a second are written, checked and reconciled, and how much memory that takes.
//!
//! `cargo bench -p paygate-batch --bench batch` makes files of 100,000, one million and ten million records. Each job is a process
//! of its own, whose greatest memory the kernel tells; over the greatest file the jobs take turns with the crate `csv`, which reads
//! plain byte records, and with a script in Python. `-- --records N` sets the greatest number, `-- --passes N` how often,
//! `-- --json FILE` writes the figures, and `-- --test` runs everything once over few records and compares no times.
#![allow(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a bench may stop where an input path may not"
)]

mod given;
mod job;
mod report;

use job::{Files, Job};
use report::Figures;
use std::env::args;
use std::path::{Path, PathBuf};

fn main() {
    let arguments: Vec<String> = args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--child") {
        return job::child(&arguments[at + 1..]);
    }
    let is_test = arguments.iter().any(|argument| argument == "--test");
    let most = number("--records").unwrap_or(if is_test { 20_000 } else { 10_000_000 });
    let passes = number("--passes").unwrap_or(if is_test { 1 } else { 3 });
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("batch");
    let mut figures = Figures::default();
    for records in [most / 100, most / 10, most] {
        let files = Files::make(&directory, records);
        for pass in 1..=passes {
            eprintln!("{records} records, pass {pass} of {passes}");
            for job in Job::ALL {
                // The others are there for their times alone.
                if records == most || job.is_ours() {
                    figures.add(records, job, job.run(&files));
                }
            }
        }
        files.remove();
    }
    print!("{figures}");
    figures.assert_bounded();
    if let Some(file) = argument("--json") {
        figures.write(Path::new(&file));
    }
}

fn argument(name: &str) -> Option<String> {
    args().skip_while(|argument| argument != name).nth(1)
}

fn number(name: &str) -> Option<u64> {
    argument(name).map(|text| text.parse().expect("a number"))
}
