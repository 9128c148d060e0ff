//! Who sends a call again where that does no harm.

use crate::{Call, CallError, Clock, HttpRequest, HttpResponse, Repeat, Retries, Sent, Transport};
use crate::{TransportError, trace};
use std::fmt;
use std::sync::Arc;

/// Carries calls to a gateway: sends, sends again where the call says that this does no harm, and reads the answer.
///
/// | the call | is sent again |
/// |---|---|
/// | [`Harmless`](Repeat::Harmless): an inquiry | where no answer came, and after a status of 429 or 500 to 599 |
/// | [`KnownWhenFinished`](Repeat::KnownWhenFinished): a credit with a stored `ReqId` | where it certainly never left: [`Sent::No`] |
/// | [`Twice`](Repeat::Twice) | never |
///
/// A credit is not sent again after a timeout, though its `ReqId` is stored: Paygate knows a repetition once the first one is
/// finished, and while that is open it pays a second time. An inquiry tells how much was credited; then the shop decides.
/// Where the URL is at fault, nothing is sent again at all.
///
/// An answer that cannot be read is not asked for again: a wrong key or a firewall's page answers the same the next time,
/// and what stands in for a gateway that is down has its status.
///
/// ```
/// use gateway_http::{Call, CallError, Courier, HttpRequest, HttpResponse, Repeat, Sent, TransportError};
/// use std::sync::atomic::{AtomicU32, Ordering};
/// use std::time::Duration;
///
/// struct Status(HttpRequest);
/// # impl Call for Status {
/// #     type Answer = usize;
/// #     type Error = std::fmt::Error;
/// #     fn request(&self) -> &HttpRequest { &self.0 }
/// #     fn repeat(&self) -> Repeat { Repeat::Harmless }
/// #     fn read(&self, response: &HttpResponse) -> Result<usize, Self::Error> { Ok(response.body().len()) }
/// # }
/// let tries = AtomicU32::new(0);
/// let flaky = move |_: HttpRequest| {
///     let first = tries.fetch_add(1, Ordering::Relaxed) == 0;
///     async move { if first { Err(TransportError::Timeout) } else { Ok(HttpResponse::new(200, "paid")) } }
/// };
/// let courier = Courier::new(flaky, |_: Duration| async {}); // a test waits for nothing
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// match courier.carry(&Status(HttpRequest::get("https://gateway.example/status"))).await {
///     Ok(answer) => assert_eq!(answer, 4),
///     Err(CallError::Transport(error)) if error.sent() == Sent::No => unreachable!("nothing happened"),
///     Err(_) => unreachable!("what happened is unknown: ask by an inquiry"),
/// }
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// Where the future of [`Courier::carry`] is dropped before it ends, what the call did is unknown.
#[derive(Clone)]
pub struct Courier {
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    retries: Retries,
}

impl Courier {
    /// A courier that sends by this transport, and waits by this clock between two tries.
    #[must_use]
    pub fn new(transport: impl Transport + 'static, clock: impl Clock + 'static) -> Self {
        Self { transport: Arc::new(transport), clock: Arc::new(clock), retries: Retries::default() }
    }

    /// Tries as often as this says.
    #[must_use]
    pub fn with_retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// Sends the call, again where that does no harm, and reads its answer.
    ///
    /// # Errors
    ///
    /// [`CallError::Transport`] where no answer came, and [`CallError::Answer`] where one came that says nothing.
    pub async fn carry<C: Call>(&self, call: &C) -> Result<C::Answer, CallError<C::Error>> {
        let answer = self.answer(call.request(), call.repeat()).await;
        call.read(&answer.map_err(CallError::Transport)?).map_err(CallError::Answer)
    }

    async fn answer(&self, request: &HttpRequest, repeat: Repeat) -> Result<HttpResponse, TransportError> {
        let begin = self.clock.now();
        let mut tries = 1;
        let mut told = self.send(request, tries).await;
        let mut again = may_repeat(repeat, &told);
        while again {
            let elapsed = self.clock.now().saturating_duration_since(begin);
            let Some(pause) = self.retries.next(tries, elapsed, fastrand::u64(..)) else { break };
            self.clock.sleep(pause).await;
            tries = tries.saturating_add(1);
            let next = self.send(request, tries).await;
            again = may_repeat(repeat, &next);
            told = more_telling(told, next);
        }
        told
    }

    async fn send(&self, request: &HttpRequest, tries: u32) -> Result<HttpResponse, TransportError> {
        let begin = self.clock.now();
        let answer = self.transport.send(request).await;
        let took = self.clock.now().saturating_duration_since(begin);
        trace::tried(request, tries, took, answer.as_ref());
        answer
    }
}

/// Whether the call may be sent again after this.
fn may_repeat(repeat: Repeat, tried: &Result<HttpResponse, TransportError>) -> bool {
    match (repeat, tried) {
        // A URL or a header that is at fault would be at fault the next time.
        (_, Err(TransportError::Malformed | TransportError::PlainHttp))
        | (Repeat::KnownWhenFinished, Ok(_))
        | (Repeat::Twice, _) => false,
        (Repeat::Harmless, Err(_)) => true,
        (Repeat::Harmless, Ok(response)) => matches!(response.status(), 429 | 500..=599),
        (Repeat::KnownWhenFinished, Err(error)) => error.sent() == Sent::No,
    }
}

/// Of two tries the later one, unless that never left and the earlier one may have: no error may say that nothing
/// happened where something may have.
fn more_telling(
    earlier: Result<HttpResponse, TransportError>,
    later: Result<HttpResponse, TransportError>,
) -> Result<HttpResponse, TransportError> {
    match &later {
        Err(error) if error.sent() == Sent::No => match &earlier {
            Err(error) if error.sent() == Sent::No => later,
            _ => earlier,
        },
        _ => later,
    }
}

impl fmt::Debug for Courier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Courier").field("retries", &self.retries).finish_non_exhaustive()
    }
}
