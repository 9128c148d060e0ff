//! A callback as it arrives, before anything about it is known.

use std::fmt;

/// Which of the shop's three URLs was called. It never makes a result better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// `URLSuccess`, by the customer's browser: a failed result is refused here.
    Success,
    /// `URLFailure`, by the customer's browser: only a failed result passes.
    Failure,
    /// `URLNotify`, by Paygate: every result passes.
    Notify,
}

impl Route {
    /// `success`, `failure` or `notify`: a word for logs and counters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Notify => "notify",
        }
    }
}

/// The bytes of a callback.
///
/// Browsers are sent by GET or POST, notifies come by POST; both carry `Len=…&Data=…`. The content type is
/// not asked for: Paygate declares `charset=iso-8859-1`, others lie, and the bytes are read the same way.
///
/// A framework-free server hands over what it read:
///
/// ```
/// use paygate::{RawCallback, Route};
///
/// /// `target` is the request line's, for example `/success?Len=248&Data=6AA3…`.
/// fn callback<'a>(method: &str, target: &'a str, body: &'a [u8]) -> Option<RawCallback<'a>> {
///     let (path, query) = target.split_once('?').unwrap_or((target, ""));
///     let route = match path {
///         "/success" => Route::Success,
///         "/failure" => Route::Failure,
///         "/notify" => Route::Notify,
///         _ => return None,
///     };
///     Some(match method {
///         "GET" => RawCallback::get(route, query.as_bytes()),
///         "POST" => RawCallback::post(route, body).with_query(query.as_bytes()),
///         _ => return None,
///     })
/// }
/// assert!(callback("POST", "/notify", b"Len=1&Data=00").is_some());
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RawCallback<'a> {
    route: Route,
    query: &'a [u8],
    body: &'a [u8],
}

impl<'a> RawCallback<'a> {
    /// The most bytes that query and body may have together; a server need not read more.
    pub const MAX_BYTES: usize = 64 * 1024;

    /// A callback by GET with this query.
    #[must_use]
    pub fn get(route: Route, query: &'a [u8]) -> Self {
        Self { route, query, body: b"" }
    }

    /// A callback by POST with this body.
    #[must_use]
    pub fn post(route: Route, body: &'a [u8]) -> Self {
        Self { route, query: b"", body }
    }

    /// The same, with the query of a POST: its parameters count as if they stood in the body.
    #[must_use]
    pub fn with_query(self, query: &'a [u8]) -> Self {
        Self { query, ..self }
    }

    /// Which URL was called.
    #[must_use]
    pub fn route(&self) -> Route {
        self.route
    }

    /// The query, as it was handed in.
    #[must_use]
    pub fn query(&self) -> &'a [u8] {
        self.query
    }

    /// The body, as it was handed in.
    #[must_use]
    pub fn body(&self) -> &'a [u8] {
        self.body
    }

    /// Query and body, without the `?` before the one and the line break behind the other.
    pub(super) fn forms(&self) -> [&'a [u8]; 2] {
        let mut body = self.body;
        while let [rest @ .., b'\r' | b'\n' | b'\0'] = body {
            body = rest;
        }
        [self.query.strip_prefix(b"?").unwrap_or(self.query), body]
    }

    /// Bytes of query and body together.
    pub(crate) fn len(&self) -> usize {
        self.query.len().saturating_add(self.body.len())
    }
}

impl fmt::Debug for RawCallback<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawCallback").field("route", &self.route).field("bytes", &self.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_and_body_are_told_as_they_were_handed_in() {
        let raw = RawCallback::post(Route::Notify, b"Len=3\r\n").with_query(b"?x=1");
        assert_eq!((raw.route(), raw.query(), raw.body()), (Route::Notify, &b"?x=1"[..], &b"Len=3\r\n"[..]));
        assert_eq!(raw.forms(), [&b"x=1"[..], b"Len=3"]);
        assert_eq!(raw.len(), 11);
        let raw = RawCallback::get(Route::Success, b"x=1");
        assert_eq!((raw.route(), raw.query(), raw.body()), (Route::Success, &b"x=1"[..], &b""[..]));
    }

    #[test]
    fn each_route_has_its_word() {
        let words = [Route::Success, Route::Failure, Route::Notify].map(Route::as_str);
        assert_eq!(words, ["success", "failure", "notify"]);
    }

    #[test]
    fn the_most_bytes_are_64_kib() {
        assert_eq!(RawCallback::MAX_BYTES, 65_536);
    }
}
