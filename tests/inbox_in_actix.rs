//! Extractors with an inbox: what reaches a handler is stored, and what is not stored is not acknowledged.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

use actix_web::App;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::web::{self, Data};
use gateway_actix::{Ack, Callbacks, CheckingPage, UrlFailure, UrlNotify, UrlSuccess};
use gateway_inbox::Inbox;
use paygate::testing::{self, Callback};
use paygate::{Expected, Route, Trustly};
use sqlx::{Sqlite, SqlitePool};
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

struct Shop {
    inbox: Inbox<Sqlite>,
    callbacks: Callbacks,
    _folder: TempDir,
}

impl Shop {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pool = SqlitePool::connect_with(gateway_inbox::durable(&folder.path().join("shop.sqlite")))
            .await
            .unwrap();
        let inbox = Inbox::open(pool).await.unwrap();
        let page = CheckingPage::new("/checking").unwrap();
        let callbacks = Callbacks::new(testing::merchant(), page).with_inbox(inbox.clone());
        Self { inbox, callbacks, _folder: folder }
    }

    /// Status, place, body, and how many handlers ran.
    async fn send(&self, request: TestRequest) -> (u16, String, usize, u64) {
        let calls = Data::new(AtomicU64::new(0));
        let app = App::new().app_data(self.callbacks.clone()).app_data(calls.clone()).configure(|config| {
            config
                .route("/notify", web::post().to(notify))
                .route("/success", web::get().to(success))
                .route("/failure", web::get().to(failure));
        });
        let app = init_service(app).await;
        let response = call_service(&app, request.to_request()).await;
        let location = response.headers().get("location").map(|place| place.to_str().unwrap().to_owned());
        let status = response.status().as_u16();
        (status, location.unwrap_or_default(), read_body(response).await.len(), calls.load(Ordering::SeqCst))
    }

    async fn notify(&self, form: &str) -> (u16, String, usize, u64) {
        self.send(TestRequest::post().uri("/notify").set_payload(form.to_owned())).await
    }

    async fn stored(&self) -> u64 {
        self.inbox.census().await.unwrap().deliveries
    }
}

async fn notify(_: UrlNotify<Trustly>, calls: Data<AtomicU64>) -> Ack {
    calls.fetch_add(1, Ordering::SeqCst);
    Ack
}

async fn success(_: UrlSuccess<Trustly>, calls: Data<AtomicU64>) -> CheckingPage {
    calls.fetch_add(1, Ordering::SeqCst);
    CheckingPage::new("/handled").unwrap()
}

async fn failure(_: UrlFailure<Trustly>, calls: Data<AtomicU64>) -> CheckingPage {
    calls.fetch_add(1, Ordering::SeqCst);
    CheckingPage::new("/handled").unwrap()
}

fn attempt() -> Expected {
    testing::expected(&testing::merchant(), "order-1", 1999)
}

fn form(callback: &Callback) -> String {
    callback.form(&testing::merchant()).unwrap()
}

#[actix_web::test]
async fn what_reaches_a_handler_is_stored() {
    let shop = Shop::open().await;
    let paid = form(&Callback::paid(&attempt()));
    assert_eq!(shop.notify(&paid).await, (200, String::new(), 0, 1));
    assert_eq!(shop.stored().await, 1);
    // The browser brings the same, and the server repeats it.
    let brought = shop.send(TestRequest::get().uri(&format!("/success?{paid}"))).await;
    assert_eq!(brought, (303, "/handled".to_owned(), 0, 1));
    assert_eq!(shop.notify(&paid).await.0, 200);
    assert_eq!(shop.stored().await, 1);
}

#[actix_web::test]
async fn what_cannot_be_stored_is_repeated_and_reaches_no_handler() {
    let shop = Shop::open().await;
    sqlx::query("DROP TABLE gateway_inbox").execute(shop.inbox.pool()).await.unwrap();
    let paid = form(&Callback::paid(&attempt()));
    assert_eq!(shop.notify(&paid).await, (500, String::new(), 0, 0));
    let brought = shop.send(TestRequest::get().uri(&format!("/success?{paid}"))).await;
    assert_eq!(brought, (303, "/checking".to_owned(), 0, 0));
    let contradictory = form(&Callback::new(&attempt(), "OK", "60000985"));
    assert_eq!(shop.notify(&contradictory).await, (500, String::new(), 0, 0));
    assert_eq!(shop.callbacks.counts().rejected(Route::Notify, "not-stored"), 2);
}

#[actix_web::test]
async fn what_is_genuine_and_cannot_be_applied_is_stored_for_a_person() {
    let shop = Shop::open().await;
    let contradictory = form(&Callback::new(&attempt(), "OK", "60000985"));
    assert_eq!(shop.notify(&contradictory).await, (200, String::new(), 0, 0));
    assert_eq!(shop.notify(&contradictory).await.0, 200);
    assert_eq!(shop.stored().await, 1);
    let copied = form(&Callback::failed(&attempt(), "21550053"));
    let brought = shop.send(TestRequest::get().uri(&format!("/success?{copied}"))).await;
    assert_eq!(brought, (303, "/checking".to_owned(), 0, 0));
    assert_eq!(shop.stored().await, 2);
}

#[actix_web::test]
async fn what_nobody_has_signed_is_not_stored() {
    let shop = Shop::open().await;
    for forged in
        [form(&Callback::paid(&attempt()).with_forged_mac()), "Len=8&Data=0011223344556677".to_owned()]
    {
        assert_eq!(shop.notify(&forged).await, (500, String::new(), 0, 0));
    }
    assert_eq!(shop.stored().await, 0);
}
