//! What Paygate tells: by its server, and by the customer's browser, which is led to the page of its order.
//!
//! A result is signed, so it is the same result whoever carries it: an open one may come by the browser alone, and a notify
//! may be held up. The customer gains nothing by keeping one back, and cannot make one up.

use crate::app::Shared;
use crate::security::{headers, session};
use crate::store::Store;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use gateway_actix::{Ack, Callbacks, CheckingPage, UrlFailure, UrlNotify, UrlSuccess};
use gateway_inbox::paygate::callback_key;
use paygate::{Attempt, Authentic, Merchant, Method, Trustly};
use std::time::Duration;

/// Where browsers go whose callback says nothing that can be believed.
pub const CHECKING: &str = "/checking";

/// How long a customer's browser waits until the result that it brought is handled; then its page shows it.
const PATIENCE: Duration = Duration::from_secs(2);

/// URLNotify. It is called for genuine results alone, which are durably stored by then; the [bookkeeper](crate::bookkeeper) handles
/// them. One that is not stored is answered with 500, so that Paygate repeats it.
pub(crate) async fn notify(_stored: UrlNotify<Trustly>) -> Ack {
    Ack
}

/// URLSuccess.
pub(crate) async fn success(callback: UrlSuccess<Trustly>, shop: Data<Shared>) -> HttpResponse {
    brought(&callback, &shop).await
}

/// URLFailure.
pub(crate) async fn failure(callback: UrlFailure<Trustly>, shop: Data<Shared>) -> HttpResponse {
    brought(&callback, &shop).await
}

/// The page of the order that the callback names. It needs no cookie, which browsers may leave out on the way back from
/// another site; and it is the database that tells the customer how the order stands.
async fn brought(callback: &Authentic<Trustly>, shop: &Shared) -> HttpResponse {
    let key = callback_key(Trustly::NAME, callback.signed());
    if let Err(error) = shop.store.inbox().handled(&key, PATIENCE).await {
        tracing::error!(target: "shop", %error, "it is not known whether what a browser brought is handled");
    }
    let attempt = Attempt::new::<Trustly>(*callback.signed().mid(), *callback.trans_id());
    match shop.store.token_of_attempt(&attempt).await {
        Ok(Some(token)) => headers::see_other(&format!("/order/{token}")),
        Ok(None) => headers::see_other(CHECKING),
        Err(error) => {
            tracing::error!(target: "shop", %error, "the way to an order was not found");
            headers::see_other(CHECKING)
        }
    }
}

/// The neutral page. It is the same for everybody who knows no order.
pub(crate) async fn checking(
    request: HttpRequest,
    shop: Data<Shared>,
) -> Result<HttpResponse, crate::app::AppError> {
    let orders = match session::known(&request, shop.is_https()) {
        Some(session) => shop.store.orders(Some(&session), None).await?,
        None => Vec::new(),
    };
    Ok(shop.page("Checking your payment", crate::pages::checking::page(&orders)).respond())
}

/// What the extractors know: whose callbacks these are, and where what holds is stored before a handler gets it.
///
/// # Errors
///
/// Never in fact: the page's path is a constant.
pub fn extractors(merchant: &Merchant, store: &Store) -> Result<Callbacks, gateway_actix::CheckingPageError> {
    Ok(Callbacks::new(merchant.clone(), CheckingPage::new(CHECKING)?).with_inbox(store.inbox().clone()))
}
