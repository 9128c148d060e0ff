//! No redirect is followed.

use crate::gateway::{Gateway, send, transport};
use gateway_http::HttpRequest;

#[test]
fn a_redirect_is_given_back_and_nobody_is_asked_at_its_target() {
    let target = Gateway::saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    for status in [301, 302, 303, 307, 308] {
        let location = target.url("/");
        let gateway = Gateway::saying(format!(
            "HTTP/1.1 {status} Elsewhere\r\nLocation: {location}\r\nContent-Length: 4\r\n\r\nData"
        ));
        for request in [
            HttpRequest::get(gateway.url("/")),
            HttpRequest::post(gateway.url("/"), "application/x-www-form-urlencoded", "Data=00"),
        ] {
            let answer = send(&transport(), &request).unwrap();
            assert_eq!((answer.status(), answer.body()), (status, b"Data".as_slice()));
        }
    }
    assert_eq!(target.heard(), Vec::<String>::new());
}
