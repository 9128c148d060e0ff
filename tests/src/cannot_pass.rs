//! `cannot-pass.tsv`: the cases that must fail, how, and why; and the count of those that passed.

use std::collections::BTreeMap;

/// A line of the file.
#[derive(Clone, Debug)]
struct Listed {
    refusal: String,
    used: bool,
}

/// The cases of one section: each passes, or fails exactly as it is listed.
#[derive(Debug)]
#[must_use = "finish() demands that every listed case was met"]
pub struct Section {
    name: &'static str,
    listed: BTreeMap<String, Listed>,
    passed: usize,
    wrong: Vec<String>,
}

impl Section {
    /// Reads the lines of this section.
    ///
    /// # Panics
    ///
    /// If a line lacks a column or a case is listed twice.
    #[expect(clippy::panic, reason = "a test without its data must stop")]
    pub fn new(name: &'static str) -> Self {
        let mut listed = BTreeMap::new();
        let text = crate::data("cannot-pass.tsv");
        for line in text.lines().skip(1) {
            let [section, id, refusal, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("cannot-pass.tsv: four columns, not: {line}");
            };
            assert!(!reason.is_empty(), "cannot-pass.tsv: {id} has no reason");
            let entry = Listed { refusal: refusal.to_owned(), used: false };
            if section == name {
                let known = listed.insert(id.to_owned(), entry);
                assert!(known.is_none(), "cannot-pass.tsv: {id} stands twice");
            }
        }
        Self { name, listed, passed: 0, wrong: Vec::new() }
    }

    /// A case that stands for one.
    pub fn case(&mut self, id: &str, result: Result<(), String>) {
        self.cases(1, id, result);
    }

    /// A case that stands for several implementations with the same output.
    pub fn cases(&mut self, count: usize, id: &str, result: Result<(), String>) {
        match (result, self.listed.get_mut(id)) {
            (Ok(()), None) => self.passed = self.passed.saturating_add(count),
            (Ok(()), Some(_)) => self.wrong.push(format!("{id} passes, though it is listed")),
            (Err(refusal), Some(listed)) if refusal == listed.refusal => listed.used = true,
            (Err(refusal), _) => self.wrong.push(format!("{id}\t{refusal}")),
        }
    }

    /// Demands that these many cases passed and were listed, and that every listed one was met.
    ///
    /// # Panics
    ///
    /// If not.
    pub fn finish(self, passed: usize, listed: usize) {
        println!("{}: {} passed, {} listed as unable to pass", self.name, self.passed, self.listed.len());
        assert!(self.wrong.is_empty(), "{}: not as listed:\n{}", self.name, self.wrong.join("\n"));
        for (id, case) in &self.listed {
            assert!(case.used, "{}: {id} is listed, and no such case was met", self.name);
        }
        assert_eq!((self.passed, self.listed.len()), (passed, listed), "{}: (passed, listed)", self.name);
    }
}

/// The sections that the file has lines for.
#[must_use]
pub fn sections() -> Vec<String> {
    let text = crate::data("cannot-pass.tsv");
    let mut names: Vec<String> =
        text.lines().skip(1).filter_map(|line| line.split('\t').next()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}
