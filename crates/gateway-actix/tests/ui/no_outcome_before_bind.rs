//! A handler has no outcome of a callback before it is bound to an attempt.
use gateway_actix::{Ack, UrlNotify};
use paygate::Trustly;

async fn notify(callback: UrlNotify<Trustly>) -> Ack {
    callback.outcome();
    Ack
}

fn main() {}
