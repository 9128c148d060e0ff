//! Requests as bytes on a connection of their own, and the status that answers them.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// No test may need so long; a busy machine may need some of it.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn connect(to: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&to, PATIENCE)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// The head of a callback, to which these fields belong.
pub(crate) fn head(fields: &str) -> Vec<u8> {
    format!(
        "POST /notify HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n{fields}\r\n\r\n"
    )
    .into_bytes()
}

/// A callback as Paygate posts it.
pub(crate) fn post(body: &str) -> Vec<u8> {
    let mut request = head(&format!("Content-Length: {}", body.len()));
    request.extend_from_slice(body.as_bytes());
    request
}

/// Sends a request and reads until the other side hangs up.
pub(crate) fn status(to: SocketAddr, request: &[u8]) -> io::Result<u16> {
    let mut stream = connect(to)?;
    // Who refuses a body by its head may hang up before it came, and has answered all the same.
    let sent = stream.write_all(request);
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    let line = answer.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let status =
        str::from_utf8(line).ok().and_then(|line| line.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok());
    match (status, sent.and(read)) {
        (Some(status), _) => Ok(status),
        (None, Err(error)) => Err(error),
        (None, Ok(_)) => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}
