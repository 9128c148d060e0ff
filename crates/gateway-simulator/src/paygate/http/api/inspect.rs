//! What stands inside any Data, as JSON.

use super::{answer, describe};
use crate::paygate::desk::Desk;
use crate::paygate::inspect::{Findings, Question, inspect as look};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
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

pub(super) async fn inspect(body: Bytes, desk: Data<Desk>) -> HttpResponse {
    let asked: Asked = match answer::read(&body) {
        Ok(asked) => asked,
        Err(refused) => return refused,
    };
    let len = asked.len.map(|len| len.to_string()).unwrap_or_default();
    let question =
        Question { text: &asked.text, data: &asked.data, len: &len, account: asked.account.as_deref() };
    match look(&desk.merchants, question) {
        Ok(findings) => answer::ok(&found(&findings)),
        Err(error) => answer::error(StatusCode::UNPROCESSABLE_ENTITY, error),
    }
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
