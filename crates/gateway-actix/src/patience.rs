//! How long a body is waited for, without a timer for those that are there at once.

use actix_web::rt::time::{Instant, Sleep, sleep};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// The time from the first look that found nothing.
pub(crate) struct Patience {
    limit: Duration,
    wait: Wait,
}

enum Wait {
    NotYet,
    Since(Instant),
    /// The timer is told of.
    Until(Pin<Box<Sleep>>),
}

impl Patience {
    pub(crate) fn of(limit: Duration) -> Self {
        Self { limit, wait: Wait::NotYet }
    }

    /// Ready when the time is over.
    ///
    /// actix shows a request before the body that came with it, in the same turn. So the first look only asks for
    /// another one, and a timer is set if there is still no body then.
    pub(crate) fn poll_over(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let since = match &mut self.wait {
            Wait::NotYet => {
                self.wait = Wait::Since(Instant::now());
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            Wait::Since(since) => *since,
            Wait::Until(timer) => return timer.as_mut().poll(context),
        };
        let mut timer = Box::pin(sleep(self.limit.saturating_sub(since.elapsed())));
        let over = timer.as_mut().poll(context);
        self.wait = Wait::Until(timer);
        over
    }
}
