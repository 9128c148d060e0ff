//! Through actix, extractor and answer: whatever is posted gets the opaque answer, unless the library by itself takes it.
#![no_main]

use actix_web::body::to_bytes;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, web};
use gateway_actix::{Ack, Callbacks, CheckingPage, UrlFailure, UrlNotify, UrlSuccess};
use libfuzzer_sys::fuzz_target;
use paygate::testing::{self, Callback};
use paygate::{RawCallback, Route, Trustly};

async fn notify(_: UrlNotify<Trustly>) -> Ack {
    Ack
}

async fn success(_: UrlSuccess<Trustly>) -> &'static str {
    "told"
}

async fn failure(_: UrlFailure<Trustly>) -> &'static str {
    "told"
}

fuzz_target!(|input: &[u8]| {
    let merchant = testing::merchant();
    // As it comes, sealed as it comes, and as fields of a genuine one.
    let paid = Callback::paid(&testing::expected(&merchant, "order-1", 1999)).with("UserData", input);
    let (sealed, genuine) = (testing::seal_text(&merchant, input), paid.form(&merchant));
    for body in
        [input.to_vec(), sealed.expect("Blowfish").into_bytes(), genuine.expect("a form").into_bytes()]
    {
        actix_web::rt::System::new().block_on(answered_as_the_library_says(&body));
    }
});

async fn answered_as_the_library_says(body: &[u8]) {
    let merchant = testing::merchant();
    let page = CheckingPage::new("/checking").expect("a path");
    let app = App::new()
        .app_data(Callbacks::new(merchant.clone(), page))
        .route("/notify", web::post().to(notify))
        .route("/success", web::post().to(success))
        .route("/failure", web::post().to(failure));
    let app = init_service(app).await;
    for (path, route) in
        [("/notify", Route::Notify), ("/success", Route::Success), ("/failure", Route::Failure)]
    {
        let request = TestRequest::post().uri(path).set_payload(body.to_vec()).to_request();
        let response = call_service(&app, request).await;
        let status = response.status().as_u16();
        let bytes = to_bytes(response.into_body()).await.expect("a body");
        let taken = merchant.open::<Trustly>(&RawCallback::post(route, body)).is_ok();
        let refused = if route == Route::Notify { 500 } else { 303 };
        assert_eq!(status, if taken { 200 } else { refused }, "{path}");
        assert!(taken || bytes.is_empty(), "a refusal says nothing");
    }
}
