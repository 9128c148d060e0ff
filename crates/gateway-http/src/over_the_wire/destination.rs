//! Where a request may go: by TLS anywhere, in the clear to this machine alone.

use crate::TransportError;
use reqwest::Url;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The name of this machine. It is never looked up: see [`loopback`].
pub(super) const LOCALHOST: &str = "localhost";

/// The addresses that `localhost` stands for, so that no name server can send plain http to another machine. The port is
/// the URL's.
pub(super) fn loopback() -> [SocketAddr; 2] {
    [(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]
}

/// The URL, if a request may go there. Nothing is looked up or connected to for it.
pub(super) fn destination(url: &str) -> Result<Url, TransportError> {
    let url = Url::parse(url).map_err(|_| TransportError::Malformed)?;
    match (url.scheme(), url.host_str()) {
        ("https", Some(_)) => Ok(url),
        ("http", Some(host)) if is_this_machine(host) => Ok(url),
        ("http", Some(_)) => Err(TransportError::PlainHttp),
        _ => Err(TransportError::Malformed),
    }
}

fn is_this_machine(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host == LOCALHOST || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_tls_a_request_may_go_anywhere_and_in_the_clear_to_this_machine() {
        for url in [
            "https://gateway.example/credit",
            "https://192.0.2.1:8443/",
            "http://127.0.0.1:8080/",
            "http://127.8.9.10/",
            "http://127.1/",
            "http://[::1]/",
            "http://localhost:1/",
            "HTTP://LOCALHOST/",
        ] {
            assert!(destination(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn in_the_clear_no_request_may_go_to_another_machine() {
        for url in [
            "http://gateway.example/credit",
            "http://192.0.2.1/",
            "http://[2001:db8::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://0.0.0.0/",
            "http://[::]/",
            "http://localhost.gateway.example/",
            "http://gateway.localhost/",
            "http://localhost./",
            "http://127.0.0.1.gateway.example/",
            "http://127.0.0.1@gateway.example/",
            "http://gateway.example\\@127.0.0.1/",
            "http:gateway.example",
        ] {
            assert_eq!(destination(url), Err(TransportError::PlainHttp), "{url}");
        }
    }

    #[test]
    fn what_is_no_url_of_http_goes_nowhere() {
        for url in [
            "",
            "/credit",
            "gateway.example",
            "ftp://127.0.0.1/",
            "file:///etc/passwd",
            "data:,1",
            "https://",
        ] {
            assert_eq!(destination(url), Err(TransportError::Malformed), "{url}");
        }
    }
}
