//! Only the extractor makes a callback; an authentic one of another URL does not become one.
use gateway_actix::{UrlNotify, UrlSuccess};
use paygate::Trustly;

fn turn(callback: UrlSuccess<Trustly>) -> UrlNotify<Trustly> {
    UrlNotify(callback.into_inner())
}

fn main() {}
