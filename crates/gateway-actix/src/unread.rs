//! A request's body, which is the extractor's alone, and keeps no connection open if it is not read to its end.

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::Version;
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt};
use std::cell::Cell;
use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll};
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
            *payload = Payload::Stream { payload: Box::pin(Marker) };
        }
        Self { payload: taken, version: request.version() }
    }

    /// The same body, for somebody else; what stays behind is none.
    pub(crate) fn handed_on(&mut self) -> Self {
        Self { payload: mem::replace(&mut self.payload, Payload::None), version: self.version }
    }

    /// Whether there is none, or somebody else has read it without putting anything in its place.
    pub(crate) fn is_none(&self) -> bool {
        matches!(self.payload, Payload::None)
    }

    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, PayloadError>>> {
        let next = Pin::new(&mut self.payload).poll_next(context);
        if matches!(next, Poll::Ready(None | Some(Err(_)))) {
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

/// Stands in the place of a body that was taken: an error once, and then the end.
///
/// Every callback leaves one, and hardly any is asked. So it has no size, since a box of that is no allocation; what was
/// told is remembered beside it.
struct Marker;

thread_local! {
    /// The task that was told last, as long as no marker was dropped since.
    static TOLD: Cell<Option<tokio::task::Id>> = const { Cell::new(None) };
}

impl Stream for Marker {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let task = tokio::task::try_id();
        let told = TOLD.replace(task);
        // Without a task nobody can be told from another, and an error too many is better than an empty body.
        Poll::Ready(if task.is_some() && told == task { None } else { Some(Err(refused())) })
    }
}

impl Drop for Marker {
    fn drop(&mut self) {
        TOLD.set(None);
    }
}

/// Why there is no body where a marker stands.
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
