//! How many verified callbacks a server takes a second, against the same handler that checks nothing, in the same run.
//!
//! `cargo bench -p gateway-actix --bench callbacks` prints medians and their ratio. One server with one worker has both
//! routes; the same connections post the same body to the one and to the other in turn, so that a machine that slows down
//! slows both. With `-- --test` each route gets one round of a few requests.
#![allow(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a bench may stop where an input path may not"
)]

use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer};
use gateway_actix::{Ack, Callbacks, CheckingPage, NotStored, UrlNotify};
use paygate::testing::{self, Callback};
use paygate::{Expected, Trustly};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

const ROUNDS: usize = 31;
const CONNECTIONS: usize = 8;
/// Of each connection in a round.
const REQUESTS: u32 = 500;

/// What the straightforward handler takes.
#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LenAndData {
    len: usize,
    data: String,
}

/// Decrypts, checks the MAC, and binds to the attempt.
async fn notify(callback: UrlNotify<Trustly>, expected: Data<Expected>) -> Result<Ack, NotStored> {
    let Ok(bound) = callback.bind(&expected) else {
        return Err(NotStored::new("no person here to store it for")); // a shop has one, and gives `Ack`
    };
    bound.paid().ok_or_else(|| NotStored::new("not paid"))?;
    Ok(Ack)
}

/// Reads the form, and checks nothing.
async fn form(form: web::Form<LenAndData>) -> HttpResponse {
    if form.len > form.data.len() { HttpResponse::BadRequest().finish() } else { HttpResponse::Ok().finish() }
}

fn main() {
    let is_test = std::env::args().any(|argument| argument == "--test");
    let (rounds, requests) = if is_test { (1, 2) } else { (ROUNDS, REQUESTS) };
    let merchant = testing::merchant();
    let expected = testing::expected(&merchant, "order-4711-1", 1999);
    let body = Callback::paid(&expected)
        .with("AccOwner", "Anna Svensson")
        .with("AddrCity", "Stockholm")
        .with("UserData", "u".repeat(600))
        .form(&merchant)
        .expect("sealed");
    let address = serve(Callbacks::new(merchant, CheckingPage::new("/checking").expect("a page")), expected);

    let mut connections = open(address);
    let [verified, unchecked] = ["/notify", "/form"].map(|path| request(path, &body));
    let [mut of_verified, mut of_unchecked] = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        of_verified.push(round(&mut connections, &verified, requests));
        of_unchecked.push(round(&mut connections, &unchecked, requests));
    }
    let [verified, unchecked] = [of_verified, of_unchecked].map(median);
    println!(
        "body of {} bytes, {CONNECTIONS} connections, 1 worker: verified and bound {verified:.0} requests/s, web::Form \
         without any check {unchecked:.0} requests/s: {:.0} %",
        body.len(),
        100.0 * verified / unchecked
    );
}

/// Starts the server in a thread that ends with the program.
fn serve(callbacks: Callbacks, expected: Expected) -> SocketAddr {
    let (started, start) = mpsc::channel();
    thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || {
                App::new()
                    .app_data(callbacks.clone())
                    .app_data(Data::new(expected))
                    .route("/notify", web::post().to(notify))
                    .route("/form", web::post().to(form))
            })
            .workers(1)
            .disable_signals()
            .bind(("127.0.0.1", 0))
            .expect("a port");
            started.send(server.addrs()[0]).expect("somebody waits");
            server.run().await.expect("a server");
        });
    });
    start.recv().expect("a server")
}

fn open(address: SocketAddr) -> Vec<TcpStream> {
    let connect = |_| {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        stream
    };
    (0..CONNECTIONS).map(connect).collect()
}

fn request(path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Requests a second when all connections send so many, each after the answer to the one before.
fn round(connections: &mut [TcpStream], request: &[u8], requests: u32) -> f64 {
    let all = f64::from(requests) * f64::from(u32::try_from(connections.len()).expect("a few"));
    let from = Instant::now();
    thread::scope(|scope| {
        for stream in connections {
            scope.spawn(|| (0..requests).for_each(|_| exchange(stream, request)));
        }
    });
    all / from.elapsed().as_secs_f64()
}

/// One request, and its answer without a body.
fn exchange(stream: &mut TcpStream, request: &[u8]) {
    stream.write_all(request).expect("sent");
    let mut answer = [0; 1024];
    let mut end = 0;
    while !answer[..end].ends_with(b"\r\n\r\n") {
        let count = stream.read(&mut answer[end..]).expect("an answer");
        assert!(count > 0, "the server hung up");
        end += count;
    }
    assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"), "{}", String::from_utf8_lossy(&answer[..end]));
}

/// The figure in the middle.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
