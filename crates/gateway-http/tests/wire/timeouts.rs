//! No answer is waited for without end.

use crate::certificates::Authority;
use crate::gateway::{Gateway, send, settings};
use gateway_http::{HttpRequest, ReqwestTransport, Sent, TransportError};
use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

const SHORT: Duration = Duration::from_millis(300);

fn impatient() -> ReqwestTransport {
    settings().with_timeout(SHORT).build().unwrap()
}

/// What came of it, if it came soon.
fn soon(transport: &ReqwestTransport, url: String) -> TransportError {
    let begin = Instant::now();
    let error = send(transport, &HttpRequest::get(url)).unwrap_err();
    assert!(begin.elapsed() < 10 * SHORT, "{:?}", begin.elapsed());
    error
}

#[test]
fn a_gateway_that_says_nothing_leaves_the_outcome_unknown() {
    let gateway = Gateway::start(|mut stream, heard| {
        heard.request(&mut stream);
        heard.request(&mut stream); // until the other side closes
    });
    assert_eq!(soon(&impatient(), gateway.url("/")), TransportError::Timeout);
    assert_eq!(TransportError::Timeout.sent(), Sent::Unknown);
    assert_eq!(gateway.heard().len(), 1, "it must not be sent again unasked");
}

#[test]
fn a_gateway_that_lets_its_answer_drip_leaves_the_outcome_unknown() {
    // In the headers, in a body of known length, and in one that ends with the connection.
    for head in [
        "HTTP/1.1 200 OK\r\nX-Slow: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\n",
    ] {
        let gateway = Gateway::start(move |mut stream, heard| {
            heard.request(&mut stream);
            let _ = stream.write_all(head.as_bytes());
            while stream.write_all(b"x").is_ok() {
                thread::sleep(SHORT / 20);
            }
        });
        assert_eq!(soon(&impatient(), gateway.url("/")), TransportError::Timeout, "{head}");
    }
}

#[test]
fn a_tls_that_is_not_agreed_on_in_time_is_no_connection() {
    let gateway = Gateway::start(|mut stream, heard| heard.request(&mut stream));
    let transport = settings().with_connect_timeout(SHORT).build().unwrap();
    let url = format!("https://127.0.0.1:{}/", gateway.port());
    let error = soon(&transport, url);
    assert_eq!((error.sent(), error), (Sent::No, TransportError::Connect));
}

#[test]
fn the_whole_time_counts_by_tls_too() {
    let authority = Authority::new();
    let tls = authority.server("127.0.0.1");
    let gateway = Gateway::start(move |stream, heard| {
        let mut stream = tls.over(stream);
        heard.request(&mut stream);
        heard.request(&mut stream);
    });
    let transport = ReqwestTransport::builder()
        .with_root_certificates(authority.pem())
        .with_timeout(2 * SHORT)
        .build()
        .unwrap();
    let url = format!("https://127.0.0.1:{}/", gateway.port());
    assert_eq!(soon(&transport, url), TransportError::Timeout);
}
