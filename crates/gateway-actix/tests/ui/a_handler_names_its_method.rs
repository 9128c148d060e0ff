//! A handler that is generic over the payment method says so: not just anything has callbacks.
use gateway_actix::{Ack, UrlNotify};

async fn notify<M>(_: UrlNotify<M>) -> Ack {
    Ack
}

fn main() {}
