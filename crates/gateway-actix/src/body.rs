//! Reading a body: any content type and charset, so many bytes, so long.

use crate::reject::RejectReason;
use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::{Method, Version, header};
use actix_web::rt::time::timeout;
use futures_util::StreamExt;
use paygate::OpenError;
use std::time::Duration;

/// The bytes of a body, which are at most `limit` and there within `patience`.
///
/// What is larger is refused by its announced length, or at the first chunk that is too much; the rest is left unread.
pub(crate) async fn read(
    request: &HttpRequest,
    payload: Payload,
    limit: usize,
    patience: Duration,
) -> Result<Vec<u8>, RejectReason> {
    let announced = Announced::by(request)?;
    match (announced, payload) {
        (Announced::Nothing, Payload::None) => Ok(Vec::new()),
        (_, Payload::None) => Err(RejectReason::BodyAlreadyConsumed),
        (Announced::Bytes(bytes), _) if bytes > limit => Err(OpenError::TooLarge.into()),
        (_, payload) => {
            timeout(patience, collect(payload, limit)).await.unwrap_or(Err(RejectReason::Timeout))
        }
    }
}

async fn collect(mut payload: Payload, limit: usize) -> Result<Vec<u8>, RejectReason> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| RejectReason::Body)?;
        if chunk.len() > limit.saturating_sub(body.len()) {
            return Err(OpenError::TooLarge.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What the head of a request says about its body.
enum Announced {
    Nothing,
    Bytes(usize),
    /// Chunked, or in the frames of HTTP/2.
    Some,
}

impl Announced {
    fn by(request: &HttpRequest) -> Result<Self, RejectReason> {
        // HTTP/1.0 knows no chunks, and `identity` is none.
        if request.version() == Version::HTTP_11 && request.chunked().unwrap_or(false) {
            return Ok(Self::Some);
        }
        match request.headers().get(header::CONTENT_LENGTH) {
            Some(length) => match length.to_str().map(|text| text.trim().parse::<u64>()) {
                Ok(Ok(0)) => Ok(Self::Nothing),
                Ok(Ok(bytes)) => Ok(Self::Bytes(usize::try_from(bytes).unwrap_or(usize::MAX))),
                _ => Err(RejectReason::Body),
            },
            None if request.version() < Version::HTTP_2 => Ok(Self::Nothing),
            None if [Method::GET, Method::HEAD].contains(request.method()) => Ok(Self::Nothing),
            None => Ok(Self::Some),
        }
    }
}
