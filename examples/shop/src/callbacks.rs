//! What Paygate tells: by its server, and by the customer's browser, which is led to the page of its order.
//!
//! A result is signed, so it is the same result whoever carries it: an open one may come by the browser alone, and a notify
//! may be held up. The customer gains nothing by keeping one back, and cannot make one up.

use crate::app::Shared;
use crate::security::{headers, session};
use crate::store::Store;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use gateway_actix::{
    Ack, Callbacks, CheckingPage, Inapplicable, NotStored, UrlFailure, UrlNotify, UrlSuccess,
};
use paygate::{Attempt, Authentic, Merchant, Route, Trustly};

/// Where browsers go whose callback says nothing that can be believed.
pub const CHECKING: &str = "/checking";

/// URLNotify. It is called for genuine results alone; an error is answered with 500, so that Paygate repeats.
pub(crate) async fn notify(callback: UrlNotify<Trustly>, shop: Data<Shared>) -> Result<Ack, NotStored> {
    shop.store.record(&callback, Route::Notify).await?;
    Ok(Ack)
}

/// URLSuccess.
pub(crate) async fn success(callback: UrlSuccess<Trustly>, shop: Data<Shared>) -> HttpResponse {
    brought(&callback, Route::Success, &shop).await
}

/// URLFailure.
pub(crate) async fn failure(callback: UrlFailure<Trustly>, shop: Data<Shared>) -> HttpResponse {
    brought(&callback, Route::Failure, &shop).await
}

/// The page of the order that the callback names. It needs no cookie, which browsers may leave out on the way back from
/// another site; and it is the database that tells the customer how the order stands.
async fn brought(callback: &Authentic<Trustly>, route: Route, shop: &Shared) -> HttpResponse {
    if let Err(error) = shop.store.record(callback, route).await {
        // Paygate's server tells it too, and repeats it until it is stored.
        tracing::error!(target: "shop", %error, "what a browser brought was not stored");
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

/// What the extractors know: whose callbacks these are, and what becomes of genuine ones that no handler gets.
///
/// # Errors
///
/// Never in fact: the page's path is a constant.
pub fn extractors(merchant: &Merchant, store: &Store) -> Result<Callbacks, gateway_actix::CheckingPageError> {
    let store = store.clone();
    Ok(Callbacks::new(merchant.clone(), CheckingPage::new(CHECKING)?).on_inapplicable(move |result| {
        let store = store.clone();
        async move { keep(&store, &result).await }
    }))
}

async fn keep(store: &Store, result: &Inapplicable) -> Result<(), NotStored> {
    let reason = format!("{} at URL{}", result.error(), capitalised(result.route().as_str()));
    store.keep((result.method(), result.signed()), result.route(), &reason).await?;
    Ok(())
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}
