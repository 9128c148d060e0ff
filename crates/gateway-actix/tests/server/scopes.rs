//! Callbacks for the whole app, and others for a scope of it.

use crate::forms::merchant_like_the_tests;
use crate::shop::page;
use actix_web::dev::Service;
use actix_web::test::{TestRequest, init_service};
use actix_web::web::{self, Data};
use actix_web::{App, FromRequest};
use gateway_actix::{Ack, Callbacks, RejectReason, UrlNotify};
use paygate::testing::{self, Callback};
use paygate::{Merchant, MerchantId, Route, Trustly};

async fn notify(_: UrlNotify<Trustly>) -> Ack {
    Ack
}

fn paid(merchant: &Merchant) -> String {
    Callback::paid(&testing::expected(merchant, "order-1", 1999)).form(merchant).unwrap()
}

#[test]
fn the_callbacks_of_the_narrowest_scope_decide() {
    let inner = merchant_like_the_tests(MerchantId::from_static("shop_b"));
    let of_app = Callbacks::new(testing::merchant(), page());
    let of_scope = Callbacks::new(inner.clone(), page());
    let (app, scope) = (of_app.clone(), of_scope.clone());
    actix_web::rt::System::new().block_on(async {
        let route = || web::post().to(notify);
        let app = init_service(
            App::new().app_data(app).route("/notify", route()).service(
                web::scope("/b")
                    .app_data(scope)
                    .route("/notify", route())
                    .service(web::scope("/c").route("/notify", route())),
            ),
        )
        .await;
        for (path, merchant, status) in [
            ("/notify", testing::merchant(), 200),
            ("/notify", inner.clone(), 500),
            ("/b/notify", testing::merchant(), 500),
            ("/b/notify", inner.clone(), 200),
            ("/b/c/notify", testing::merchant(), 500),
            ("/b/c/notify", inner.clone(), 200),
        ] {
            let request = TestRequest::post().uri(path).set_payload(paid(&merchant)).to_request();
            assert_eq!(app.call(request).await.unwrap().status(), status, "{path} {}", merchant.id());
        }
    });
    for (callbacks, accepted) in [(of_app, 1), (of_scope, 2)] {
        assert_eq!(callbacks.counts().accepted(Route::Notify), accepted);
        assert_eq!(callbacks.counts().rejected(Route::Notify, "other-merchant"), accepted);
    }
}

#[test]
fn callbacks_in_web_data_are_the_shops_own_matter() {
    let callbacks = Callbacks::new(testing::merchant(), page());
    let request = TestRequest::post().app_data(Data::new(callbacks)).set_payload(paid(&testing::merchant()));
    let (request, mut payload) = request.to_http_parts();
    let extracted = UrlNotify::<Trustly>::from_request(&request, &mut payload);
    let rejection = actix_web::rt::System::new().block_on(extracted).unwrap_err();
    assert_eq!(*rejection.reason(), RejectReason::NotConfigured);
}
