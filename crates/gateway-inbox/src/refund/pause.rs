//! How long to wait before the gateway is asked once more.

use std::time::Duration;

/// The wait before the next question when so many were asked: a minute, a quarter of an hour, one hour, six, then a day.
pub(super) fn pause(asked: u32) -> Duration {
    Duration::from_secs(match asked {
        0 => 60,
        1 => 15 * 60,
        2 => 60 * 60,
        3 => 6 * 60 * 60,
        _ => 24 * 60 * 60,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gateway_is_asked_soon_and_then_daily() {
        assert_eq!(pause(0), Duration::from_secs(60));
        assert!((0..100).all(|asked| pause(asked) <= pause(asked + 1)));
        assert_eq!(pause(u32::MAX), Duration::from_secs(86_400));
    }
}
