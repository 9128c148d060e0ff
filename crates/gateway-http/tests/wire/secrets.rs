//! Neither an error nor a log holds anything of a request or of its answer.

use crate::gateway::{Gateway, nobody, send, settings, transport};
use gateway_http::{HttpRequest, ReqwestTransport};
use std::sync::Mutex;
use std::time::Duration;

/// Everything that any crate underneath says, at every level.
struct Recorder(Mutex<String>);

static SAID: Recorder = Recorder(Mutex::new(String::new()));

impl log::Log for Recorder {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {}\n", record.target(), record.args());
        self.0.lock().unwrap().push_str(&line);
    }

    fn flush(&self) {}
}

fn secret(url: &str) -> HttpRequest {
    let url = url.replace("://", "://canary:canary@") + "credit?token=canary#canary";
    HttpRequest::post(url, "text/plain", "canary").with_header("X-Signature", "canary")
}

#[test]
fn no_error_and_no_log_holds_anything_of_a_request_or_an_answer() {
    log::set_logger(&SAID).unwrap();
    log::set_max_level(log::LevelFilter::Trace);

    let silent = Gateway::start(|mut stream, heard| {
        heard.request(&mut stream);
        heard.request(&mut stream);
    });
    let told = Gateway::saying(
        "HTTP/1.1 302 canary\r\nLocation: /canary\r\nX: canary\r\nContent-Length: 6\r\n\r\ncanary",
    );
    let broken = Gateway::saying("HTTP/1.1 200 canary\r\nX: canary\r\nContent-Length: 9\r\n\r\ncanary");
    let nonsense = Gateway::saying("canary canary\r\n\r\n");
    let short = Duration::from_millis(100);
    let impatient = settings().with_timeout(short).build().unwrap();
    let without_tls = settings().with_connect_timeout(short).build().unwrap();
    let proxied = settings().with_proxy("http://canary:canary@127.0.0.1:1/").build().unwrap();

    let ask = |transport: &ReqwestTransport, url: &str| {
        let request = secret(url);
        let debug = format!("{:?} {:?}", send(transport, &request), transport);
        let display = send(transport, &request).map_or_else(|error| error.to_string(), |_| String::new());
        debug + &display
    };
    let shown = [
        ask(&transport(), &told.url("/")),
        ask(&transport(), &broken.url("/")),
        ask(&transport(), &nonsense.url("/")),
        ask(&transport(), &format!("http://127.0.0.1:{}/", nobody())),
        ask(&without_tls, &format!("https://127.0.0.1:{}/", silent.port())),
        ask(&transport(), "http://gateway.invalid/"),
        ask(&transport(), "https://gateway.invalid/"),
        ask(&transport(), "ftp://127.0.0.1/"),
        ask(&impatient, &silent.url("/")),
        ask(&proxied, "https://gateway.invalid/"),
    ]
    .concat();

    assert!(told.heard()[0].contains("canary"), "it was sent");
    assert!(!shown.contains("canary"), "{shown}");
    let said = SAID.0.lock().unwrap();
    assert!(said.contains("reqwest"), "something is said: {said}");
    let canaries: Vec<_> = said.lines().filter(|line| line.contains("canary")).collect();
    assert!(canaries.is_empty(), "{canaries:#?}");
}
