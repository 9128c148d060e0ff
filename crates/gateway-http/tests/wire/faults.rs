//! What goes wrong between a shop and its gateway, and what each says about the call.

use crate::gateway::{Gateway, nobody, send, transport};
use gateway_http::{HttpRequest, Sent, TransportError};
use std::io::{Read, Write};

#[test]
fn where_nobody_listens_nothing_was_sent() {
    let request = HttpRequest::post(format!("http://127.0.0.1:{}/", nobody()), "text/plain", "credit");
    let error = send(&transport(), &request).unwrap_err();
    assert_eq!((error.sent(), error), (Sent::No, TransportError::Connect));
}

#[test]
fn a_connection_that_is_closed_before_an_answer_leaves_the_outcome_unknown() {
    let gateway = Gateway::saying("");
    assert_eq!(gateway.ask(), Err(TransportError::Broken));
    assert_eq!(TransportError::Broken.sent(), Sent::Unknown);
    assert_eq!(gateway.heard().len(), 1, "it must not be sent again unasked");
}

#[test]
fn a_connection_that_is_reset_in_the_middle_of_the_request_leaves_the_outcome_unknown() {
    // What is closed while it holds bytes that nobody read is reset.
    let gateway = Gateway::start(|mut stream, _| drop(stream.read(&mut [0; 16])));
    assert_eq!(gateway.ask(), Err(TransportError::Broken));
    assert_eq!(gateway.heard().len(), 1, "it must not be sent again unasked");
}

#[test]
fn a_connection_that_is_reset_in_the_middle_of_the_answer_leaves_the_outcome_unknown() {
    for part in ["HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nData="] {
        let gateway = Gateway::start(move |mut stream, _| {
            let _ = stream.read(&mut [0; 16]);
            stream.write_all(part.as_bytes()).unwrap();
        });
        assert_eq!(gateway.ask(), Err(TransportError::Broken), "{part}");
    }
}

#[test]
fn an_answer_shorter_than_its_content_length_leaves_the_outcome_unknown() {
    let gateway = Gateway::saying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nData=0011");
    assert_eq!(gateway.ask(), Err(TransportError::Broken));
}

#[test]
fn an_answer_in_chunks_without_its_last_one_leaves_the_outcome_unknown() {
    let gateway = Gateway::saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nData\r\n");
    assert_eq!(gateway.ask(), Err(TransportError::Broken));
}

#[test]
fn of_an_answer_longer_than_its_content_length_no_more_is_taken() {
    let gateway = Gateway::saying("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nData and more");
    assert_eq!(gateway.ask().unwrap().body(), b"Data");
}

#[test]
fn content_lengths_that_contradict_each_other_or_are_no_numbers_leave_the_outcome_unknown() {
    for lengths in [
        "Content-Length: 4\r\nContent-Length: 5",
        "Content-Length: four",
        "Content-Length: -4",
        "Content-Length: 99999999999999999999",
    ] {
        let gateway = Gateway::saying(format!("HTTP/1.1 200 OK\r\n{lengths}\r\n\r\nData="));
        assert_eq!(gateway.ask(), Err(TransportError::Broken), "{lengths}");
    }
}

#[test]
fn what_is_no_http_leaves_the_outcome_unknown() {
    for answer in
        ["SSH-2.0-OpenSSH_9.9\r\n", "\u{0}\u{1}\u{2}", "HTTP/1.1 OK\r\n\r\n", "HTTP/2.0 200\r\n\r\n"]
    {
        assert_eq!(Gateway::saying(answer).ask(), Err(TransportError::Broken), "{answer:?}");
    }
}

#[test]
fn an_answer_of_any_status_is_an_answer() {
    for status in [200, 204, 400, 404, 429, 500, 503] {
        let gateway = Gateway::saying(format!("HTTP/1.1 {status} Told\r\nContent-Length: 0\r\n\r\n"));
        assert_eq!(gateway.ask().unwrap().status(), status);
    }
}

#[test]
fn a_page_in_html_is_an_answer_as_it_stands() {
    let page = "<html><body>Wir warten das System.</body></html>";
    let head = format!("HTTP/1.1 500 Error\r\nContent-Type: text/html\r\nContent-Length: {}", page.len());
    let answer = Gateway::saying(format!("{head}\r\n\r\n{page}")).ask().unwrap();
    assert_eq!((answer.status(), answer.body()), (500, page.as_bytes()));
}

#[test]
fn an_answer_that_says_how_it_is_packed_is_not_unpacked() {
    let gateway =
        Gateway::saying("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nData");
    assert_eq!(gateway.ask().unwrap().body(), b"Data");
}
