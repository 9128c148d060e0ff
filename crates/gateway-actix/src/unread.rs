//! A request's body, which is the extractor's alone, and keeps no connection open if it is not read to its end.

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::Version;
use actix_web::web::Bytes;
use futures_util::{StreamExt, stream};
use std::error::Error;
use std::{io, mem};

/// A body that may be dropped unread.
///
/// actix reads on where the payload of a chunked body was dropped, to keep the connection for the next request, for as long
/// as the client sends, and no timer ends it. So an unfinished payload is held past the answer: then actix says
/// `Connection: close`, lingers for `client_disconnect_timeout`, and closes.
pub(crate) struct Unread {
    payload: Payload,
    version: Version,
}

impl Unread {
    /// Takes the body; whoever asks for it afterwards gets an error that says so, and not an empty one.
    pub(crate) fn take(request: &HttpRequest, payload: &mut Payload) -> Self {
        let taken = payload.take();
        if !matches!(taken, Payload::None) {
            *payload = Payload::Stream { payload: Box::pin(stream::once(async { Err(refused()) })) };
        }
        Self { payload: taken, version: request.version() }
    }

    /// Whether there is none, or somebody else has read it without putting anything in its place.
    pub(crate) fn is_none(&self) -> bool {
        matches!(self.payload, Payload::None)
    }

    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, PayloadError>> {
        let next = self.payload.next().await;
        if !matches!(next, Some(Ok(_))) {
            self.payload = Payload::None;
        }
        next
    }
}

impl Drop for Unread {
    fn drop(&mut self) {
        let mut payload = mem::replace(&mut self.payload, Payload::None);
        // A stream of HTTP/2 is reset when it is dropped. Outside of a task there is no connection, and nobody to wait.
        if matches!(payload, Payload::None)
            || self.version >= Version::HTTP_2
            || tokio::task::try_id().is_none()
        {
            return;
        }
        // It ends with the connection, or earlier with the body; while actix lingers it gives no more of it out.
        actix_web::rt::spawn(async move { while let Some(Ok(_)) = payload.next().await {} });
    }
}

/// What stands in the place of a body that was taken.
#[derive(Debug, thiserror::Error)]
#[error(
    "a payment callback owns the body: its handler takes no other extractor that reads it, before it or after it"
)]
struct Taken;

/// Told here, since the other extractor may hide it, like an `Option`.
fn refused() -> PayloadError {
    tracing::error!(target: "gateway_actix", reason = %Taken, "body read twice");
    PayloadError::Io(io::Error::other(Taken))
}

/// Whether an error of reading says that another extractor of callbacks has the body.
pub(crate) fn is_taken(error: &PayloadError) -> bool {
    let PayloadError::Io(error) = error else { return false };
    error.get_ref().is_some_and(<dyn Error + Send + Sync>::is::<Taken>)
}
