//! A courier over sockets: it asks again, and gives no money back twice.

use crate::gateway::{Gateway, block_on, nobody, settings};
use gateway_http::{
    Call, CallError, Courier, HttpRequest, HttpResponse, Repeat, Retries, Sent, TokioClock, TransportError,
};
use std::convert::Infallible;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

struct Form(HttpRequest, Repeat);

impl Call for Form {
    type Answer = u16;
    type Error = Infallible;

    fn request(&self) -> &HttpRequest {
        &self.0
    }

    fn repeat(&self) -> Repeat {
        self.1
    }

    fn read(&self, response: &HttpResponse) -> Result<u16, Infallible> {
        Ok(response.status())
    }
}

fn carry(url: &str, repeat: Repeat) -> Result<u16, CallError<Infallible>> {
    let transport = settings().with_timeout(Duration::from_millis(300)).build().unwrap();
    let soon = Duration::from_millis(1);
    let courier =
        Courier::new(transport, TokioClock).with_retries(Retries::default().with_pauses(soon, soon));
    block_on(courier.carry(&Form(HttpRequest::post(url, "text/plain", "form"), repeat)))
}

/// One that breaks off, then says nothing, then is down, then answers.
fn recovering() -> Gateway {
    let calls = AtomicUsize::new(0);
    Gateway::start(move |mut stream, heard| {
        heard.request(&mut stream);
        match calls.fetch_add(1, Ordering::Relaxed) {
            0 => (),
            1 => heard.request(&mut stream),
            2 => stream.write_all(b"HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n").unwrap(),
            _ => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").unwrap(),
        }
    })
}

#[test]
fn an_inquiry_gets_its_answer_from_a_gateway_that_recovers() {
    let gateway = recovering();
    assert_eq!(carry(&gateway.url("/inquire.aspx"), Repeat::Harmless), Ok(200));
    assert_eq!(gateway.heard().len(), 4);
}

#[test]
fn a_credit_that_broke_off_arrives_once() {
    let gateway = recovering();
    let error = carry(&gateway.url("/credit.aspx"), Repeat::KnownWhenFinished).unwrap_err();
    assert_eq!(error, CallError::Transport(TransportError::Broken));
    assert!(error.to_string().ends_with("an inquiry is the way on"));
    assert_eq!(gateway.heard().len(), 1);
}

#[test]
fn a_credit_to_which_nothing_is_said_arrives_once() {
    let gateway = Gateway::start(|mut stream, heard| {
        heard.request(&mut stream);
        heard.request(&mut stream);
    });
    let error = carry(&gateway.url("/credit.aspx"), Repeat::KnownWhenFinished).unwrap_err();
    assert_eq!(error, CallError::Transport(TransportError::Timeout));
    assert_eq!(gateway.heard().len(), 1);
}

#[test]
fn a_credit_that_reached_nobody_says_so() {
    let url = format!("http://127.0.0.1:{}/credit.aspx", nobody());
    let Err(CallError::Transport(error)) = carry(&url, Repeat::KnownWhenFinished) else { panic!() };
    assert_eq!((error.sent(), error), (Sent::No, TransportError::Connect));
}
