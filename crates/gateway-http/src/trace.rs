//! Events for logs and counters: verb, host, path, status, tries and kinds of errors; never a query, a header or a body.
//!
//! Without the feature `tracing` the function here is empty.
#![cfg_attr(not(feature = "tracing"), allow(unused_variables, reason = "there is nobody to tell"))]

use crate::{HttpRequest, HttpResponse, TransportError};
use std::time::Duration;

#[cfg(feature = "tracing")]
use {
    crate::Sent,
    tracing::{debug, warn},
};

/// A request was sent for the so manieth time, and this is what came of it.
#[inline]
pub(crate) fn tried(
    request: &HttpRequest,
    tries: u32,
    took: Duration,
    answer: Result<&HttpResponse, &TransportError>,
) {
    #[cfg(feature = "tracing")]
    {
        let method = request.method().as_str();
        let (host, path) = host_and_path(request.url());
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let status = answer.map(HttpResponse::status).ok();
        match answer {
            Ok(response) if response.is_success() => {
                debug!(target: "gateway_http", method, host, path, status, millis, tries, "call answered");
            }
            Ok(_) => {
                warn!(target: "gateway_http", method, host, path, status, millis, tries, "call answered");
            }
            Err(error) => {
                let (kind, sent) = (error.kind(), sent(error.sent()));
                warn!(target: "gateway_http", method, host, path, kind, sent, millis, tries, "call failed");
            }
        }
    }
}

#[cfg(feature = "tracing")]
fn sent(sent: Sent) -> &'static str {
    match sent {
        Sent::No => "no",
        Sent::Unknown => "unknown",
    }
}

/// Host with port, and path, of a URL: without the name and password before the host, without query and fragment. Of what
/// is no such URL nothing is told.
#[cfg(feature = "tracing")]
fn host_and_path(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let shown = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = match shown.find('/') {
        Some(slash) => shown.split_at(slash),
        None => (shown, ""),
    };
    (authority.rsplit('@').next().unwrap_or_default(), path)
}

#[cfg(all(test, feature = "tracing"))]
mod tests {
    use super::host_and_path;

    #[test]
    fn of_a_url_host_and_path_are_told_and_nothing_else() {
        for (url, shown) in [
            ("https://gateway.example/credit?token=1#2", ("gateway.example", "/credit")),
            ("https://gateway.example:8443/a/b", ("gateway.example:8443", "/a/b")),
            ("https://user:p@ss@gateway.example/", ("gateway.example", "/")),
            ("https://gateway.example?token=a/b", ("gateway.example", "")),
            ("https://gateway.example#a/b", ("gateway.example", "")),
            ("http://[::1]:80/x", ("[::1]:80", "/x")),
            ("a secret", ("", "")),
            ("", ("", "")),
        ] {
            assert_eq!(host_and_path(url), shown, "{url}");
        }
    }
}
