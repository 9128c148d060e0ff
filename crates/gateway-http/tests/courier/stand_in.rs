//! A call, a transport that plays a script, and a clock that stands still until somebody sleeps.

use futures_util::FutureExt;
use gateway_http::{
    BoxFuture, Call, CallError, Clock, Courier, HttpRequest, HttpResponse, Repeat, Retries, Transport,
    TransportError,
};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A call whose answer is the body, if the status is a success.
pub(crate) struct Ask {
    request: HttpRequest,
    repeat: Repeat,
}

impl Ask {
    pub(crate) fn new(repeat: Repeat) -> Self {
        Self { request: HttpRequest::get("https://gateway.example/ask"), repeat }
    }
}

/// The status of an answer that says nothing.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the status is {0}")]
pub(crate) struct Unread(pub(crate) u16);

impl Call for Ask {
    type Answer = Vec<u8>;
    type Error = Unread;

    fn request(&self) -> &HttpRequest {
        &self.request
    }

    fn repeat(&self) -> Repeat {
        self.repeat
    }

    fn read(&self, response: &HttpResponse) -> Result<Vec<u8>, Unread> {
        if response.is_success() { Ok(response.body().to_vec()) } else { Err(Unread(response.status())) }
    }
}

/// What comes of the tries, one after the other; then the same for ever.
#[derive(Clone)]
pub(crate) struct Script {
    left: Arc<Mutex<VecDeque<Result<HttpResponse, TransportError>>>>,
    sent: Arc<Mutex<usize>>,
    takes: Duration,
    time: StoodStill,
}

impl Transport for Script {
    fn send<'a>(&'a self, request: &'a HttpRequest) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        assert_eq!(request.url(), "https://gateway.example/ask");
        *self.sent.lock().unwrap() += 1;
        self.time.pass(self.takes);
        let mut left = self.left.lock().unwrap();
        let next = left.pop_front().expect("more tries than the script has");
        Box::pin(async move { next })
    }
}

/// A clock that moves when somebody sleeps, and keeps how long each slept.
#[derive(Clone)]
pub(crate) struct StoodStill {
    begin: Instant,
    passed: Arc<Mutex<Duration>>,
    pauses: Arc<Mutex<Vec<Duration>>>,
}

impl StoodStill {
    fn pass(&self, time: Duration) {
        *self.passed.lock().unwrap() += time;
    }
}

impl Clock for StoodStill {
    fn now(&self) -> Instant {
        self.begin + *self.passed.lock().unwrap()
    }

    fn sleep(&self, pause: Duration) -> BoxFuture<'_, ()> {
        self.pass(pause);
        self.pauses.lock().unwrap().push(pause);
        Box::pin(async {})
    }
}

/// What came of a call: the answer or why not, how often it was sent, and the pauses between.
pub(crate) struct Carried {
    pub(crate) answer: Result<Vec<u8>, CallError<Unread>>,
    pub(crate) sent: usize,
    pub(crate) pauses: Vec<Duration>,
}

/// Carries a call of this kind; each try takes so long, and this comes of them.
pub(crate) fn carry(
    repeat: Repeat,
    retries: Retries,
    takes: Duration,
    script: impl IntoIterator<Item = Result<HttpResponse, TransportError>>,
) -> Carried {
    let time = StoodStill { begin: Instant::now(), passed: Arc::default(), pauses: Arc::default() };
    let script = Script {
        left: Arc::new(Mutex::new(script.into_iter().collect())),
        sent: Arc::default(),
        takes,
        time: time.clone(),
    };
    let courier = Courier::new(script.clone(), time.clone()).with_retries(retries);
    let answer = courier.carry(&Ask::new(repeat)).now_or_never().expect("nothing here waits");
    let sent = *script.sent.lock().unwrap();
    let pauses = time.pauses.lock().unwrap().clone();
    Carried { answer, sent, pauses }
}

/// How often a call of this kind is sent, if this comes of the first try, and then a good answer.
pub(crate) fn sent_if(repeat: Repeat, first: Result<HttpResponse, TransportError>) -> usize {
    carry(repeat, Retries::default(), Duration::ZERO, [first, status(200)]).sent
}

#[allow(clippy::unnecessary_wraps, reason = "it is a line of a script")]
pub(crate) fn status(status: u16) -> Result<HttpResponse, TransportError> {
    Ok(HttpResponse::new(status, "told"))
}

/// Every error in which nothing left, and which may be gone the next time.
pub(crate) const NOT_SENT: [TransportError; 3] =
    [TransportError::Connect, TransportError::Certificate, TransportError::Tls];

/// Every error after which nobody can tell.
pub(crate) const UNKNOWN: [TransportError; 3] =
    [TransportError::Timeout, TransportError::Broken, TransportError::TooLarge];

/// Every error that would be the same the next time.
pub(crate) const LASTING: [TransportError; 2] = [TransportError::Malformed, TransportError::PlainHttp];
