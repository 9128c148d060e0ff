//! The figures, for people and as JSON.

use crate::job::{Job, Took};
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::fs;
use std::path::Path;

/// The least time and memory of each job at each size.
#[derive(Default)]
pub(crate) struct Figures(BTreeMap<(u64, Job), Took>);

impl Figures {
    pub(crate) fn add(&mut self, records: u64, job: Job, took: Took) {
        let least = self.0.entry((records, job)).or_insert(took);
        least.seconds = least.seconds.min(took.seconds);
        least.kib = least.kib.min(took.kib);
    }

    fn sizes(&self) -> Vec<u64> {
        let mut sizes: Vec<u64> = self.0.keys().map(|(records, _)| *records).collect();
        sizes.dedup();
        sizes
    }

    #[expect(clippy::cast_precision_loss, reason = "a rate needs no more digits")]
    fn rate(&self, records: u64, job: Job) -> f64 {
        records as f64 / self.0[&(records, job)].seconds
    }

    /// What each job is compared with.
    fn peers(job: Job) -> [Job; 2] {
        if job == Job::Report { [Job::CsvBoth, Job::PythonBoth] } else { [Job::Csv, Job::Python] }
    }

    /// Memory must not follow the number of records.
    pub(crate) fn assert_bounded(&self) {
        for ((records, job), took) in self.0.iter().filter(|((_, job), _)| job.is_ours()) {
            assert!(took.kib < 64 * 1024, "{} took {} KiB for {records} records", job.name(), took.kib);
        }
    }

    /// Writes them as JSON.
    pub(crate) fn write(&self, file: &Path) {
        let mut json = String::from("[");
        for (index, ((records, job), took)) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "," };
            let (job, Took { seconds, kib }) = (job.name(), took);
            write!(
                json,
                "{separator}\n{{\"records\":{records},\"job\":\"{job}\",\"seconds\":{seconds},\"kib\":{kib}}}"
            )
            .expect("a String");
        }
        fs::write(file, json + "\n]\n").expect("written");
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes = self.sizes();
        let Some(&most) = sizes.last() else { return Ok(()) };
        let ours = [Job::Write, Job::Check, Job::Report];
        writeln!(f, "{most} records:")?;
        for job in ours {
            let rate = self.rate(most, job);
            let [csv, python] = Self::peers(job).map(|peer| rate / self.rate(most, peer));
            let name = job.name();
            writeln!(f, "  {name:6} {rate:>11.0} records/s, {csv:.2} times csv, {python:.1} times Python")?;
        }
        writeln!(f, "  making the records that are written: {:.0} records/s", self.rate(most, Job::Make))?;
        writeln!(f, "peak memory in KiB:")?;
        for records in sizes {
            let [write, check, report] = ours.map(|job| self.0[&(records, job)].kib);
            writeln!(f, "  {records:>9} records: write {write}, check {check}, report {report}")?;
        }
        Ok(())
    }
}
