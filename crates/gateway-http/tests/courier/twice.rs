//! What is carried out twice if it is sent twice is sent once.

use crate::stand_in::{LASTING, NOT_SENT, UNKNOWN, sent_if, status};
use gateway_http::Repeat;

#[test]
fn a_call_without_a_reqid_is_sent_once_whatever_comes_of_it() {
    for error in NOT_SENT.into_iter().chain(UNKNOWN).chain(LASTING) {
        assert_eq!(sent_if(Repeat::Twice, Err(error.clone())), 1, "{error:?}");
    }
    for code in [200, 429, 500, 503] {
        assert_eq!(sent_if(Repeat::Twice, status(code)), 1, "{code}");
    }
}
