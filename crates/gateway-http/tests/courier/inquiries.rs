//! An inquiry is sent again until it has an answer.

use crate::stand_in::{LASTING, NOT_SENT, UNKNOWN, carry, sent_if, status};
use gateway_http::{CallError, Repeat, Retries};
use std::time::Duration;

#[test]
fn an_inquiry_without_an_answer_is_sent_again() {
    for error in NOT_SENT.into_iter().chain(UNKNOWN) {
        assert_eq!(sent_if(Repeat::Harmless, Err(error.clone())), 2, "{error:?}");
    }
}

#[test]
fn an_inquiry_is_sent_again_where_the_gateway_is_down_or_has_too_much_to_do() {
    for (first, sent) in [
        (200, 1),
        (204, 1),
        (302, 1),
        (400, 1),
        (404, 1),
        (428, 1),
        (429, 2),
        (430, 1),
        (499, 1),
        (500, 2),
        (503, 2),
        (599, 2),
        (600, 1),
    ] {
        assert_eq!(sent_if(Repeat::Harmless, status(first)), sent, "{first}");
    }
}

#[test]
fn what_is_wrong_with_an_inquiry_itself_is_not_tried_again() {
    for error in LASTING {
        assert_eq!(sent_if(Repeat::Harmless, Err(error.clone())), 1, "{error:?}");
    }
}

#[test]
fn the_answer_of_the_try_that_worked_is_read() {
    let script = UNKNOWN.map(Err).into_iter().chain([status(200)]);
    let carried = carry(Repeat::Harmless, Retries::default(), Duration::ZERO, script);
    assert_eq!(carried.answer, Ok(b"told".to_vec()));
    assert_eq!(carried.sent, 4);
}

#[test]
fn an_answer_that_says_nothing_is_the_calls_error_and_not_asked_for_again() {
    let carried = carry(Repeat::Harmless, Retries::default(), Duration::ZERO, [status(404)]);
    assert!(matches!(carried.answer, Err(CallError::Answer(error)) if error.0 == 404));
}
