//! The simulator's own time: as fast as the real one, faster, or moved by hand.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

/// Time since the simulator started.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    /// Seconds that pass in one real second; 0 is a clock that moves by hand alone.
    scale: u32,
    skipped: Mutex<Duration>,
}

impl Clock {
    pub(crate) fn new(scale: u32) -> Self {
        Self { started: Instant::now(), scale, skipped: Mutex::default() }
    }

    pub(crate) fn now(&self) -> Duration {
        self.with(|skipped, running| running.saturating_add(*skipped))
    }

    /// What was skipped, and what has passed by itself.
    fn with<T>(&self, read: impl FnOnce(&mut Duration, Duration) -> T) -> T {
        let mut skipped = self.skipped.lock().unwrap_or_else(PoisonError::into_inner);
        read(&mut skipped, self.started.elapsed().saturating_mul(self.scale))
    }

    /// Moves the clock forward to a time; never back.
    pub(crate) fn move_to(&self, time: Duration) {
        self.with(|skipped, running| *skipped = (*skipped).max(time.saturating_sub(running)));
    }

    /// How long to sleep until then; `None` where sleeping does not bring it nearer.
    pub(crate) fn real_until(&self, due: Duration) -> Option<Duration> {
        due.saturating_sub(self.now()).checked_div(self.scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_of_scale_0_moves_by_hand_alone() {
        let clock = Clock::new(0);
        assert_eq!(clock.now(), Duration::ZERO);
        assert_eq!(clock.real_until(Duration::from_secs(60)), None);
        clock.move_to(Duration::from_secs(60));
        clock.move_to(Duration::from_secs(30));
        assert_eq!(clock.now(), Duration::from_secs(60));
    }

    #[test]
    fn a_scaled_clock_needs_a_fraction_of_the_real_time() {
        let clock = Clock::new(60);
        let sleep = clock.real_until(Duration::from_secs(3600)).unwrap();
        assert!(sleep <= Duration::from_secs(60));
        assert!(clock.real_until(Duration::ZERO).unwrap().is_zero());
    }
}
