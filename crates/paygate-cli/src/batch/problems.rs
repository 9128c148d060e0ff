//! What is wrong with a file: the first of it, and how many there are.

use paygate_batch::{Field, LineError, Problem, Refused};
use serde_json::{Value, json};

/// How many are told one by one.
const TOLD: usize = 1000;

/// The problems of a file: first the lines in their order, then the refunds that must not stand there, by line.
#[derive(Default)]
pub(super) struct Problems {
    lines: Vec<LineError>,
    refused: Vec<Refused>,
    count: u64,
}

impl Problems {
    /// One more.
    pub(super) fn push(&mut self, problem: Problem) {
        self.count = self.count.saturating_add(1);
        match problem {
            Problem::Line(error) if self.lines.len() < TOLD => self.lines.push(error),
            Problem::Line(_) => {}
            Problem::Refused(refused) => {
                self.refused.push(refused);
                // They come in no order.
                if self.refused.len() >= TOLD.saturating_mul(2) {
                    self.keep_first();
                }
            }
        }
    }

    /// Puts what came in no order into one. To be called when all have come.
    pub(super) fn keep_first(&mut self) {
        self.refused.sort_by_key(Refused::line);
        self.refused.truncate(TOLD.saturating_sub(self.lines.len()));
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// How many are not told one by one.
    pub(super) fn more(&self) -> u64 {
        let told = self.lines.len().saturating_add(self.refused.len());
        self.count.saturating_sub(u64::try_from(told).unwrap_or(u64::MAX))
    }

    /// `FILE:LINE:COLUMN: text` or `FILE:LINE: text`.
    pub(super) fn lines(&self, file: &str) -> Vec<String> {
        let lines = self.lines.iter().map(|error| {
            let LineError { line, column, .. } = error;
            format!("{file}:{line}:{column}: {}", message(error))
        });
        let refused =
            self.refused.iter().map(|refused| format!("{file}:{}: {}", refused.line(), rest(refused)));
        let more = (self.more() > 0).then(|| format!("and {} more", self.more()));
        lines.chain(refused).chain(more).collect()
    }

    /// The same for programs.
    pub(super) fn json(&self) -> Value {
        let lines = self.lines.iter().map(|error| {
            json!({
                "line": error.line, "column": error.column, "field": error.field.map(Field::as_str),
                "message": error.rule.to_string(),
            })
        });
        let refused = self.refused.iter().map(|refused| {
            json!({ "line": refused.line(), "column": null, "field": null, "message": rest(refused) })
        });
        lines.chain(refused).collect::<Vec<_>>().into()
    }
}

/// What an error says behind its place.
pub(super) fn message(error: &LineError) -> String {
    match error.field {
        Some(field) => format!("{field}: {}", error.rule),
        None => error.rule.to_string(),
    }
}

fn rest(refused: &Refused) -> String {
    let text = refused.to_string();
    text.strip_prefix(&format!("line {}: ", refused.line())).unwrap_or(&text).to_owned()
}
