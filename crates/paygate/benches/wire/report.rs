//! What is printed, and what is written for programs to read.

use crate::rounds::Times;
use serde_json::{Map, Value, json};
use std::fmt::{self, Write};
use std::fs;
use std::path::Path;

/// Times, in the order in which they were measured first, and what follows from them in words.
#[derive(Default)]
pub(crate) struct Report(Vec<Entry>, String);

struct Entry {
    name: String,
    /// Under which name a stage's ratio is written; a whole path has names of its own for each way.
    key: Option<&'static str>,
    times: Vec<Times>,
}

impl Report {
    /// A whole message: the times of this library, then any of `straightforward`, `kept`, `limit`.
    pub(crate) fn path(&mut self, name: &str, times: Vec<Times>) {
        self.add(name, None, times);
    }

    /// A stage: this library's times, then those that they are divided by.
    pub(crate) fn stage(&mut self, name: &str, key: &'static str, times: Vec<Times>) {
        self.add(name, Some(key), times);
    }

    fn add(&mut self, name: &str, key: Option<&'static str>, times: Vec<Times>) {
        match self.0.iter_mut().find(|known| known.name == name) {
            Some(known) => known.times.iter_mut().zip(times).for_each(|(known, later)| known.extend(later)),
            None => self.0.push(Entry { name: name.to_owned(), key, times }),
        }
    }

    /// What lies between a whole path and its limit, stage by stage, and what no stage accounts for.
    pub(crate) fn between(&mut self, path: &str, stages: &[&str]) {
        let times_of = |name: &str| {
            let entry = self.0.iter().find(|entry| entry.name == name).expect("measured before");
            [entry.times[0].least(), entry.times[entry.times.len() - 1].least()]
        };
        let [mut ours, mut limit] = times_of(path);
        let more = |ours: f64, limit: f64| format!("{} of {}", micros(ours - limit), micros(limit));
        let _ = write!(self.1, "{path} takes more than its limit by {}:", more(ours, limit));
        for stage in stages {
            let [stage_ours, stage_limit] = times_of(stage);
            let _ = write!(self.1, " {stage} {},", more(stage_ours, stage_limit));
            (ours, limit) = (ours - stage_ours, limit - stage_limit);
        }
        let _ = writeln!(self.1, " all else {}", more(ours, limit));
    }

    /// Writes the figures as JSON.
    pub(crate) fn write(&self, file: &Path) {
        let figures: Map<String, Value> =
            self.0.iter().map(|entry| (entry.name.clone(), Value::Object(entry.figures()))).collect();
        let text = serde_json::to_string_pretty(&figures).expect("numbers") + "\n";
        fs::write(file, text).expect("a file that can be written");
    }
}

impl Entry {
    /// Every way's name in the figures, and the ratio to it by least times and by medians.
    fn ratios(&self) -> Vec<(String, &Times, f64, f64)> {
        let (ours, others) = self.times.split_first().expect("a time of ours");
        let ratio = |other: &Times| [ours.least() / other.least(), ours.median() / other.median()];
        let of_other = |other| {
            let [least, median] = ratio(other);
            match (self.key, other.name) {
                (Some(key), _) => (key.to_owned(), other, least, median),
                (None, "limit") => ("over_limit".to_owned(), other, least, median),
                // How many times as fast.
                (None, name) => (format!("vs_{name}"), other, least.recip(), median.recip()),
            }
        };
        others.iter().map(of_other).collect()
    }

    fn figures(&self) -> Map<String, Value> {
        let ours = &self.times[0];
        let mut figures = Map::new();
        figures.insert("ns".to_owned(), rounded(ours.least()));
        figures.insert("median_ns".to_owned(), rounded(ours.median()));
        figures.insert("allocs".to_owned(), ours.allocations.into());
        for (key, other, least, median) in self.ratios() {
            figures.insert(format!("{key}_by_medians"), rounded(median));
            figures.insert(format!("{}_ns", other.name.replace(' ', "_")), rounded(other.least()));
            figures.insert(key, rounded(least));
        }
        figures
    }
}

/// To thousandths.
fn rounded(figure: f64) -> Value {
    json!((figure * 1e3).round() / 1e3)
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ours = &self.times[0];
        write!(f, "{:<16} {:>10}", self.name, micros(ours.least()))?;
        if self.key.is_none() {
            write!(f, " {:>2} allocations", ours.allocations)?;
        }
        for (key, other, least, median) in self.ratios() {
            write!(f, " | {key} {least:.2} ({median:.2}), {} {}", other.name, micros(other.least()))?;
            if self.key.is_none() && other.name != "limit" {
                write!(f, " {} allocations", other.allocations)?;
            }
        }
        Ok(())
    }
}

fn micros(nanoseconds: f64) -> String {
    format!("{:.3} us", nanoseconds / 1e3)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Least times, and ratios of least times (of medians).")?;
        self.0.iter().try_for_each(|entry| writeln!(f, "{entry}"))?;
        f.write_str(&self.1)
    }
}
