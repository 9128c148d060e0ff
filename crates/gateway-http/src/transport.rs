//! What carries a request to the gateway and its answer back.

use crate::{HttpRequest, HttpResponse, TransportError};
use std::pin::Pin;
use std::sync::Arc;

/// A future in a box, so that a [`Transport`] and a [`Clock`](crate::Clock) can be stored as `Arc<dyn …>`. One allocation is
/// nothing beside a call over the network.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries one request, once, and gives back what came.
///
/// Every closure of the right form is one, so a shop uses the client that it has, and a test none:
///
/// ```
/// use gateway_http::{HttpRequest, HttpResponse, Transport, TransportError};
/// use std::sync::Arc;
///
/// let stub = |request: HttpRequest| async move {
///     match request.url() {
///         "https://gateway.example/time" => Ok(HttpResponse::new(200, "12:00")),
///         _ => Err(TransportError::Connect),
///     }
/// };
/// let transport: Arc<dyn Transport> = Arc::new(stub); // as a shop keeps it
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let answer = transport.send(&HttpRequest::get("https://gateway.example/time")).await?;
/// assert_eq!(answer.body(), b"12:00");
/// # Ok::<(), TransportError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// What a transport of one's own must hold to:
///
/// - It sends a request once. Whether that may be done again depends on the call, and a [`Courier`](crate::Courier) knows.
/// - It follows no redirect: a body that holds a payment goes where it was sent, and nowhere else.
/// - It waits for no answer without end, and takes no more than [`HttpResponse::MAX_BODY`] of it.
/// - It gives an error whose [`sent`](TransportError::sent) is [`No`](crate::Sent::No) only where nothing of the request left.
/// - It logs neither query nor body.
///
/// Where its future is dropped before it ends, what the call did is unknown.
pub trait Transport: Send + Sync {
    /// Sends the request and takes the answer, whatever its status is.
    ///
    /// # Errors
    ///
    /// Why there is no answer, and so whether the request may have been carried out: [`TransportError::sent`].
    fn send<'a>(&'a self, request: &'a HttpRequest) -> BoxFuture<'a, Result<HttpResponse, TransportError>>;
}

impl<F, Answer> Transport for F
where
    F: Fn(HttpRequest) -> Answer + Send + Sync,
    Answer: Future<Output = Result<HttpResponse, TransportError>> + Send + 'static,
{
    fn send<'a>(&'a self, request: &'a HttpRequest) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        Box::pin(self(request.clone()))
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send<'a>(&'a self, request: &'a HttpRequest) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        (**self).send(request)
    }
}
