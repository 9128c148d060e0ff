//! How many callbacks came, by route and by what became of them.

use paygate::Route;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// The kind of what is no rejection.
const ACCEPTED: &str = "accepted";

/// A snapshot of the counters: since the start, over all workers that share one [`Callbacks`](crate::Callbacks).
///
/// Alarm on `mac` in numbers: a key was changed on one side only, or somebody tries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<(&'static str, &'static str), u64>);

impl Counts {
    /// How many authentic callbacks were extracted at this route. The handler gets them, unless another extractor beside
    /// this one refuses the request.
    #[must_use]
    pub fn accepted(&self, route: Route) -> u64 {
        self.count(route, ACCEPTED)
    }

    /// How many were rejected at this route for a reason of this [kind](crate::RejectReason::kind).
    #[must_use]
    pub fn rejected(&self, route: Route, kind: &str) -> u64 {
        if kind == ACCEPTED { 0 } else { self.count(route, kind) }
    }

    fn count(&self, route: Route, kind: &str) -> u64 {
        let found = self.0.iter().find(|((at, known), _)| *at == route.as_str() && *known == kind);
        found.map_or(0, |(_, count)| *count)
    }

    /// All that are not 0, for an exporter of metrics: the route, the kind or `accepted`, and how many.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'static str, u64)> {
        self.0.iter().map(|((route, kind), count)| (*route, *kind, *count))
    }
}

/// The counters themselves. Their keys are words of the program, so nobody outside can add to their number.
///
/// What is accepted is counted without a lock, since all workers do it all the time.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    success: AtomicU64,
    failure: AtomicU64,
    notify: AtomicU64,
    rejected: Mutex<Counts>,
}

impl Counters {
    pub(crate) fn accepted(&self, route: Route) {
        self.accepted_at(route).fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn rejected(&self, route: Route, kind: &'static str) {
        let mut counts = self.rejected.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.0.entry((route.as_str(), kind)).or_default();
        *count = count.saturating_add(1);
    }

    pub(crate) fn snapshot(&self) -> Counts {
        let mut counts = self.rejected.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for route in [Route::Success, Route::Failure, Route::Notify] {
            let count = self.accepted_at(route).load(Ordering::Relaxed);
            if count > 0 {
                counts.0.insert((route.as_str(), ACCEPTED), count);
            }
        }
        counts
    }

    fn accepted_at(&self, route: Route) -> &AtomicU64 {
        match route {
            Route::Success => &self.success,
            Route::Failure => &self.failure,
            Route::Notify => &self.notify,
        }
    }
}
