//! How many refunds ended how, and for which codes they failed.

use super::sums;
use crate::columns::aligned;
use paygate::Code;
use paygate_batch::{Finding, Tallied, Tally, Verdict};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How many codes are told apart. There are fewer of them that mean something.
const APART: usize = 1000;

/// Failed refunds by code.
#[derive(Default)]
pub(super) struct Codes {
    /// `None` where the version has no Code.
    counts: BTreeMap<Option<String>, u64>,
    others: u64,
}

impl Codes {
    /// Counts a finding, if it is a failed refund.
    pub(super) fn add(&mut self, finding: &Finding<'_>) {
        let Finding::Answered { verdict: Verdict::Failed, answer, .. } = finding else { return };
        let code = answer.code.map(|code| code.as_str().to_owned());
        let is_apart = self.counts.len() < APART || self.counts.contains_key(&code);
        let count = if is_apart { self.counts.entry(code).or_default() } else { &mut self.others };
        *count = count.saturating_add(1);
    }

    /// The most frequent first.
    fn sorted(&self) -> Vec<(Option<&str>, u64)> {
        let mut codes: Vec<_> = self.counts.iter().map(|(code, count)| (code.as_deref(), *count)).collect();
        codes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        codes
    }

    /// A line for each; none where nothing failed.
    pub(super) fn text(&self) -> String {
        let mut rows: Vec<[String; 3]> = self
            .sorted()
            .into_iter()
            .map(|(code, count)| {
                [
                    code.unwrap_or("(no Code)").to_owned(),
                    count.to_string(),
                    code.map(explained).unwrap_or_default(),
                ]
            })
            .collect();
        if self.others > 0 {
            rows.push(["(others)".to_owned(), self.others.to_string(), String::new()]);
        }
        if rows.is_empty() { String::new() } else { format!("\nfailed, by code:\n{}", aligned(&rows)) }
    }

    /// The same for programs.
    pub(super) fn json(&self) -> Value {
        let codes = self.sorted().into_iter();
        let codes = codes.map(
            |(code, count)| json!({ "code": code, "records": count, "explanation": code.map(explained) }),
        );
        codes.collect::<Vec<_>>().into()
    }
}

fn explained(code: &str) -> String {
    Code::new(code).map(|code| code.explain().to_string()).unwrap_or_default()
}

/// What is counted and summed.
fn parts(tally: &Tally) -> [(&'static str, &Tallied); 6] {
    [
        ("paid back", &tally.paid_back),
        ("failed", &tally.failed),
        ("unclear", &tally.unclear),
        ("changed", &tally.changed),
        ("missing", &tally.missing),
        ("unexpected", &tally.unexpected),
    ]
}

/// What is counted alone: it is no refund of its own.
fn counts(tally: &Tally) -> [(&'static str, u64); 2] {
    [("doubled", tally.doubled), ("unreadable", tally.unreadable)]
}

/// A line for each kind.
pub(super) fn text(tally: &Tally) -> String {
    let head = ["", "records", "sum (in the smallest unit)"].map(str::to_owned);
    let parts =
        parts(tally).map(|(name, part)| [name.to_owned(), part.records.to_string(), sums::text(&part.sums)]);
    let counts = counts(tally).map(|(name, count)| [name.to_owned(), count.to_string(), String::new()]);
    let rows: Vec<_> = [head].into_iter().chain(parts).chain(counts).collect();
    aligned(&rows)
}

/// The same for programs.
pub(super) fn json(tally: &Tally) -> Value {
    let parts = parts(tally).map(|(name, part)| {
        (name.replace(' ', "_"), json!({ "records": part.records, "sums": sums::json(&part.sums) }))
    });
    let counts = counts(tally).map(|(name, count)| (name.to_owned(), json!({ "records": count })));
    parts.into_iter().chain(counts).collect::<Map<_, _>>().into()
}
