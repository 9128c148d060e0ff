//! What was found out about one refund, as a row of a table.

use super::cell::safe;
use super::problems::message;
use crate::escape::Printable;
use paygate_batch::{Answer, Finding, Record, Side, Verdict};
use serde_json::{Value, json};

/// The names of the columns of the CSV.
pub(super) const COLUMNS: [&str; 11] = [
    "Finding",
    "SentLine",
    "AnsweredLine",
    "TransID",
    "PayID",
    "RefNr",
    "Amount",
    "Currency",
    "Status",
    "Code",
    "Explanation",
];

/// The names of the columns of the printed table.
pub(super) const PRINTED: [&str; 6] = ["finding", "sent", "answered", "TransID", "PayID", "what"];

/// A finding, on its own.
pub(super) struct Told {
    finding: &'static str,
    /// Its line in the file that was sent.
    sent: Option<u64>,
    /// Its line in the one that came back.
    answered: Option<u64>,
    record: Option<Record>,
    answer: Option<Answer>,
    what: String,
}

/// Whether the refund was paid back unchanged, so that there is nothing to do.
pub(super) fn is_paid_back(finding: &Finding<'_>) -> bool {
    matches!(finding, Finding::Answered { verdict: Verdict::PaidBack, .. })
}

/// What a verdict is called.
fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::PaidBack => "paid back",
        Verdict::Failed => "failed",
        Verdict::Unclear => "unclear",
    }
}

fn explanation(answer: Option<Answer>) -> String {
    answer.and_then(|answer| answer.code).map(|code| code.explain().to_string()).unwrap_or_default()
}

impl Told {
    pub(super) fn of(finding: &Finding<'_>) -> Self {
        let nothing = Self {
            finding: "other",
            sent: None,
            answered: None,
            record: None,
            answer: None,
            what: String::new(),
        };
        match finding {
            Finding::Answered { verdict, sent, line, answer } => Self {
                finding: name(*verdict),
                sent: Some(sent.line),
                answered: Some(*line),
                record: Some(sent.record),
                answer: Some(*answer),
                what: explanation(Some(*answer)),
            },
            Finding::Changed { sent, answered, fields } => {
                let fields: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
                Self {
                    finding: "changed",
                    sent: Some(sent.line),
                    answered: Some(answered.line),
                    record: Some(sent.record),
                    answer: answered.answer,
                    what: format!("came back with other {}", fields.join(", ")),
                }
            }
            Finding::Missing { sent } => Self {
                finding: "missing",
                sent: Some(sent.line),
                record: Some(sent.record),
                what: "was sent and not answered".to_owned(),
                ..nothing
            },
            Finding::Unexpected { answered } => Self {
                finding: "unexpected",
                answered: Some(answered.line),
                record: Some(answered.record),
                answer: answered.answer,
                what: "was answered and not sent, or answered before".to_owned(),
                ..nothing
            },
            Finding::Doubled { line, earlier } => Self {
                finding: "doubled",
                sent: Some(*line),
                what: format!("its TransID was sent in line {earlier} already"),
                ..nothing
            },
            Finding::Unreadable { side, error } => {
                let line = Some(error.line);
                let (sent, answered) = match side {
                    Side::Sent => (line, None),
                    Side::Answered => (None, line),
                };
                let what = format!("column {}: {}", error.column, message(error));
                Self { finding: "unreadable", sent, answered, what, ..nothing }
            }
            _ => nothing,
        }
    }

    /// Cells for a spreadsheet, in the order of [`COLUMNS`].
    pub(super) fn cells(&self) -> [String; 11] {
        let record = self.record.as_ref();
        let ref_nr = record.and_then(|record| record.ref_nr).map(|ref_nr| ref_nr.to_string());
        let code = self.answer.and_then(|answer| answer.code).map(|code| code.as_str().to_owned());
        let cells = [
            self.finding.to_owned(),
            number(self.sent),
            number(self.answered),
            record.map(|record| record.trans_id.to_string()).unwrap_or_default(),
            record.map(|record| record.pay_id.to_string()).unwrap_or_default(),
            ref_nr.unwrap_or_default(),
            number(record.map(|record| record.money.amount().units())),
            record.map(|record| record.money.currency().to_string()).unwrap_or_default(),
            self.answer.map(|answer| answer.status.to_string()).unwrap_or_default(),
            code.unwrap_or_default(),
            self.what.clone(),
        ];
        cells.map(|cell| safe(&cell).into_owned())
    }

    /// Cells for a terminal, in the order of [`PRINTED`].
    pub(super) fn printed(&self) -> [String; 6] {
        let [finding, sent, answered, trans_id, pay_id, _, _, _, status, code, what] = self.cells();
        let answer = [status, code].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        let what = [answer, what].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ");
        [finding, sent, answered, trans_id, pay_id, what].map(|cell| Printable(&cell).to_string())
    }

    /// For programs.
    pub(super) fn json(&self) -> Value {
        let record = self.record.as_ref();
        json!({
            "finding": self.finding,
            "sent_line": self.sent,
            "answered_line": self.answered,
            "trans_id": record.map(|record| record.trans_id.as_str()),
            "pay_id": record.map(|record| record.pay_id.as_str()),
            "ref_nr": record.and_then(|record| record.ref_nr).map(|ref_nr| ref_nr.to_string()),
            "amount": record.map(|record| record.money.amount().units()),
            "currency": record.map(|record| record.money.currency().to_string()),
            "status": self.answer.map(|answer| answer.status.to_string()),
            "code": self.answer.and_then(|answer| answer.code).map(|code| code.as_str().to_owned()),
            "explanation": self.what,
        })
    }
}

fn number(number: Option<u64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}
