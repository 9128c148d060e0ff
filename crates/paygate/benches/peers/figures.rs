//! The times of all ways, as a table for people and as JSON for programs.

use crate::way::Task;
use serde_json::{Value, json};
use std::fmt;
use std::time::Duration;

/// What was measured of each way, this library's first.
pub(crate) struct Figures(Vec<Measured>);

struct Measured {
    name: String,
    version: String,
    /// For each task, how long one message took in each round.
    times: [Vec<Duration>; 2],
}

/// In microseconds, and how many times as long as this library's.
struct Summary {
    least: f64,
    median: f64,
    ratio_of_least: f64,
    ratio: f64,
}

impl Figures {
    pub(crate) fn of<'a>(ways: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let measured = |(name, version): (&str, &str)| Measured {
            name: name.to_owned(),
            version: version.to_owned(),
            times: [Vec::new(), Vec::new()],
        };
        Self(ways.map(measured).collect())
    }

    /// Adds what a message took in a round.
    pub(crate) fn add(&mut self, way: usize, task: Task, time: Duration) {
        self.0[way].times[task as usize].push(time);
    }

    pub(crate) fn json(&self, rounds: usize, absent: &[(String, String)]) -> String {
        let ways = self.0.iter().map(|way| {
            let [seal, open] = self.summaries(way).map(|summary| summary.json());
            json!({ "way": way.name, "version": way.version, "seal": seal, "open": open })
        });
        let absent = absent.iter().map(|(way, what)| json!({ "way": way, "what": what }));
        let all = json!({
            "rounds": rounds,
            "ways": ways.collect::<Vec<_>>(),
            "not_run": absent.collect::<Vec<_>>(),
        });
        format!("{all:#}\n")
    }

    fn summaries(&self, way: &Measured) -> [Summary; 2] {
        Task::ALL.map(|task| {
            let [ours, theirs] = [&self.0[0], way].map(|way| least_and_median(&way.times[task as usize]));
            let [ratio_of_least, ratio] = [theirs.0 / ours.0, theirs.1 / ours.1];
            Summary { least: theirs.0, median: theirs.1, ratio_of_least, ratio }
        })
    }
}

impl Summary {
    fn json(&self) -> Value {
        json!({
            "min_us": self.least,
            "median_us": self.median,
            "ratio_of_min": self.ratio_of_least,
            "ratio_of_median": self.ratio,
        })
    }
}

fn least_and_median(times: &[Duration]) -> (f64, f64) {
    let mut times: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1e6).collect();
    times.sort_unstable_by(f64::total_cmp);
    (times[0], times[times.len() / 2])
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:26} {:>32} {:>32}", "µs a message", "seal 700 bytes", "open 900 bytes")?;
        writeln!(
            f,
            "{:26} {1:>10} {2:>10} {3:>10} {1:>10} {2:>10} {3:>10}",
            "", "minimum", "median", "to ours"
        )?;
        for way in &self.0 {
            write!(f, "{:26}", way.name)?;
            for Summary { least, median, ratio, .. } in self.summaries(way) {
                write!(f, " {least:>10.2} {median:>10.2} {ratio:>9.1}×")?;
            }
            writeln!(f, "  {}", way.version)?;
        }
        Ok(())
    }
}
