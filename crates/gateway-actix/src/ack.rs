//! The answer to a notification that was stored.

use crate::answer::acknowledged;
use actix_web::{HttpRequest, HttpResponse, Responder};

/// 200 with an empty body: the result is durably stored, and the gateway need not repeat it.
///
/// Give it only after the transaction that stores the result was committed; else give [`NotStored`](crate::NotStored).
///
/// ```
/// use actix_web::{Responder, body::MessageBody, test::TestRequest};
/// use gateway_actix::Ack;
///
/// let response = Ack.respond_to(&TestRequest::default().to_http_request());
/// assert_eq!(response.status(), 200);
/// assert_eq!(response.into_body().try_into_bytes().ok().as_deref(), Some(&b""[..]));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ack;

impl Responder for Ack {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        acknowledged()
    }
}
