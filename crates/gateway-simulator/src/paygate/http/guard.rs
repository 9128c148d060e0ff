//! Who may use the console and the API: programs and people of this machine, and no page of another site.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, ResponseError};
use maud::html;
use std::net::IpAddr;

use super::api::ApiError;
use super::page::Page;

/// Why somebody may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Forbidden {
    #[error("the console and the API are for this machine alone")]
    Peer,
    /// A foreign name that leads to this machine is how a page of another site gets past the rule of the same origin.
    #[error("the console and the API are reached as 127.0.0.1, localhost or [::1], and by no other name")]
    Host,
    #[error("a page of another site may not change anything here")]
    Origin,
}

/// Lets a request pass, or says why not.
pub(crate) fn admit(peer: Option<IpAddr>, method: &Method, headers: &HeaderMap) -> Result<(), Forbidden> {
    if !peer.is_some_and(|ip| ip.to_canonical().is_loopback()) {
        return Err(Forbidden::Peer);
    }
    let host = only(headers, &HOST).filter(|host| is_loopback(host)).ok_or(Forbidden::Host)?;
    if method.is_safe() || is_ours(headers, host) { Ok(()) } else { Err(Forbidden::Origin) }
}

/// The value of a header that came once, and is text.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name);
    let value = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}

/// Whatever the port: it may have been forwarded.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name.eq_ignore_ascii_case("localhost") || matches!(name, "127.0.0.1" | "[::1]")
}

/// Whether the request comes from a page of ours, or from no page at all. What browsers say of it, pages cannot change; a
/// program says neither.
fn is_ours(headers: &HeaderMap, host: &str) -> bool {
    // Also a page on another port of this machine, the shop's for one, is another site's.
    let site = headers.contains_key("sec-fetch-site");
    let same_site = only(headers, &HeaderName::from_static("sec-fetch-site"));
    if site && !matches!(same_site, Some("same-origin" | "none")) {
        return false;
    }
    !headers.contains_key(ORIGIN)
        || only(headers, &ORIGIN).and_then(|origin| origin.strip_prefix("http://")) == Some(host)
}

/// Stands before the console: the refusal is a page.
pub(crate) async fn console(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    guarded(request, next, |why| {
        Page::developer("Not allowed", html! { p { (why.to_string()) "." } }).respond(StatusCode::FORBIDDEN)
    })
    .await
}

/// Stands before the API: the refusal is JSON.
pub(crate) async fn api(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    guarded(request, next, |why| ApiError::from(why).error_response()).await
}

async fn guarded(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    refuse: impl Fn(Forbidden) -> HttpResponse,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let peer = request.peer_addr().map(|peer| peer.ip());
    match admit(peer, request.method(), request.headers()) {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(why) => Ok(request.into_response(refuse(why)).map_into_right_body()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn judged(
        peer: &str,
        method: &Method,
        headers: &[(&'static str, &'static str)],
    ) -> Result<(), Forbidden> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        admit(Some(peer.parse().unwrap()), method, &map)
    }

    #[test]
    fn only_this_machine_is_admitted() {
        let host = [("host", "localhost:8480")];
        for peer in ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(judged(peer, &Method::GET, &host), Ok(()), "{peer}");
        }
        for peer in ["192.168.0.2", "10.0.0.1", "::ffff:10.0.0.1", "fe80::1"] {
            assert_eq!(judged(peer, &Method::GET, &host), Err(Forbidden::Peer), "{peer}");
        }
        assert_eq!(admit(None, &Method::GET, &HeaderMap::new()), Err(Forbidden::Peer));
    }

    #[test]
    fn a_foreign_name_for_this_machine_is_refused() {
        for host in ["localhost", "LocalHost:1", "127.0.0.1", "127.0.0.1:8480", "[::1]", "[::1]:8480"] {
            assert_eq!(judged("127.0.0.1", &Method::GET, &[("host", host)]), Ok(()), "{host}");
        }
        for host in ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8480", "[::2]:1"] {
            let judged = judged("127.0.0.1", &Method::GET, &[("host", host)]);
            assert_eq!(judged, Err(Forbidden::Host), "{host}");
        }
        let two = [("host", "localhost"), ("host", "evil.example")];
        assert_eq!(judged("127.0.0.1", &Method::GET, &two), Err(Forbidden::Host));
        assert_eq!(judged("127.0.0.1", &Method::GET, &[]), Err(Forbidden::Host));
    }

    #[test]
    fn a_page_of_another_site_changes_nothing() {
        const HOST: (&str, &str) = ("host", "127.0.0.1:8480");
        let post = |headers: &[_]| judged("127.0.0.1", &Method::POST, &[&[HOST], headers].concat());
        assert_eq!(post(&[]), Ok(()));
        assert_eq!(post(&[("origin", "http://127.0.0.1:8480")]), Ok(()));
        assert_eq!(post(&[("sec-fetch-site", "same-origin")]), Ok(()));
        assert_eq!(post(&[("sec-fetch-site", "none")]), Ok(()));
        for origin in ["null", "http://evil.example", "http://127.0.0.1:3000", "https://127.0.0.1:8480", ""] {
            assert_eq!(post(&[("origin", origin)]), Err(Forbidden::Origin), "{origin}");
        }
        for site in ["cross-site", "same-site", ""] {
            assert_eq!(post(&[("sec-fetch-site", site)]), Err(Forbidden::Origin), "{site}");
        }
        // Reading is not changing: the answer stays unread by the other site.
        let get = judged("127.0.0.1", &Method::GET, &[HOST, ("origin", "http://evil.example")]);
        assert_eq!(get, Ok(()));
    }
}
