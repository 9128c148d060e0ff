//! How the API answers: JSON, never stored by anybody, an error as `{"error":"…"}` with a fitting status.

use crate::paygate::desk::NotDecided;
use crate::paygate::fault::UnknownFault;
use crate::paygate::http::guard::Forbidden;
use crate::paygate::http::travel::TooFar;
use crate::paygate::inspect::NotInspected;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
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
}

/// What a handler returns.
pub(super) type Answer = Result<HttpResponse, ApiError>;

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Path | Self::NotDecided(NotDecided::Unknown) => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Body(_) | Self::Fault(_) | Self::TooFar(_) => StatusCode::BAD_REQUEST,
            Self::NotDecided(NotDecided::Already(_)) => StatusCode::CONFLICT,
            Self::NotInspected(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    fn error_response(&self) -> HttpResponse {
        answer(self.status_code(), &json!({ "error": self.to_string() }))
    }
}

pub(super) fn ok(value: &Value) -> HttpResponse {
    answer(StatusCode::OK, value)
}

fn answer(status: StatusCode, value: &Value) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"))
        .body(format!("{value}\n"))
}
