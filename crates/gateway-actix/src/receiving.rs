//! A callback on its way through an extractor: read, opened, and stored where there is an inbox.

use crate::body::{Body, Reading};
use crate::callbacks::Callbacks;
use crate::kept::{Kept, Opened};
use crate::reject::{RejectReason, Rejection};
use crate::unread::Unread;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use futures_util::future::LocalBoxFuture;
use paygate::{Authentic, Method, RawCallback, Route};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Gives out the callback as `T`. It is no `async` block, which an extractor could name only in a box: by itself it
/// allocates nothing, unless the callback is stored.
pub struct Receiving<M: Method, T> {
    request: HttpRequest,
    route: Route,
    give: fn(Authentic<M>) -> T,
    step: Step<M>,
}

enum Step<M: Method> {
    Unpolled(Unread),
    Reading(Reading),
    Keeping(LocalBoxFuture<'static, Opened<M>>),
    Finished,
}

impl<M: Method + 'static, T> Receiving<M, T> {
    pub(crate) fn new(
        request: &HttpRequest,
        payload: &mut Payload,
        route: Route,
        give: fn(Authentic<M>) -> T,
    ) -> Self {
        let step = Step::Unpolled(Unread::take(request, payload));
        Self { request: request.clone(), route, give, step }
    }
}

impl<M: Method + 'static, T> Future for Receiving<M, T> {
    type Output = Result<T, Rejection>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { request, route, give, step } = self.get_mut();
        let Some(callbacks) = Callbacks::of(request) else {
            *step = Step::Finished;
            return Poll::Ready(Err(Rejection::not_configured(*route, M::NAME)));
        };
        let opened = ready!(step.poll(callbacks, request, *route, context));
        *step = Step::Finished;
        Poll::Ready(match opened {
            Ok(callback) => {
                callbacks.accept(*route);
                Ok(give(callback))
            }
            Err((reason, stored)) => Err(callbacks.reject(*route, M::NAME, reason, stored)),
        })
    }
}

impl<M: Method + 'static> Step<M> {
    fn poll(
        &mut self,
        callbacks: &Callbacks,
        request: &HttpRequest,
        route: Route,
        context: &mut Context<'_>,
    ) -> Poll<Opened<M>> {
        loop {
            *self = match self {
                Self::Unpolled(body) => {
                    let query = request.query_string().len();
                    let limit = RawCallback::MAX_BYTES.saturating_sub(query);
                    match Reading::begin(request, body.handed_on(), limit, callbacks.timeout()) {
                        Ok(reading) => Self::Reading(reading),
                        Err(reason) => return Poll::Ready(Err((reason, false))),
                    }
                }
                Self::Reading(reading) => match ready!(reading.poll(context)) {
                    Ok(body) => match open(callbacks, request, route, &body) {
                        Kept::Now(opened) => return Poll::Ready(opened),
                        Kept::Later(opened) => Self::Keeping(opened),
                    },
                    Err(reason) => return Poll::Ready(Err((reason, false))),
                },
                Self::Keeping(opened) => return opened.as_mut().poll(context),
                Self::Finished => return Poll::Pending, // nobody may ask
            };
        }
    }
}

/// What is authentic is stored, where there is somebody who stores it.
fn open<M: Method + 'static>(
    callbacks: &Callbacks,
    request: &HttpRequest,
    route: Route,
    body: &Body,
) -> Kept<M> {
    let raw = RawCallback::post(route, body).with_query(request.query_string().as_bytes());
    match callbacks.merchants().open(&raw) {
        Ok(callback) => callbacks.keep(&raw, callback),
        Err(error) => callbacks.keep_inapplicable(&raw, error),
    }
}

/// Tells of an extraction that is dropped before its end; nobody else would.
impl<M: Method, T> Drop for Receiving<M, T> {
    fn drop(&mut self) {
        if matches!(self.step, Step::Unpolled(_) | Step::Finished) {
            return;
        }
        if let Some(callbacks) = Callbacks::of(&self.request) {
            let _ = callbacks.reject(self.route, M::NAME, RejectReason::Abandoned, false);
        }
    }
}
