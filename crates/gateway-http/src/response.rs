//! What came back.

use std::fmt;
use zeroize::Zeroizing;

/// An answer: status and body. The body is wiped when it is dropped, and `Debug` shows none of it.
///
/// ```
/// use gateway_http::HttpResponse;
/// let response = HttpResponse::new(503, "try again");
/// assert!(!response.is_success());
/// assert!(!format!("{response:?}").contains("again"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct HttpResponse {
    status: u16,
    body: Zeroizing<Vec<u8>>,
}

impl HttpResponse {
    /// How much of a body a transport should take, in bytes: a hundred times what the gateways' answers have.
    pub const MAX_BODY: usize = 64 * 1024;

    /// An answer with this status.
    #[must_use]
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, body: Zeroizing::new(body.into()) }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Whether the status is one of 200 to 299.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
