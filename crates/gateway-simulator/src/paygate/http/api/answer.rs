//! How the API answers: JSON, never stored by anybody, an error as `{"error":"…"}` with a fitting status.

use super::describe;
use crate::paygate::batch::{BadBatchRule, BatchError};
use crate::paygate::desk::NotDecided;
use crate::paygate::fault::UnknownFault;
use crate::paygate::http::guard::Forbidden;
use crate::paygate::http::travel::TooFar;
use crate::paygate::inspect::NotInspected;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use serde_json::{Value, json};

/// Why the API does not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("there is no such path in the API")]
    Path,
    #[error("not by this method")]
    Method,
    #[error("the body is not as it should be: {0}")]
    Body(#[from] serde_json::Error),
    #[error(transparent)]
    NotDecided(#[from] NotDecided),
    #[error(transparent)]
    Fault(#[from] UnknownFault),
    #[error(transparent)]
    TooFar(#[from] TooFar),
    #[error(transparent)]
    NotInspected(#[from] NotInspected),
    #[error(transparent)]
    Rule(#[from] BadBatchRule),
    #[error("a query has rule, once or more, and unknown-pay-ids, at most once")]
    Query,
    #[error("the body has more than 16 MiB, or did not come whole")]
    TooLarge,
    #[error(transparent)]
    Batch(#[from] BatchError),
    #[error("the simulator stops")]
    Stopped,
}

/// What a handler returns.
pub(super) type Answer = Result<HttpResponse, ApiError>;

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Path | Self::NotDecided(NotDecided::Unknown) => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Body(_) | Self::Fault(_) | Self::TooFar(_) | Self::Rule(_) | Self::Query => {
                StatusCode::BAD_REQUEST
            }
            Self::NotDecided(NotDecided::Already(_)) => StatusCode::CONFLICT,
            Self::NotInspected(_) | Self::Batch(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Stopped => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut value = json!({ "error": self.to_string() });
        if let (Self::Batch(BatchError::Lines { first, .. }), Some(object)) = (self, value.as_object_mut()) {
            object.insert("lines".to_owned(), first.iter().map(describe::line).collect());
        }
        answer(self.status_code(), &value)
    }
}

pub(super) fn ok(value: &Value) -> HttpResponse {
    answer(StatusCode::OK, value)
}

/// A file as the body.
pub(super) fn file(bytes: Vec<u8>) -> HttpResponse {
    with(StatusCode::OK, "text/plain; charset=us-ascii").body(bytes)
}

fn answer(status: StatusCode, value: &Value) -> HttpResponse {
    with(status, "application/json").body(format!("{value}\n"))
}

fn with(status: StatusCode, content_type: &'static str) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .content_type(content_type)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"));
    response
}
