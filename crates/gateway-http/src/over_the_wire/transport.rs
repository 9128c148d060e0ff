//! The transport that opens sockets.

use super::answer::answer;
use super::builder::ReqwestBuilder;
use super::destination::destination;
use super::failure::failure;
use super::setup_error::SetupError;
use crate::{BoxFuture, HttpMethod, HttpRequest, HttpResponse, Transport, TransportError};
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Client, Method, RequestBuilder};
use std::fmt;

/// Carries requests by `reqwest`, with TLS by `rustls`; in the runtime of tokio, with I/O and time enabled.
///
/// - It speaks TLS alone; plain http goes to this machine only: 127.0.0.0/8, `::1` and `localhost`, which is not looked up.
/// - It trusts the system's certificate authorities, or those that it was given.
/// - It follows no redirect, keeps no cookies, unpacks nothing, and takes no proxy from the environment (`HTTPS_PROXY` and
///   the like): where there is one, it is named in [`ReqwestBuilder::with_proxy`].
/// - It has a connection in 5 seconds and the whole answer in 30, or gives up; and takes no more than
///   [`HttpResponse::MAX_BODY`].
/// - Every request has its own connection, and is sent once.
///
/// The body of an answer is wiped when it is dropped; what `reqwest`, TLS and the system hold of it on the way is not.
///
/// ```no_run
/// use gateway_http::{Courier, ReqwestTransport, TokioClock};
///
/// let courier = Courier::new(ReqwestTransport::new()?, TokioClock);
/// # Ok::<(), gateway_http::SetupError>(())
/// ```
#[derive(Clone)]
pub struct ReqwestTransport {
    client: Client,
}

impl ReqwestTransport {
    /// A transport with the settings that most shops want.
    ///
    /// # Errors
    ///
    /// [`SetupError::NoRootCertificates`] where the system has no certificate authorities to trust.
    pub fn new() -> Result<Self, SetupError> {
        Self::builder().build()
    }

    /// A transport with other settings.
    #[must_use]
    pub fn builder() -> ReqwestBuilder {
        ReqwestBuilder::default()
    }

    pub(super) fn over(client: Client) -> Self {
        Self { client }
    }

    fn prepare(&self, request: &HttpRequest) -> Result<RequestBuilder, TransportError> {
        let url = destination(request.url())?;
        let mut prepared = match request.method() {
            HttpMethod::Get => self.client.request(Method::GET, url),
            HttpMethod::Post => self.client.request(Method::POST, url).body(request.body().to_vec()),
        };
        for (name, value) in request.headers() {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| TransportError::Malformed)?;
            let mut value = HeaderValue::from_str(value).map_err(|_| TransportError::Malformed)?;
            // It may be a signature.
            value.set_sensitive(true);
            prepared = prepared.header(name, value);
        }
        Ok(prepared)
    }
}

impl Transport for ReqwestTransport {
    fn send<'a>(&'a self, request: &'a HttpRequest) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let response = self.prepare(request)?.send().await.map_err(|error| failure(&error))?;
            answer(response).await
        })
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}
