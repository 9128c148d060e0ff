//! A batch file as the body, its answer as the body of the response.

use super::answer::{self, Answer, ApiError};
use crate::paygate::batch::BatchRules;
use crate::paygate::batch::simulator::batch as take;
use crate::paygate::desk::Desk;
use crate::paygate::http::form::Form;
use actix_web::HttpRequest;
use actix_web::web::{self, Bytes, Data};
use std::io::Cursor;

/// How large a file may be, which is about 150 000 refunds. The library takes any, from a file.
pub(super) const MAX_BODY: usize = 16 * 1024 * 1024;

/// The names of a query.
const RULE: &str = "rule";
const UNKNOWN: &str = "unknown-pay-ids";

pub(super) async fn batch(
    request: HttpRequest,
    body: Result<Bytes, actix_web::Error>,
    desk: Data<Desk>,
) -> Answer {
    let rules = rules(&Form::parse(request.query_string().as_bytes()))?;
    let body = body.map_err(|_| ApiError::TooLarge)?;
    // It may take seconds, in which the simulator has to answer others.
    let carried_out = web::block(move || {
        let mut answered = Vec::new();
        take(&desk, Cursor::new(body), &mut answered, &rules).map(|_| answered)
    });
    let answered = carried_out.await.map_err(|_| ApiError::Stopped)??;
    Ok(answer::file(answered))
}

fn rules(query: &Form<'_>) -> Result<BatchRules, ApiError> {
    // A name that is misspelt must not pass for no rule.
    if query.names().any(|name| name != RULE && name != UNKNOWN) || query.all(UNKNOWN).count() > 1 {
        return Err(ApiError::Query);
    }
    let mut rules = BatchRules::new();
    if let Some(unknown) = query.value(UNKNOWN) {
        rules = rules.unknown_pay_ids(unknown.parse()?);
    }
    for rule in query.all(RULE) {
        rules = rules.rule(rule.parse()?);
    }
    Ok(rules)
}
