//! What a callback costs without sockets: opening it, the extractor with that in it, and the whole app around both.

use crate::cpu::Stopwatch;
use crate::median::{median, ratio};
use crate::server::{LenAndData, routes};
use actix_web::dev::Payload;
use actix_web::http::header::ContentType;
use actix_web::test::{TestRequest, init_service};
use actix_web::web::Bytes;
use actix_web::{App, FromRequest, HttpRequest, dev::Service, web};
use gateway_actix::{Callbacks, UrlNotify};
use paygate::{Expected, RawCallback, Route, Trustly};
use serde::Serialize;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

const ROUNDS: usize = 31;
const CALLBACKS: usize = 500;

/// µs of one thread for each callback.
#[derive(Serialize)]
pub(crate) struct Alone {
    /// `Merchants::open`: the form is read and decrypted, its MAC checked.
    pub(crate) open: f64,
    /// The extractor, and `open` in it.
    pub(crate) extractor: f64,
    /// The extractor without it, round by round.
    pub(crate) around_open: f64,
    pub(crate) form_extractor: f64,
    pub(crate) extractor_ratio: f64,
    /// Routing, extractor, handler and response.
    pub(crate) app: f64,
    pub(crate) form_app: f64,
    pub(crate) app_ratio: f64,
}

pub(crate) fn measure(callbacks: &Callbacks, expected: Expected, body: &str, is_test: bool) -> Alone {
    let (rounds, count) = if is_test { (1, 3) } else { (ROUNDS, CALLBACKS) };
    actix_web::rt::System::new().block_on(in_rounds(callbacks, expected, body, rounds, count))
}

async fn in_rounds(
    callbacks: &Callbacks,
    expected: Expected,
    body: &str,
    rounds: usize,
    count: usize,
) -> Alone {
    let app = init_service(App::new().configure(routes(callbacks.clone(), expected))).await;
    let raw = RawCallback::post(Route::Notify, body.as_bytes());
    let body = Bytes::copy_from_slice(body.as_bytes());
    let request = |path| TestRequest::post().uri(path).insert_header(ContentType::form_url_encoded());
    let extracted = request("/").app_data(callbacks.clone()).to_http_request();
    let mut figures: [Vec<f64>; 5] = Default::default();
    for _ in 0..rounds {
        let [open, extractor, form_extractor, in_app, form_in_app] = &mut figures;
        open.push(
            each(vec![(); count], async |()| {
                black_box(callbacks.merchants().open::<Trustly>(&raw).expect("genuine"));
            })
            .await,
        );
        extractor.push(
            each(payloads(&body, count), async |payload| {
                black_box(extract::<UrlNotify<Trustly>>(&extracted, payload));
            })
            .await,
        );
        form_extractor.push(
            each(payloads(&body, count), async |payload| {
                black_box(extract::<web::Form<LenAndData>>(&extracted, payload));
            })
            .await,
        );
        for (path, figures) in [("/notify", in_app), ("/form", form_in_app)] {
            let requests = (0..count).map(|_| request(path).set_payload(body.clone()).to_request()).collect();
            figures.push(
                each(requests, async |request| {
                    let response = app.call(request).await.expect("an answer");
                    assert!(response.status().is_success());
                })
                .await,
            );
        }
    }
    let [open, extractor, form_extractor, app, form_app] = figures;
    Alone {
        extractor_ratio: ratio(&extractor, &form_extractor),
        around_open: median(extractor.iter().zip(&open).map(|(extractor, open)| extractor - open)),
        app_ratio: ratio(&app, &form_app),
        open: median(open),
        extractor: median(extractor),
        form_extractor: median(form_extractor),
        app: median(app),
        form_app: median(form_app),
    }
}

/// µs for each.
async fn each<T>(all: Vec<T>, one: impl AsyncFn(T)) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a few hundred")]
    let count = all.len() as f64;
    let stopwatch = Stopwatch::start();
    for of_all in all {
        one(of_all).await;
    }
    stopwatch.stop().as_secs_f64() * 1e6 / count
}

/// Bodies that are there as a whole, in one chunk.
fn payloads(body: &Bytes, count: usize) -> Vec<Payload> {
    (0..count).map(|_| Payload::from(body.clone())).collect()
}

/// What is extracted at the first look.
fn extract<T: FromRequest>(request: &HttpRequest, mut payload: Payload) -> T {
    let future = pin!(T::from_request(request, &mut payload));
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(extracted)) => extracted,
        Poll::Ready(Err(error)) => panic!("{}", error.into()),
        Poll::Pending => panic!("the body is there"),
    }
}
