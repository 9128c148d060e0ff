//! A credit with a stored ReqId is sent again only where it never left.

use crate::stand_in::{LASTING, NOT_SENT, UNKNOWN, carry, sent_if, status};
use gateway_http::{CallError, Repeat, Retries, Sent, TransportError};
use std::time::Duration;

#[test]
fn a_credit_that_never_left_is_sent_again() {
    for error in NOT_SENT {
        assert_eq!(sent_if(Repeat::KnownWhenFinished, Err(error.clone())), 2, "{error:?}");
    }
}

#[test]
fn a_credit_that_may_have_been_carried_out_is_not_sent_again() {
    for error in UNKNOWN {
        assert_eq!(sent_if(Repeat::KnownWhenFinished, Err(error.clone())), 1, "{error:?}");
    }
    for code in [200, 302, 400, 429, 500, 502, 503, 504] {
        assert_eq!(sent_if(Repeat::KnownWhenFinished, status(code)), 1, "{code}");
    }
}

#[test]
fn what_is_wrong_with_a_credit_itself_is_not_tried_again() {
    for error in LASTING {
        assert_eq!(sent_if(Repeat::KnownWhenFinished, Err(error.clone())), 1, "{error:?}");
    }
}

#[test]
fn the_first_try_that_may_have_left_is_the_last_one() {
    let script = [Err(TransportError::Connect), Err(TransportError::Timeout), status(200)];
    let carried = carry(Repeat::KnownWhenFinished, Retries::default(), Duration::ZERO, script);
    let Err(CallError::Transport(error)) = carried.answer else { panic!("an answer came") };
    assert_eq!((error.sent(), carried.sent), (Sent::Unknown, 2));
    assert_eq!(
        error.to_string(),
        "no answer in time: what the call did is unknown, and an inquiry is the way on"
    );
}
