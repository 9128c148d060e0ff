//! How often a callback allocates on its way through an extractor: once, for its plaintext.
#![cfg(feature = "paygate")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::ContentType;
use actix_web::test::TestRequest;
use actix_web::web::{Bytes, Form};
use actix_web::{FromRequest, HttpRequest};
use allocation_counter::measure;
use futures_util::{StreamExt, stream};
use gateway_actix::{Callbacks, CheckingPage, UrlNotify};
use paygate::testing::{self, Callback};
use paygate::{RawCallback, Route, Trustly};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The straightforward handler's.
#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LenAndData {
    len: usize,
    data: String,
}

fn body() -> Bytes {
    let merchant = testing::merchant();
    let expected = testing::expected(&merchant, "order-1", 1999);
    Callback::paid(&expected).with("AddrCity", "Stockholm").form(&merchant).unwrap().into()
}

fn callbacks() -> Callbacks {
    Callbacks::new(testing::merchant(), CheckingPage::new("/checking").unwrap())
}

fn request() -> HttpRequest {
    let request = TestRequest::post().app_data(callbacks()).insert_header(ContentType::form_url_encoded());
    request.insert_header(("content-length", body().len())).to_http_request()
}

/// How often it is allocated until the first look has extracted it.
fn allocations<T: FromRequest>(request: &HttpRequest, mut payload: Payload, check: impl FnOnce(T)) -> u64 {
    let counted = measure(|| {
        let future = pin!(T::from_request(request, &mut payload));
        match future.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(extracted)) => check(extracted),
            Poll::Ready(Err(error)) => panic!("{}", error.into()),
            Poll::Pending => panic!("the body is there"),
        }
    });
    counted.count_total
}

#[test]
fn a_body_in_one_chunk_is_opened_with_one_allocation() {
    let (request, body) = (request(), body());
    let genuine = |callback: UrlNotify<Trustly>| assert!(callback.pairs().count() > 0);
    // The first poll of a thread sets up what tokio remembers of it.
    allocations(&request, Payload::from(body.clone()), genuine);

    let opened = measure(|| {
        let raw = RawCallback::post(Route::Notify, &body);
        assert!(callbacks_of(&request).merchants().open::<Trustly>(&raw).is_ok());
    });
    assert_eq!(opened.count_total, 1, "the plaintext");
    assert_eq!(allocations(&request, Payload::from(body.clone()), genuine), 1, "the plaintext");

    let read = |form: Form<LenAndData>| assert!(form.len <= form.data.len());
    // The content type in small letters and its parts, a buffer of 8 KiB, the future, the text; actix may change it.
    let of_form = allocations(&request, Payload::from(body), read);
    assert!(of_form >= 4, "{of_form} by web::Form");
}

#[test]
fn a_body_in_two_chunks_or_more_is_joined_with_one_allocation_more() {
    let (request, body) = (request(), body());
    let genuine = |_: UrlNotify<Trustly>| {};
    allocations(&request, Payload::from(body.clone()), genuine);
    for size in [body.len() / 2 + 1, body.len() / 3 + 1, 10] {
        let chunks: Vec<_> =
            body.chunks(size).map(|chunk| Ok::<_, PayloadError>(Bytes::copy_from_slice(chunk))).collect();
        let payload: Payload = Payload::from(stream::iter(chunks).boxed_local());
        assert_eq!(allocations(&request, payload, genuine), 2, "chunks of {size}");
    }
}

fn callbacks_of(request: &HttpRequest) -> &Callbacks {
    request.app_data::<Callbacks>().expect("set above")
}
