//! In the clear a request goes to this machine alone.

use crate::gateway::{Gateway, send, transport};
use gateway_http::{HttpRequest, Sent, TransportError};
use std::net::TcpStream;

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

#[test]
fn plain_http_to_another_address_is_refused_before_any_connection() {
    // The address of "every interface" is none of the loopback's, and answers on this machine all the same.
    let gateway = Gateway::start_at("0.0.0.0:0", |_, _| ());
    let url = format!("http://0.0.0.0:{}/", gateway.port());
    let error = send(&transport(), &HttpRequest::get(url)).unwrap_err();
    assert_eq!((error.sent(), error), (Sent::No, TransportError::PlainHttp));
    assert_eq!(gateway.heard().len(), 0);
    drop(TcpStream::connect(("0.0.0.0", gateway.port())).unwrap());
}

#[test]
fn plain_http_to_another_name_is_refused_before_it_is_looked_up() {
    // Looking it up would fail, and that would be another error.
    let request = HttpRequest::get("http://gateway.invalid/");
    assert_eq!(send(&transport(), &request), Err(TransportError::PlainHttp));
    let request = HttpRequest::get("https://gateway.invalid/");
    assert_eq!(send(&transport(), &request), Err(TransportError::Connect));
}

#[test]
fn plain_http_reaches_this_machine_by_address_and_by_name() {
    let gateway = Gateway::saying(OK);
    for host in ["127.0.0.1", "localhost", "LOCALHOST"] {
        let request = HttpRequest::get(format!("http://{host}:{}/", gateway.port()));
        assert_eq!(send(&transport(), &request).unwrap().status(), 200, "{host}");
    }
}

#[test]
fn what_is_no_url_or_no_header_is_not_sent() {
    let gateway = Gateway::saying(OK);
    for request in [
        HttpRequest::get("gateway.example"),
        HttpRequest::get("ftp://127.0.0.1/"),
        HttpRequest::get(gateway.url("/")).with_header("Signature", "1\r\nX-Smuggled: 1"),
        HttpRequest::get(gateway.url("/")).with_header("Sig nature", "1"),
        HttpRequest::post(gateway.url("/"), "text/plain\nX-Smuggled: 1", "body"),
    ] {
        let error = send(&transport(), &request).unwrap_err();
        assert_eq!((error.sent(), error), (Sent::No, TransportError::Malformed), "{request:?}");
    }
    assert_eq!(gateway.heard().len(), 0);
}
