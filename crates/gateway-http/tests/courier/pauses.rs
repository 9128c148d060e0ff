//! Tries are few, wait longer and longer, and come to an end.

use crate::stand_in::{carry, status};
use gateway_http::{Repeat, Retries, TransportError};
use std::iter;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

fn down() -> impl Iterator<Item = Result<gateway_http::HttpResponse, TransportError>> {
    iter::repeat_n(Err(TransportError::Connect), 1000)
}

#[test]
fn there_are_as_many_tries_as_are_allowed() {
    for (tries, sent) in [(0, 1), (1, 1), (2, 2), (5, 5)] {
        let retries = Retries::default().with_tries(tries);
        assert_eq!(carry(Repeat::Harmless, retries, Duration::ZERO, down()).sent, sent, "{tries}");
    }
    assert_eq!(carry(Repeat::Harmless, Retries::none(), Duration::ZERO, down()).sent, 1);
}

#[test]
fn each_pause_is_below_its_ceiling() {
    let retries = Retries::default().with_tries(8).with_pauses(SECOND, 8 * SECOND).within(100 * SECOND);
    let pauses = carry(Repeat::Harmless, retries, Duration::ZERO, down()).pauses;
    assert_eq!(pauses.len(), 7);
    for (pause, ceiling) in pauses.iter().zip([1, 2, 4, 8, 8, 8, 8]) {
        assert!(*pause < ceiling * SECOND, "{pauses:?}");
    }
}

#[test]
fn the_pauses_of_two_couriers_differ() {
    let pauses = || carry(Repeat::Harmless, Retries::default(), Duration::ZERO, down()).pauses;
    assert_ne!(pauses(), pauses());
}

#[test]
fn no_try_begins_after_the_deadline() {
    // Each takes 10 s, and the pauses are next to nothing: at 0, 10 and 20 s one begins, at 30 s none.
    let retries = Retries::default()
        .with_tries(100)
        .with_pauses(Duration::from_millis(1), Duration::from_millis(1))
        .within(25 * SECOND);
    assert_eq!(carry(Repeat::Harmless, retries, 10 * SECOND, down()).sent, 3);
}

#[test]
fn nothing_is_waited_for_after_the_last_try() {
    let carried = carry(Repeat::Harmless, Retries::default(), Duration::ZERO, [status(200)]);
    assert_eq!(carried.pauses, []);
    let carried = carry(Repeat::Harmless, Retries::default().with_tries(2), Duration::ZERO, down());
    assert_eq!(carried.pauses.len(), 1);
}
