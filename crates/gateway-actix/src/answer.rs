//! What the other side sees where no handler speaks: decided here alone, and it says nothing.

use actix_web::HttpResponse;
#[cfg(feature = "paygate")]
use actix_web::http::header::{self, HeaderValue};

/// Durably stored: the gateway need not repeat it. 200 with an empty body.
pub(crate) fn acknowledged() -> HttpResponse {
    HttpResponse::Ok().finish()
}

/// Not stored: the gateway shall repeat it. 500 with an empty body.
pub(crate) fn not_stored() -> HttpResponse {
    HttpResponse::InternalServerError().finish()
}

/// To another page, by GET, and nothing of this one is kept: its URL holds `Data`.
#[cfg(feature = "paygate")]
pub(crate) fn see_other(location: &HeaderValue) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, location.clone()))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .finish()
}
