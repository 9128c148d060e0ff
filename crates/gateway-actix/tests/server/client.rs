//! Raw requests by TCP, and what comes back.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// A response, taken apart at the blank line.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Every line of the head but the date, and the body. Sorted, since actix shuffles the headers of each response.
    pub(crate) fn without_date(&self) -> (Vec<&str>, &[u8]) {
        let lines = self.head.lines().filter(|line| !line.to_ascii_lowercase().starts_with("date:"));
        let mut lines: Vec<_> = lines.collect();
        lines.sort_unstable();
        (lines, &self.body)
    }

    pub(crate) fn page(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }
}

/// A request by GET.
pub(crate) fn get(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n").into_bytes()
}

/// A request by POST, of any type.
pub(crate) fn post(target: &str, content_type: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    [post_head(target, content_type, &format!("Content-Length: {}", body.len())).as_slice(), body].concat()
}

/// The same in chunks of so many bytes.
pub(crate) fn chunked(target: &str, body: &[u8], size: usize) -> Vec<u8> {
    let mut request = post_head(target, FORM, "Transfer-Encoding: chunked");
    for chunk in body.chunks(size) {
        request.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        request.extend_from_slice(chunk);
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"0\r\n\r\n");
    request
}

pub(crate) fn post_head(target: &str, content_type: &str, length: &str) -> Vec<u8> {
    format!(
        "POST {target} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nContent-Type: {content_type}\r\n{length}\r\n\r\n"
    )
    .into_bytes()
}

/// Sends all of it, and waits for the answer.
pub(crate) fn send(address: SocketAddr, request: &[u8]) -> Response {
    answer(&mut begin(address, request))
}

/// Sends it, and then nothing more will ever come.
pub(crate) fn send_and_hang_up(address: SocketAddr, request: &[u8]) -> Response {
    let mut stream = begin(address, request);
    stream.shutdown(Shutdown::Write).unwrap();
    answer(&mut stream)
}

/// A request that does not ask for the connection to be closed.
pub(crate) fn kept_alive(request: &[u8]) -> Vec<u8> {
    let line = b"Connection: close\r\n";
    let at = request.windows(line.len()).position(|window| window == line).unwrap();
    [&request[..at], &request[at + line.len()..]].concat()
}

/// Sends it, goes on with `more` again and again, and gives what came until the server hung up; `None` if it does not.
pub(crate) fn until_hung_up(address: SocketAddr, request: &[u8], more: &[u8]) -> Option<String> {
    let mut stream = begin(address, request);
    let step = Some(Duration::from_millis(20));
    stream.set_read_timeout(step).unwrap();
    stream.set_write_timeout(step).unwrap();
    let mut came = Vec::new();
    let mut chunk = [0; 4096];
    let until = Instant::now() + Duration::from_secs(6);
    let waits = |error: &std::io::Error| [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind());
    while Instant::now() < until {
        let written = stream.write_all(more);
        match stream.read(&mut chunk) {
            Ok(0) => return Some(String::from_utf8(came).unwrap()),
            Ok(count) => came.extend_from_slice(&chunk[..count]),
            Err(error) if waits(&error) && written.as_ref().err().is_none_or(waits) => {}
            Err(_) => return Some(String::from_utf8(came).unwrap()),
        }
    }
    None
}

fn begin(address: SocketAddr, request: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    match stream.write_all(request) {
        // The server may have answered and closed before all was written.
        Err(error) if [ErrorKind::BrokenPipe, ErrorKind::ConnectionReset].contains(&error.kind()) => {}
        written => written.unwrap(),
    }
    stream
}

fn answer(stream: &mut TcpStream) -> Response {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        if let Some(response) = whole(&bytes) {
            return response;
        }
        let count = stream.read(&mut chunk).unwrap();
        assert!(count > 0, "closed after {:?}", String::from_utf8_lossy(&bytes));
        bytes.extend_from_slice(&chunk[..count]);
    }
}

/// The response, once head and body are there.
fn whole(bytes: &[u8]) -> Option<Response> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let response = Response { status, head, body: bytes[end + 4..].to_vec() };
    let length: usize = response.header("content-length").unwrap_or("0").parse().unwrap();
    (response.body.len() >= length).then_some(response)
}
