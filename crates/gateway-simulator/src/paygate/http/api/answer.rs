//! How the API answers and reads: JSON, never stored by anybody.

use crate::paygate::desk::NotDecided;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Display;

pub(crate) fn ok(value: &Value) -> HttpResponse {
    answer(StatusCode::OK, value)
}

/// `{"error":"…"}`.
pub(crate) fn error(status: StatusCode, why: impl Display) -> HttpResponse {
    answer(status, &json!({ "error": why.to_string() }))
}

pub(super) fn not_decided(error: NotDecided) -> HttpResponse {
    let status = match error {
        NotDecided::Unknown => StatusCode::NOT_FOUND,
        NotDecided::Already(_) => StatusCode::CONFLICT,
    };
    self::error(status, error)
}

fn answer(status: StatusCode, value: &Value) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"))
        .body(format!("{value}\n"))
}

/// Reads a body; what is wrong with it is told by the place and never by the value.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, HttpResponse> {
    serde_json::from_slice(body).map_err(|error| {
        self::error(StatusCode::BAD_REQUEST, format!("the body is not as it should be: {error}"))
    })
}
