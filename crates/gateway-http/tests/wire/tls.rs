//! By TLS a request goes to whom it is for, and to nobody else.

use crate::certificates::{Authority, Tls, self_signed};
use crate::gateway::{Gateway, send};
use gateway_http::{HttpRequest, HttpResponse, ReqwestTransport, Sent, SetupError, TransportError};
use std::io::Write;

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nData";

fn gateway(tls: Tls) -> Gateway {
    Gateway::start(move |stream, heard| {
        let mut stream = tls.over(stream);
        heard.request(&mut stream);
        let _ = stream.write_all(ANSWER);
        stream.conn.send_close_notify();
        let _ = stream.flush();
    })
}

fn ask(transport: &ReqwestTransport, gateway: &Gateway) -> Result<HttpResponse, TransportError> {
    let url = format!("https://127.0.0.1:{}/credit?canary", gateway.port());
    send(transport, &HttpRequest::post(url, "text/plain", "canary"))
}

fn trusting(authority: &Authority) -> ReqwestTransport {
    ReqwestTransport::builder().with_root_certificates(authority.pem()).build().unwrap()
}

#[test]
fn a_gateway_whose_authority_is_trusted_gets_the_request() {
    let authority = Authority::new();
    let gateway = gateway(authority.server("127.0.0.1"));
    assert_eq!(ask(&trusting(&authority), &gateway).unwrap().body(), b"Data");
    assert!(gateway.heard()[0].ends_with("canary"));
}

/// What comes of it is this, and the other side got nothing of the request.
fn refused(transport: &ReqwestTransport, gateway: &Gateway, expected: &TransportError) {
    assert_eq!(ask(transport, gateway), Err(expected.clone()));
    assert_eq!(expected.sent(), Sent::No);
    assert!(!gateway.heard().concat().contains("canary"), "{:?}", gateway.heard());
}

#[test]
fn a_self_signed_certificate_is_refused() {
    let gateway = gateway(self_signed("127.0.0.1"));
    refused(&trusting(&Authority::new()), &gateway, &TransportError::Certificate);
}

#[test]
fn by_default_the_systems_authorities_are_trusted_and_no_other() {
    match ReqwestTransport::new() {
        Ok(transport) => {
            refused(&transport, &gateway(self_signed("127.0.0.1")), &TransportError::Certificate);
            let unknown = gateway(Authority::new().server("127.0.0.1"));
            refused(&transport, &unknown, &TransportError::Certificate);
        }
        // A machine without any.
        Err(error) => assert_eq!(error, SetupError::NoRootCertificates),
    }
}

#[test]
fn a_certificate_of_another_authority_is_refused() {
    let gateway = gateway(Authority::new().server("127.0.0.1"));
    refused(&trusting(&Authority::new()), &gateway, &TransportError::Certificate);
}

#[test]
fn a_certificate_of_another_name_is_refused() {
    let authority = Authority::new();
    let gateway = gateway(authority.server("gateway.example"));
    refused(&trusting(&authority), &gateway, &TransportError::Certificate);
}

#[test]
fn a_gateway_without_tls_gets_nothing() {
    let gateway = Gateway::start(|mut stream, heard| {
        let _ = stream.write_all(ANSWER);
        heard.request(&mut stream);
    });
    refused(&trusting(&Authority::new()), &gateway, &TransportError::Tls);
}

#[test]
fn an_answer_that_somebody_cut_off_is_not_taken_for_a_whole_one() {
    // Without a length the end of the connection ends the answer, and TLS says who ended it.
    let authority = Authority::new();
    let tls = authority.server("127.0.0.1");
    let gateway = Gateway::start(move |stream, heard| {
        let mut stream = tls.over(stream);
        heard.request(&mut stream);
        let _ = stream.write_all(b"HTTP/1.0 200 OK\r\n\r\nAmountCap=199");
        let _ = stream.flush();
    });
    assert_eq!(ask(&trusting(&authority), &gateway), Err(TransportError::Broken));
}
