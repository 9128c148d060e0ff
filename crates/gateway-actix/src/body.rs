//! Reading a body: any content type and charset, so many bytes, so long.

use crate::reject::RejectReason;
use crate::unread::{Unread, is_taken};
use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::http::{Method, Version, header};
use actix_web::rt::time::timeout;
use paygate::OpenError;
use std::time::Duration;

/// The bytes of a body, which are at most `limit` and there within `patience`.
///
/// What is larger is refused by its announced length, or at the first chunk that is too much; the rest is left unread.
pub(crate) async fn read(
    request: &HttpRequest,
    body: Unread,
    limit: usize,
    patience: Duration,
) -> Result<Vec<u8>, RejectReason> {
    let announced = Announced::by(request)?;
    match announced {
        Announced::Nothing if body.is_none() => return Ok(Vec::new()),
        _ if body.is_none() => return Err(RejectReason::BodyAlreadyConsumed),
        Announced::Bytes(bytes) if bytes > limit => return Err(OpenError::TooLarge.into()),
        _ => {}
    }
    let read = timeout(patience, collect(body, limit)).await.unwrap_or(Err(RejectReason::Timeout))?;
    match announced {
        // actix itself reports a body that breaks off: what is missing here, a middleware kept to itself.
        Announced::Bytes(bytes) if read.len() < bytes => Err(RejectReason::BodyAlreadyConsumed),
        _ => Ok(read),
    }
}

async fn collect(mut body: Unread, limit: usize) -> Result<Vec<u8>, RejectReason> {
    let mut read = Vec::new();
    while let Some(chunk) = body.next().await {
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(error) if is_taken(&error) => return Err(RejectReason::BodyAlreadyConsumed),
            Err(_) => return Err(RejectReason::Body),
        };
        if chunk.len() > limit.saturating_sub(read.len()) {
            return Err(OpenError::TooLarge.into());
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read)
}

/// What the head of a request says about its body.
#[derive(Clone, Copy)]
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
