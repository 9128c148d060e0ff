//! What stands inside any Data, as JSON.

use super::answer::{self, Answer};
use super::describe;
use crate::paygate::desk::Desk;
use crate::paygate::inspect::{Findings, Question, inspect as look};
use actix_web::web::{Bytes, Data};
use serde::Deserialize;
use serde_json::{Value, json};

/// `text`, or `data` and `len`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(default)]
    text: String,
    #[serde(default)]
    data: String,
    len: Option<usize>,
    account: Option<String>,
}

pub(super) async fn inspect(body: Bytes, desk: Data<Desk>) -> Answer {
    let asked: Asked = serde_json::from_slice(&body)?;
    let len = asked.len.map(|len| len.to_string()).unwrap_or_default();
    let question =
        Question { text: &asked.text, data: &asked.data, len: &len, account: asked.account.as_deref() };
    Ok(answer::ok(&found(&look(&desk.merchants, question)?)))
}

fn found(findings: &Findings) -> Value {
    json!({
        "key": findings.key.as_ref().map(|key| json!({ "account": key.account, "current": key.is_current })),
        "request_mac": findings.request_mac.name(),
        "response_mac": findings.response_mac.name(),
        "odd": findings.odd,
        "pairs": describe::pairs(&findings.pairs),
        "outside": describe::pairs(&findings.outside),
    })
}
