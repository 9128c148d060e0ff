//! Moving the clock for the console and the API.

use crate::paygate::desk::Desk;
use std::time::Duration;

/// Longer than anything takes: the last repeat of a notify comes within a day.
const YEAR: u64 = 366 * 24 * 60 * 60;

/// The clock is not moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("advance_seconds is a whole number of seconds, a year of them at most")]
pub(crate) struct TooFar;

/// Moves it forward, and waits until all that became due was done.
pub(crate) async fn forward(desk: &Desk, seconds: u64) -> Result<(), TooFar> {
    if seconds > YEAR {
        return Err(TooFar);
    }
    desk.advance(Duration::from_secs(seconds)).await;
    Ok(())
}
