//! What `paygate open` shows of a callback whose MAC held.

use crate::escape::Printable;
use paygate::params::message::{Coverage, Row};
use paygate::{Authentic, Code, Envelope, Message, Method, TransId};
use serde_json::map::Entry;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// The longest name that the values are aligned behind.
const MAX_COLUMN: usize = 24;

/// A callback, ready to be shown.
pub(crate) struct Report<'a> {
    outcome: &'static str,
    bound_to: Option<TransId>,
    signed: [(&'static str, &'a str); 5],
    code: Code,
    unsigned: Vec<(String, String)>,
    /// What stands beside Data, in the clear: the echoes of Custom and Plain.
    outside: Vec<(String, String)>,
    issues: Vec<String>,
    current_key: bool,
}

impl<'a> Report<'a> {
    /// Gathers what there is to show.
    pub(crate) fn new<M: Method>(
        callback: &'a Authentic<M>,
        bound_to: Option<TransId>,
        envelope: &Envelope<'_>,
    ) -> Self {
        let signed = callback.signed().pairs();
        let decode = |bytes: &[u8]| callback.charset().decode(bytes).into_owned();
        let unsigned = callback.pairs().filter_map(|(name, value)| match row::<M>(name) {
            Some(row) if row.coverage != Coverage::Unsigned => None,
            Some(row) => Some((row.name.to_owned(), decode(value))),
            None => Some((decode(name), decode(value))),
        });
        Self {
            outcome: callback.verdict().as_str(),
            bound_to,
            signed,
            code: callback.signed().code(),
            unsigned: unsigned.collect(),
            outside: envelope.extras().map(|(name, value)| (decode(&name), decode(&value))).collect(),
            issues: callback.issues().iter().map(ToString::to_string).collect(),
            current_key: callback.key().is_current(),
        }
    }

    /// The report for programs.
    pub(crate) fn json(&self) -> Value {
        let signed = self.signed.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
        let mut report = json!({
            "outcome": self.outcome,
            "bound": self.bound_to.is_some(),
            "code": self.code.as_str(),
            "explanation": self.code.explain().to_string(),
            "signed": signed.collect::<Map<_, _>>(),
            "unsigned": object(&self.unsigned),
            "issues": self.issues,
        });
        // Only where there is something to say: most callbacks have none of these.
        if let (Some(parameter), Some(report)) = (self.code.explain().parameter(), report.as_object_mut()) {
            report.insert("parameter".to_owned(), parameter.into());
        }
        if let (false, Some(report)) = (self.outside.is_empty(), report.as_object_mut()) {
            report.insert("outside".to_owned(), object(&self.outside).into());
        }
        if let (false, Some(report)) = (self.current_key, report.as_object_mut()) {
            report.insert("key".to_owned(), "previous".into());
        }
        report
    }

    /// The report for people.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) -> std::fmt::Result {
        write!(text, "outcome: {} (code {})", self.outcome, self.code.as_str())?;
        match &self.bound_to {
            Some(trans_id) => writeln!(text, ", bound to {}", trans_id.as_str())?,
            None => writeln!(text, ", not bound")?,
        }
        let explanation = self.code.explain();
        writeln!(text, "code: {explanation}")?;
        if let Some(parameter) = explanation.parameter() {
            writeln!(text, "refused parameter: {parameter}")?;
        }
        let signed = self.signed.iter().map(|(name, value)| ('*', *name, *value));
        let unsigned = self.unsigned.iter().map(|(name, value)| (' ', name.as_str(), value.as_str()));
        let outside = self.outside.iter().map(|(name, value)| ('-', name.as_str(), value.as_str()));
        let lines: Vec<_> = signed
            .chain(unsigned)
            .chain(outside)
            .map(|(mark, name, value)| (mark, Printable(name).to_string(), Printable(value).to_string()))
            .collect();
        let widths = lines.iter().map(|(_, name, _)| name.chars().count());
        let column = widths.filter(|width| *width <= MAX_COLUMN).max().unwrap_or_default();
        for (mark, name, value) in &lines {
            let line = format!("{mark} {name:column$}  {value}");
            writeln!(text, "{}", line.trim_end_matches(' '))?;
        }
        let key = if self.current_key { "current" } else { "previous" };
        writeln!(text, "* covered by the MAC, with the {key} key; nothing may depend on the others")?;
        if !self.outside.is_empty() {
            writeln!(text, "- beside Data in the clear: whoever called wrote it")?;
        }
        for issue in &self.issues {
            writeln!(text, "issue: {}", Printable(issue))?;
        }
        Ok(())
    }
}

/// The row of the result's table that has this name, in any case.
fn row<M: Method>(name: &[u8]) -> Option<&'static Row> {
    <M::Result as Message>::ROWS.get(<M::Result as Message>::row(name)?)
}

/// Pairs as an object, in order.
fn object(pairs: &[(String, String)]) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, value) in pairs {
        insert(&mut object, name, value);
    }
    object
}

/// Adds a pair; the values of a name that stands more than once become an array.
fn insert(pairs: &mut Map<String, Value>, name: &str, value: &str) {
    match pairs.entry(name) {
        Entry::Vacant(vacant) => {
            vacant.insert(value.into());
        }
        Entry::Occupied(mut occupied) => match occupied.get_mut() {
            Value::Array(values) => values.push(value.into()),
            single => *single = json!([single.take(), value]),
        },
    }
}
