//! All routes in one place, and what they share.

mod error;
mod start;

pub use error::AppError;
pub use start::{Shop, StartError};

use crate::pages::Page;
use crate::store::Store;
use crate::{callbacks, cart, checkout, keeper, order, pages};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Route, guard};
use gateway_http::Courier;
use maud::Markup;
use paygate::Merchant;
use paygate::trustly::Urls;
use tokio::sync::Notify;

/// What every handler may use.
pub struct Shared {
    pub(crate) store: Store,
    pub(crate) merchant: Merchant,
    pub(crate) urls: Urls,
    pub(crate) keeper: keeper::Door,
    /// Carries calls to Paygate.
    pub(crate) courier: Courier,
    /// Wakes whoever sends refunds.
    pub(crate) refunds: Notify,
}

/// The routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        // Paygate, and browsers that come back from it, by either method.
        .route("/notify", web::post().to(callbacks::notify))
        .service(
            web::resource("/success")
                .route(web::get().to(callbacks::success))
                .route(web::post().to(callbacks::success)),
        )
        .service(
            web::resource("/failure")
                .route(web::get().to(callbacks::failure))
                .route(web::post().to(callbacks::failure)),
        )
        .route(callbacks::CHECKING, read().to(callbacks::checking))
        // Customers.
        .route("/", read().to(cart::front))
        .route("/cart", read().to(cart::show))
        .route("/cart", web::post().to(cart::add))
        .route("/cart/change", web::post().to(cart::change))
        .route("/checkout", read().to(checkout::show))
        .route("/checkout", web::post().to(checkout::submit))
        .route("/order/{token}", read().to(order::show))
        .route("/order/{token}/pay", web::post().to(order::pay))
        // The shopkeeper.
        .route("/keeper", read().to(keeper::front))
        .route("/keeper", web::post().to(keeper::login))
        .route("/keeper/leave", web::post().to(keeper::leave))
        .route("/keeper/orders", read().to(keeper::orders))
        .route("/keeper/orders/{id}", read().to(keeper::order))
        .route("/keeper/orders/{id}/given-back", web::post().to(keeper::given_back))
        .route("/keeper/orders/{id}/refund", web::post().to(keeper::refund))
        .route("/keeper/refunds/{id}", web::post().to(keeper::decide))
        .route("/keeper/people", read().to(keeper::people))
        .route("/keeper/people/{id}", web::post().to(keeper::done))
        .route("/keeper/inquiries/{id}", web::post().to(keeper::ask))
        .route("/keeper/customers", read().to(keeper::customers))
        .route("/keeper/customers/export", web::post().to(keeper::export))
        .route("/keeper/customers/erase", web::post().to(keeper::erase))
        .route("/keeper/audit", read().to(keeper::audited))
        // Everybody.
        .route("/style.css", read().to(pages::style))
        .route("/icon.svg", read().to(pages::icon))
        .route("/favicon.ico", read().to(pages::icon))
        .route("/healthz", read().to(|| async { HttpResponse::Ok().body("ok\n") }))
        .default_service(web::to(|| async { Err::<HttpResponse, _>(AppError::NotFound) }));
}

/// GET, and HEAD, which the server answers without the body.
fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

impl Shared {
    /// A shop of this store and account.
    #[must_use]
    pub fn new(store: Store, merchant: Merchant, urls: Urls, keeper: keeper::Door, courier: Courier) -> Self {
        Self { store, merchant, urls, keeper, courier, refunds: Notify::new() }
    }

    /// A page of this shop.
    pub(crate) fn page(&self, title: impl Into<String>, body: Markup) -> Page {
        Page::new(title, body, self.store.is_demo())
    }

    /// Whether browsers reach the shop by https, by its configured address.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.urls.success.as_str().starts_with("https://")
    }
}
