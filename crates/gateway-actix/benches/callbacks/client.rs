//! The other side: one thread that keeps a request waiting on each of its connections.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;

/// A connection that stays open.
///
/// Its thread asks again and again and never sleeps: to wake it would be counted as work of the server's, and in a virtual
/// machine that may be more than all the rest.
pub(crate) struct Connection(TcpStream);

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        stream.set_nonblocking(true).expect("a socket");
        Self(stream)
    }

    /// A request is small, and finds an empty buffer.
    pub(crate) fn send(&mut self, request: &[u8]) {
        self.0.write_all(request).expect("sent");
    }

    /// An answer without a body.
    pub(crate) fn answer(&mut self) {
        let mut answer = [0; 1024];
        let mut end = 0;
        while !answer[..end].ends_with(b"\r\n\r\n") {
            match self.0.read(&mut answer[end..]) {
                Ok(0) => panic!("the server hung up"),
                Ok(count) => end += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => thread::yield_now(),
                Err(error) => panic!("{error}"),
            }
        }
        assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"), "{}", String::from_utf8_lossy(&answer[..end]));
    }
}

/// Each connection sends so many, each after the answer to its own one before.
pub(crate) fn exchange(connections: &mut [Connection], request: &[u8], of_each: usize) {
    for connection in &mut *connections {
        connection.send(request);
    }
    for _ in 1..of_each {
        for connection in &mut *connections {
            connection.answer();
            connection.send(request);
        }
    }
    for connection in connections {
        connection.answer();
    }
}

/// A callback as Paygate posts it.
pub(crate) fn request(path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}
