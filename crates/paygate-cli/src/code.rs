//! `paygate code`: what a response code means, in the vendor's words.

use crate::columns::aligned;
use crate::failure::Failure;
use crate::output::{Exit, Output};
use paygate::Code;
use serde_json::{Value, json};

/// Explains a code.
pub(crate) fn run(code: &Code, output: Output) -> Result<Exit, Failure> {
    output.result(|| text(code), || json(code))?;
    Ok(Exit::Done)
}

/// The three parts: what they are, their characters, their labels.
fn parts(code: &Code) -> [(&'static str, &str, Option<&'static str>); 3] {
    let explanation = code.explain();
    [
        ("state", code.as_str().get(..1).unwrap_or_default(), explanation.state()),
        ("module", code.module(), explanation.module()),
        ("detail", code.detail(), explanation.detail()),
    ]
}

fn text(code: &Code) -> String {
    let explanation = code.explain();
    let mut rows: Vec<_> = parts(code)
        .into_iter()
        .map(|(part, characters, label)| [part, characters, label.unwrap_or("(unknown)")].map(str::to_owned))
        .collect();
    if let Some(parameter) = explanation.parameter() {
        rows.push(["parameter", "", parameter].map(str::to_owned));
    }
    format!("{}: {explanation}\n{}", code.as_str(), aligned(&rows))
}

fn json(code: &Code) -> Value {
    let explanation = code.explain();
    let mut json = json!({ "code": code.as_str(), "explanation": explanation.to_string() });
    if let Some(object) = json.as_object_mut() {
        for (part, characters, label) in parts(code) {
            object.insert(part.to_owned(), json!({ "characters": characters, "label": label }));
        }
        object.insert("parameter".to_owned(), explanation.parameter().into());
    }
    json
}
