//! What is sent.

use std::fmt;
use zeroize::Zeroizing;

/// The verb of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HttpMethod {
    /// `GET`, without a body.
    Get,
    /// `POST`.
    Post,
}

impl HttpMethod {
    /// The verb as it is sent.
    ///
    /// ```
    /// assert_eq!(gateway_http::HttpMethod::Post.as_str(), "POST");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// A request: verb, URL, headers and body. The body is wiped when it is dropped, and `Debug` shows none of it.
///
/// ```
/// use gateway_http::HttpRequest;
/// let request = HttpRequest::post("https://gateway.example/credit", "application/json", *b"{}")
///     .with_header("Accept", "application/json");
/// assert_eq!(request.body(), b"{}");
/// assert_eq!(request.headers().next(), Some(("Content-Type", "application/json")));
/// assert!(!format!("{request:?}").contains("{}"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    method: HttpMethod,
    url: String,
    headers: Vec<(&'static str, String)>,
    body: Zeroizing<Vec<u8>>,
}

impl HttpRequest {
    /// A request without a body.
    #[must_use]
    pub fn get(url: impl Into<String>) -> Self {
        Self { method: HttpMethod::Get, url: url.into(), headers: Vec::new(), body: Zeroizing::default() }
    }

    /// A request with a body of this content type.
    #[must_use]
    pub fn post(url: impl Into<String>, content_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self {
            method: HttpMethod::Post,
            url: url.into(),
            headers: vec![("Content-Type", content_type.into())],
            body: Zeroizing::new(body.into()),
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The verb.
    #[must_use]
    pub fn method(&self) -> HttpMethod {
        self.method
    }

    /// Where to send it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The headers, names and values, in order.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.headers.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A URL may hold a token and a header a signature; the path is what people look for.
        let path = self.url.split(['?', '#']).next().unwrap_or_default();
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("url", &path)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
