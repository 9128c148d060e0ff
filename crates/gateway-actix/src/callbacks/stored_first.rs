//! An extractor waits for its inbox: given out is what is stored, and a wait that is broken off is told of.

#![allow(clippy::unwrap_used, reason = "a test may stop where an input path may not")]

use super::Callbacks;
use crate::inbox::{NotDone, Stores};
use crate::{CheckingPage, UrlFailure, UrlNotify};
use actix_web::dev::Payload;
use actix_web::test::TestRequest;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::{BoxFuture, FutureExt, pending, ready};
use gateway_inbox::Delivery;
use paygate::testing::{self, Callback};
use paygate::{Route, Trustly};
use std::sync::Arc;

/// What the inbox does with every delivery.
#[derive(Clone, Copy)]
enum Inbox {
    Stores,
    Fails,
    Hangs,
}

impl Stores for Inbox {
    fn store(self: Arc<Self>, _: Delivery) -> BoxFuture<'static, Result<(), NotDone>> {
        match *self {
            Self::Stores => ready(Ok(())).boxed(),
            Self::Fails => ready(Err(NotDone)).boxed(),
            Self::Hangs => pending().boxed(),
        }
    }
}

fn a_paid_callback(inbox: Inbox) -> (Callbacks, HttpRequest, Payload) {
    let merchant = testing::merchant();
    let paid = Callback::paid(&testing::expected(&merchant, "order-1", 1999)).form(&merchant).unwrap();
    let mut callbacks = Callbacks::new(merchant, CheckingPage::new("/checking").unwrap());
    callbacks.inbox = Some(Arc::new(inbox));
    let request = TestRequest::post().app_data(callbacks.clone()).set_payload(paid);
    let (request, payload) = request.to_http_parts();
    (callbacks, request, payload)
}

#[test]
fn what_is_stored_is_given_out_and_nothing_else() {
    let kind = |inbox| {
        let (callbacks, request, mut payload) = a_paid_callback(inbox);
        let extracted = UrlNotify::<Trustly>::from_request(&request, &mut payload).now_or_never()?;
        assert_eq!(callbacks.counts().accepted(Route::Notify), u64::from(extracted.is_ok()));
        Some(extracted.err().map(|rejection| rejection.reason().kind()))
    };
    assert_eq!(kind(Inbox::Stores), Some(None));
    assert_eq!(kind(Inbox::Fails), Some(Some("not-stored")));
    assert_eq!(kind(Inbox::Hangs), None);
}

#[test]
fn what_cannot_be_applied_is_stored_or_repeated() {
    let told = |inbox| {
        let (_, request, mut payload) = a_paid_callback(inbox);
        let extracted = UrlFailure::<Trustly>::from_request(&request, &mut payload).now_or_never().unwrap();
        extracted.unwrap_err().reason().kind()
    };
    assert_eq!(told(Inbox::Stores), "wrong-route");
    assert_eq!(told(Inbox::Fails), "not-stored");
}

#[test]
fn a_wait_for_the_inbox_that_is_broken_off_is_told_of() {
    let (callbacks, request, mut payload) = a_paid_callback(Inbox::Hangs);
    let mut extraction = UrlNotify::<Trustly>::from_request(&request, &mut payload);
    assert_eq!(callbacks.counts().rejected(Route::Notify, "abandoned"), 0);
    assert!((&mut extraction).now_or_never().is_none());
    drop(extraction);
    assert_eq!(callbacks.counts().rejected(Route::Notify, "abandoned"), 1);
    assert_eq!(callbacks.counts().accepted(Route::Notify), 0);
}
