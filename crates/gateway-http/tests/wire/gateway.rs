//! A gateway that does what a test says, on a socket of this machine.

use crate::certificates::Authority;
use gateway_http::{HttpRequest, HttpResponse, ReqwestBuilder, ReqwestTransport, Transport, TransportError};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A listener, and what each connection to it has sent so far.
pub(crate) struct Gateway {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Gateway {
    /// One that does this with each connection.
    pub(crate) fn start(serve: impl Fn(TcpStream, &Heard) + Send + Sync + 'static) -> Self {
        Self::start_at("127.0.0.1:0", serve)
    }

    pub(crate) fn start_at(address: &str, serve: impl Fn(TcpStream, &Heard) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (connections, serve) = (heard.clone(), Arc::new(serve));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let number = {
                    let mut connections = connections.lock().unwrap();
                    connections.push(String::new());
                    connections.len() - 1
                };
                let heard = Heard { connections: connections.clone(), number };
                let serve = serve.clone();
                thread::spawn(move || serve(stream, &heard));
            }
        });
        Self { address, heard }
    }

    /// One that hears the whole request and writes this.
    pub(crate) fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::start(move |mut stream, heard| {
            heard.request(&mut stream);
            // Whoever has read enough may be gone.
            let _ = stream.write_all(&answer);
        })
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// A URL in the clear, with a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port())
    }

    /// What each connection has sent.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// What comes of a request to it.
    pub(crate) fn ask(&self) -> Result<HttpResponse, TransportError> {
        send(&transport(), &HttpRequest::get(self.url("/")))
    }
}

/// Where what a connection sends is written down.
pub(crate) struct Heard {
    connections: Arc<Mutex<Vec<String>>>,
    number: usize,
}

impl Heard {
    /// Reads a request, with a body as long as its Content-Length.
    pub(crate) fn request(&self, stream: &mut impl Read) {
        let mut text = String::new();
        let mut chunk = [0; 1024];
        while !is_whole(&text) {
            match stream.read(&mut chunk) {
                Ok(0) | Err(_) => break,
                Ok(length) => text.push_str(&String::from_utf8_lossy(&chunk[..length])),
            }
        }
        self.connections.lock().unwrap()[self.number].push_str(&text);
    }
}

fn is_whole(text: &str) -> bool {
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

/// Settings that do not need the certificates of the machine where the test runs.
pub(crate) fn settings() -> ReqwestBuilder {
    ReqwestTransport::builder().with_root_certificates(Authority::new().pem())
}

pub(crate) fn transport() -> ReqwestTransport {
    settings().build().unwrap()
}

pub(crate) fn send(
    transport: &ReqwestTransport,
    request: &HttpRequest,
) -> Result<HttpResponse, TransportError> {
    block_on(transport.send(request))
}

pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

/// A port at which nobody listens.
pub(crate) fn nobody() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
