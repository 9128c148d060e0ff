//! What arrives is what the call said, and little else.

use crate::gateway::{Gateway, block_on, transport};
use gateway_http::{HttpRequest, Transport};
use std::collections::BTreeMap;
use std::io::Write;

/// The first line, the headers and the body that arrive.
fn arrives(request: impl FnOnce(&Gateway) -> HttpRequest) -> (String, BTreeMap<String, String>, String) {
    let gateway = Gateway::start(|mut stream, heard| {
        // It would keep the connection, if it were asked again over it.
        for _ in 0..2 {
            heard.request(&mut stream);
            let _ = stream.write_all(
                b"HTTP/1.1 200 OK\r\nSet-Cookie: session=1\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n",
            );
        }
    });
    let (request, transport) = (request(&gateway), transport());
    block_on(async {
        transport.send(&request).await.unwrap();
        transport.send(&request).await.unwrap();
    });
    let heard = gateway.heard();
    assert_eq!(heard.len(), 2, "every request has its own connection");
    assert_eq!(heard[0], heard[1], "nothing of the first answer comes back with the second request");
    let (top, body) = heard[0].split_once("\r\n\r\n").unwrap();
    let mut lines = top.lines();
    let first = lines.next().unwrap().to_owned();
    let mut headers: BTreeMap<_, _> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    assert_eq!(headers.remove("host"), Some(format!("127.0.0.1:{}", gateway.port())));
    assert_eq!(headers.remove("user-agent").as_deref(), Some(concat!("paygate/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(headers.remove("accept").as_deref(), Some("*/*"));
    (first, headers, body.to_owned())
}

fn headers<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

#[test]
fn a_question_arrives_without_a_body() {
    let (first, rest, body) = arrives(|gateway| {
        HttpRequest::get(gateway.url("/inquire.aspx?MerchantID=shop#part")).with_header("X-Signature", "abc")
    });
    assert_eq!(first, "GET /inquire.aspx?MerchantID=shop HTTP/1.1");
    assert_eq!(rest, headers([("x-signature", "abc")]));
    assert_eq!(body, "");
}

#[test]
fn a_form_arrives_byte_for_byte() {
    let form = "application/x-www-form-urlencoded";
    let (first, rest, body) = arrives(|gateway| {
        HttpRequest::post(gateway.url("/credit.aspx"), form, "MerchantID=shop&Len=1&Data=00")
    });
    assert_eq!(first, "POST /credit.aspx HTTP/1.1");
    assert_eq!(rest, headers([("content-length", "29"), ("content-type", form)]));
    assert_eq!(body, "MerchantID=shop&Len=1&Data=00");
}
