//! Tokio's clock.

use crate::{BoxFuture, Clock};
use std::time::{Duration, Instant};

/// Sleeps by tokio, in whose runtime it must be used, with time enabled.
///
/// ```
/// use gateway_http::{Clock, TokioClock};
/// use std::time::Duration;
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
/// let before = TokioClock.now();
/// TokioClock.sleep(Duration::from_millis(1)).await;
/// assert!(TokioClock.now() > before);
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioClock;

impl Clock for TokioClock {
    /// Tokio's time, so that a test which stops it stops this clock too.
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, pause: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(pause))
    }
}
