//! What is told of several tries never says that nothing happened where something may have.

use crate::stand_in::{Unread, carry, status};
use gateway_http::{CallError, HttpResponse, Repeat, Retries, TransportError};
use std::time::Duration;

type Tried = Result<HttpResponse, TransportError>;

fn told<const N: usize>(script: [Tried; N]) -> CallError<Unread> {
    let retries = Retries::default().with_tries(u32::try_from(N).unwrap());
    carry(Repeat::Harmless, retries, Duration::ZERO, script).answer.unwrap_err()
}

#[test]
fn of_two_tries_the_later_one_is_told() {
    assert_eq!(
        told([Err(TransportError::Timeout), Err(TransportError::Broken)]),
        CallError::Transport(TransportError::Broken)
    );
    assert_eq!(
        told([Err(TransportError::Connect), Err(TransportError::Tls)]),
        CallError::Transport(TransportError::Tls)
    );
    assert_eq!(told([Err(TransportError::Timeout), status(503)]), CallError::Answer(Unread(503)));
    assert_eq!(
        told([status(503), Err(TransportError::Timeout)]),
        CallError::Transport(TransportError::Timeout)
    );
}

#[test]
fn a_try_that_never_left_hides_none_that_may_have() {
    assert_eq!(
        told([Err(TransportError::Timeout), Err(TransportError::Connect), Err(TransportError::Connect)]),
        CallError::Transport(TransportError::Timeout)
    );
    assert_eq!(told([status(503), Err(TransportError::Connect)]), CallError::Answer(Unread(503)));
}
