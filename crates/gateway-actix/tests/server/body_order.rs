//! A body that somebody else has read is the developer's mistake, and says so to him alone.

use crate::client::{FORM, chunked, post};
use crate::shop::{Shop, attempt, form};
use actix_web::FromRequest;
use actix_web::dev::Payload;
use actix_web::http::{Method, Version};
use actix_web::test::TestRequest;
use futures_util::StreamExt;
use gateway_actix::{Callbacks, RejectReason, UrlNotify, UrlSuccess};
use paygate::testing::{self, Callback};

#[test]
fn a_body_that_another_extractor_consumed_is_named_so() {
    let shop = Shop::open();
    let paid = form(&Callback::paid(&attempt()));
    for request in
        [post("/notify-after-form", FORM, &paid), chunked("/notify-after-form", paid.as_bytes(), 100)]
    {
        let response = shop.send(&request);
        assert_eq!((response.status, response.body.len()), (500, 0));
        assert_eq!(shop.kind(), "body-already-consumed");
    }
    // By GET there is none to consume.
    let in_the_query = post(&format!("/notify-after-form?{paid}"), FORM, "");
    assert_eq!(shop.seen(&in_the_query, 200).outcome, "paid");
}

#[test]
fn an_extractor_after_the_callback_gets_an_error_and_no_empty_body() {
    let shop = Shop::open();
    let paid = form(&Callback::paid(&attempt()));
    for path in ["/notify-before-bytes", "/notify-before-form", "/notify-before-json"] {
        let response = shop.send(&post(path, FORM, &paid));
        assert_eq!(response.status, 400, "{path}");
        let names_it = response.page().contains("a payment callback owns the body");
        assert!(names_it || path.ends_with("json"), "{}", response.page()); // JSON is refused by its content type
        assert_eq!(shop.kind(), "abandoned", "{path}");
        let counts = shop.callbacks.as_ref().unwrap().counts();
        assert_eq!(counts.accepted(paygate::Route::Notify), 0);
    }
    assert_eq!(shop.callbacks.as_ref().unwrap().counts().rejected(paygate::Route::Notify, "abandoned"), 3);
}

#[test]
fn a_second_callback_in_one_handler_is_named_so() {
    let callbacks = Callbacks::new(testing::merchant(), crate::shop::page());
    let request = TestRequest::post().app_data(callbacks).set_payload(form(&Callback::paid(&attempt())));
    let (request, mut payload) = request.to_http_parts();
    let rejection = actix_web::rt::System::new().block_on(async {
        let first = UrlNotify::<paygate::Trustly>::from_request(&request, &mut payload);
        let second = UrlSuccess::<paygate::Trustly>::from_request(&request, &mut payload);
        assert!(first.await.is_ok());
        second.await.unwrap_err()
    });
    assert_eq!(*rejection.reason(), RejectReason::BodyAlreadyConsumed);
}

#[test]
fn who_reads_on_after_the_error_comes_to_an_end_and_the_next_one_gets_an_error_again() {
    let callbacks = Callbacks::new(testing::merchant(), crate::shop::page());
    actix_web::rt::System::new().block_on(async {
        let in_a_task = actix_web::rt::spawn(async move {
            for _ in 0..2 {
                let request = TestRequest::post().app_data(callbacks.clone()).set_payload("Len=8");
                let (request, mut payload) = request.to_http_parts();
                drop(UrlNotify::<paygate::Trustly>::from_request(&request, &mut payload));
                let read: Vec<_> = payload.collect().await;
                assert_eq!(read.len(), 1);
                assert!(
                    read[0].as_ref().unwrap_err().to_string().contains("a payment callback owns the body")
                );
            }
        });
        in_a_task.await.unwrap();
    });
}

#[test]
fn a_body_of_which_a_part_is_missing_is_named_so() {
    let callbacks = Callbacks::new(testing::merchant(), crate::shop::page());
    let paid = form(&Callback::paid(&attempt()));
    for (announced, kind) in [(paid.len(), None), (paid.len() + 1, Some("body-already-consumed"))] {
        let request = TestRequest::post().app_data(callbacks.clone());
        let request = request.insert_header(("content-length", announced)).to_http_request();
        let mut payload = Payload::from(paid.clone().into_bytes());
        let extracted = UrlNotify::<paygate::Trustly>::from_request(&request, &mut payload);
        let extracted = actix_web::rt::System::new().block_on(extracted);
        assert_eq!(extracted.err().map(|rejection| rejection.reason().kind()), kind);
    }
}

#[test]
fn the_mistake_says_how_to_mend_it() {
    let text = RejectReason::BodyAlreadyConsumed.to_string();
    for word in ["web::Form", "web::Bytes", "UrlNotify", "take the callback alone", "before or after"] {
        assert!(text.contains(word), "{text}");
    }
    assert!(RejectReason::NotConfigured.to_string().contains(".app_data(callbacks.clone())"));
}

#[test]
fn what_a_head_announces_tells_a_consumed_body_from_none() {
    let callbacks = Callbacks::new(testing::merchant(), crate::shop::page());
    let kind = |request: TestRequest| {
        let request = request.app_data(callbacks.clone()).to_http_request();
        let extracted = UrlNotify::<paygate::Trustly>::from_request(&request, &mut Payload::None);
        let rejection = actix_web::rt::System::new().block_on(extracted).unwrap_err();
        rejection.reason().kind()
    };
    let consumed = "body-already-consumed";
    for (request, expected) in [
        (TestRequest::post(), "no-answer"),
        (TestRequest::post().insert_header(("content-length", "0")), "no-answer"),
        (TestRequest::post().insert_header(("transfer-encoding", "identity")), "no-answer"),
        (TestRequest::get().version(Version::HTTP_2), "no-answer"),
        (TestRequest::post().insert_header(("content-length", "1")), consumed),
        (TestRequest::post().insert_header(("transfer-encoding", "chunked")), consumed),
        (TestRequest::post().version(Version::HTTP_2), consumed),
        (TestRequest::get().method(Method::PUT).version(Version::HTTP_2), consumed),
        (TestRequest::post().insert_header(("content-length", "many")), "body"),
    ] {
        assert_eq!(kind(request), expected);
    }
}

#[test]
fn debug_shows_no_customer() {
    let callbacks = Callbacks::new(testing::merchant(), crate::shop::page());
    let paid = form(&Callback::paid(&attempt()).with("AccOwner", "Canaryname"));
    let request = TestRequest::post().app_data(callbacks.clone());
    let (request, mut payload) = request.set_payload(paid).to_http_parts();
    let extracted = UrlNotify::<paygate::Trustly>::from_request(&request, &mut payload);
    let callback = actix_web::rt::System::new().block_on(extracted).unwrap();
    assert!(format!("{callback:?}").starts_with("UrlNotify(Authentic {"));
    assert!(!format!("{callback:?} {callbacks:?}").contains("Canaryname"));
    assert_eq!(callback.into_inner().trans_id(), attempt().attempt().trans_id());
}
