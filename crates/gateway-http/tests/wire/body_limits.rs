//! Of an answer no more than 64 KiB is taken.

use crate::gateway::Gateway;
use gateway_http::{HttpResponse, Sent, TransportError};
use std::io::Write;
use std::time::Instant;

const MAX: usize = HttpResponse::MAX_BODY;

fn with_length(length: usize) -> Gateway {
    Gateway::saying(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{}", "x".repeat(length)))
}

fn in_chunks(length: usize) -> Gateway {
    let body = format!("{length:x}\r\n{}\r\n0\r\n\r\n", "x".repeat(length));
    Gateway::saying(format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}"))
}

fn until_closed(length: usize) -> Gateway {
    Gateway::saying(format!("HTTP/1.0 200 OK\r\n\r\n{}", "x".repeat(length)))
}

#[test]
fn sixty_four_kibibytes_are_taken() {
    for gateway in [with_length(MAX), in_chunks(MAX), until_closed(MAX)] {
        assert_eq!(gateway.ask().unwrap().body().len(), MAX);
    }
}

#[test]
fn one_byte_more_is_not() {
    for gateway in [with_length(MAX + 1), in_chunks(MAX + 1), until_closed(MAX + 1)] {
        assert_eq!(gateway.ask(), Err(TransportError::TooLarge));
    }
    assert_eq!(TransportError::TooLarge.sent(), Sent::Unknown);
}

#[test]
fn what_announces_itself_as_too_large_is_not_waited_for() {
    let gateway = Gateway::start(|mut stream, heard| {
        heard.request(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n").unwrap();
        heard.request(&mut stream); // until the other side closes
    });
    let begin = Instant::now();
    assert_eq!(gateway.ask(), Err(TransportError::TooLarge));
    assert!(begin.elapsed().as_secs() < 10);
}

#[test]
fn an_answer_without_end_comes_to_one() {
    let gateway = Gateway::start(|mut stream, heard| {
        heard.request(&mut stream);
        let _ = stream.write_all(b"HTTP/1.0 200 OK\r\n\r\n");
        while stream.write_all(&[b'x'; 1024]).is_ok() {}
    });
    assert_eq!(gateway.ask(), Err(TransportError::TooLarge));
}
