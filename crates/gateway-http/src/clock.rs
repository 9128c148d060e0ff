//! What tells the time, and waits.

use crate::BoxFuture;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Waits between the tries of a call, and tells how long they took.
///
/// Every closure that sleeps is one; behind the feature `reqwest` there is tokio's. A test gives one that does not wait:
///
/// ```
/// use gateway_http::Clock;
/// use std::time::Duration;
///
/// let asleep = |_: Duration| async {};
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(
/// asleep.sleep(Duration::from_secs(60))
/// # );
/// # Ok::<(), std::io::Error>(())
/// ```
pub trait Clock: Send + Sync {
    /// What time it is; that of the system, unless a test says otherwise.
    fn now(&self) -> Instant {
        Instant::now()
    }

    /// Waits.
    fn sleep(&self, pause: Duration) -> BoxFuture<'_, ()>;
}

impl<F, Sleep> Clock for F
where
    F: Fn(Duration) -> Sleep + Send + Sync,
    Sleep: Future<Output = ()> + Send + 'static,
{
    fn sleep(&self, pause: Duration) -> BoxFuture<'_, ()> {
        Box::pin(self(pause))
    }
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Instant {
        (**self).now()
    }

    fn sleep(&self, pause: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(pause)
    }
}
