//! The answer, as far as it may go.

use super::failure::failure;
use crate::{HttpResponse, TransportError};
use reqwest::Response;
use std::mem;
use zeroize::Zeroizing;

/// Reads the body, and stops where it is too large. What announces itself as too large is not read at all.
pub(super) async fn answer(mut response: Response) -> Result<HttpResponse, TransportError> {
    let status = response.status().as_u16();
    let announced = response.content_length().map(usize::try_from);
    let capacity = match announced {
        Some(Ok(length)) if length <= HttpResponse::MAX_BODY => length,
        Some(_) => return Err(TransportError::TooLarge),
        None => HttpResponse::MAX_BODY,
    };
    // All the room at once: a buffer that grows leaves copies behind that nobody wipes.
    let mut body = Zeroizing::new(Vec::with_capacity(capacity));
    while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))? {
        if body.len().saturating_add(chunk.len()) > HttpResponse::MAX_BODY {
            return Err(TransportError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(HttpResponse::new(status, mem::take(&mut *body)))
}
