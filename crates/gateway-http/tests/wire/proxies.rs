//! A proxy is taken where the shop names one, and only for what goes by TLS.

use crate::gateway::{Gateway, send, settings};
use gateway_http::{HttpRequest, Sent, TransportError};
use std::io::Write;

#[test]
fn by_tls_a_request_takes_the_proxy_which_learns_the_name_alone() {
    let proxy = Gateway::saying("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    let transport = settings().with_proxy(proxy.url("")).build().unwrap();
    let request = HttpRequest::post("https://gateway.invalid/credit?canary", "text/plain", "canary");
    let error = send(&transport, &request).unwrap_err();
    assert_eq!((error.sent(), error), (Sent::No, TransportError::Connect));
    let heard = proxy.heard();
    assert_eq!(heard.len(), 1);
    assert!(heard[0].starts_with("CONNECT gateway.invalid:443 HTTP/1.1\r\n"), "{heard:?}");
    assert!(!heard[0].contains("canary"), "{heard:?}");
}

#[test]
fn to_this_machine_a_request_takes_no_proxy() {
    let proxy = Gateway::saying("");
    let gateway = Gateway::saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let transport = settings().with_proxy(proxy.url("")).build().unwrap();
    assert_eq!(send(&transport, &HttpRequest::get(gateway.url("/"))).unwrap().status(), 200);
    let without_tls = Gateway::start(|mut stream, heard| {
        stream.write_all(b"no TLS here").unwrap();
        heard.request(&mut stream);
    });
    for host in ["127.0.0.1", "localhost"] {
        let request = HttpRequest::get(format!("https://{host}:{}/", without_tls.port()));
        assert_eq!(send(&transport, &request), Err(TransportError::Tls), "{host}");
    }
    assert_eq!((without_tls.heard().len(), proxy.heard().len()), (2, 0));
}
