//! A shop that records every callback and answers as it is told, on a port of its own.

use paygate::testing;
use paygate::trustly::{PaymentRequestBuilder, Urls};
use paygate::{Authentic, CallbackUrl, Expected, Merchant, RawCallback, Route, Sealed, Trustly, VerifyError};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Whether the body had as many bytes as were announced.
    pub(crate) whole: bool,
}

pub(crate) struct Shop {
    origin: String,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    seen: Mutex<Vec<Seen>>,
    /// The statuses of the next notifies; then 200.
    answers: Mutex<VecDeque<u16>>,
    /// Notifies that this merchant cannot open are answered with 500, and broken ones with nothing.
    believes: Mutex<Option<Merchant>>,
}

impl Shop {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared::default());
        let served = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&served);
                thread::spawn(move || serve(stream, &shared));
            }
        });
        Self { origin, shared }
    }

    /// The next notifies are answered with these statuses.
    pub(crate) fn answers(&self, statuses: impl IntoIterator<Item = u16>) {
        self.shared.answers.lock().unwrap().extend(statuses);
    }

    /// From now on, what this merchant cannot open is answered with 500.
    pub(crate) fn believes(&self, merchant: &Merchant) {
        *self.shared.believes.lock().unwrap() = Some(merchant.clone());
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.shared.seen.lock().unwrap().clone()
    }

    pub(crate) fn notifies(&self) -> Vec<Seen> {
        self.seen().into_iter().filter(|seen| seen.path == "/notify").collect()
    }

    pub(crate) fn urls(&self) -> Urls {
        let url = |path: &str| CallbackUrl::new(format!("{}{path}", self.origin)).unwrap();
        Urls { success: url("/success"), failure: url("/failure"), notify: url("/notify") }
    }

    pub(crate) fn request(&self, trans_id: &str, cents: u64) -> PaymentRequestBuilder {
        testing::request_builder(trans_id, cents, &self.urls())
    }

    pub(crate) fn sealed(&self, merchant: &Merchant, trans_id: &str, cents: u64) -> Sealed {
        merchant.seal(&self.request(trans_id, cents).build()).unwrap()
    }
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        header.map(|(_, value)| value.as_str())
    }

    /// What the library makes of it.
    pub(crate) fn open(&self, merchant: &Merchant) -> Result<Authentic<Trustly>, VerifyError> {
        let route = match self.path.as_str() {
            "/success" => Route::Success,
            "/failure" => Route::Failure,
            _ => Route::Notify,
        };
        merchant.open(&RawCallback::post(route, &self.body).with_query(self.query.as_bytes()))
    }

    /// Status and Code, or the kind of the error, or that it is another attempt's.
    pub(crate) fn told(&self, expected: &Expected, merchant: &Merchant) -> String {
        match self.open(merchant) {
            Ok(callback) => match callback.bind(expected) {
                Ok(_) => {
                    let signed = callback.signed();
                    format!("{} {}", signed.status().as_str(), signed.code().as_str())
                }
                Err(error) => format!("not bound: {}", error.kind()),
            },
            Err(error) => error.kind().to_owned(),
        }
    }
}

impl Shared {
    fn believes(&self, seen: &Seen) -> bool {
        let opened = self.believes.lock().unwrap().as_ref().map(|merchant| seen.open(merchant));
        opened.is_none_or(|opened| opened.is_ok())
    }
}

fn serve(stream: TcpStream, shared: &Shared) {
    let mut writer = stream.try_clone().unwrap();
    let mut reader = BufReader::new(stream);
    while let Some(seen) = read(&mut reader) {
        let whole = seen.whole;
        let status = match seen.path.as_str() {
            "/notify" => match shared.answers.lock().unwrap().pop_front() {
                Some(status) => status,
                None if shared.believes(&seen) => 200,
                None => 500,
            },
            _ => 303,
        };
        shared.seen.lock().unwrap().push(seen);
        let answer = format!("HTTP/1.1 {status} X\r\nLocation: /checking\r\nContent-Length: 0\r\n\r\n");
        if !whole || writer.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.push((name.to_owned(), value.to_owned())),
            None => break,
        }
    }
    let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = Vec::new();
    let _ = reader.take(length as u64).read_to_end(&mut body);
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    Some(Seen {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        whole: body.len() == length,
        body,
    })
}
