//! How long a thread was on a CPU: on Linux as the scheduler counts it, elsewhere not known.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

/// A thread, for as long as it lives.
#[derive(Clone)]
pub(crate) struct Thread(Option<PathBuf>);

impl Thread {
    /// The one that asks.
    pub(crate) fn current() -> Self {
        Self(fs::read_link("/proc/thread-self").ok().map(|thread| PathBuf::from("/proc").join(thread)))
    }

    /// Until now, in user space and kernel, to the nanosecond. Of another thread it is right while that one waits.
    pub(crate) fn on_cpu(&self) -> Option<Duration> {
        // A thread that runs is counted when it is asked to let others run.
        thread::yield_now();
        let text = fs::read_to_string(self.0.as_ref()?.join("schedstat")).ok()?;
        text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    }
}

/// Measures the thread that asks; by the clock where there is nothing better.
pub(crate) struct Stopwatch {
    thread: Thread,
    on_cpu: Option<Duration>,
    at: Instant,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        let thread = Thread::current();
        Self { on_cpu: thread.on_cpu(), thread, at: Instant::now() }
    }

    pub(crate) fn stop(self) -> Duration {
        let elapsed = self.at.elapsed();
        match (self.on_cpu, self.thread.on_cpu()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => elapsed,
        }
    }
}
