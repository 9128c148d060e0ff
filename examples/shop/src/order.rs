//! The page of an order: what is known, and the way to pay once more.

use crate::app::{AppError, Shared};
use crate::pages;
use crate::security::{csrf, secret};
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

/// Paying once more.
#[derive(Deserialize)]
pub struct Again {
    csrf: String,
    once: String,
    #[serde(default)]
    sure: String,
}

/// `GET /order/{token}`
pub(crate) async fn show(token: Path<String>, shop: Data<Shared>) -> Result<HttpResponse, AppError> {
    let order = shop.store.order_by_token(&token).await?.ok_or(AppError::NotFound)?;
    let view = order.view();
    // The page's name is a secret of its own, so its form needs no cookie.
    let form = pages::order::Form { csrf: csrf::token(&order.token), once: secret::random()? };
    let page = shop.page(pages::order::title(&order), pages::order::page(&order, &form)).with_state(view);
    Ok(if view.is_waiting() { page.refreshed(5) } else { page }.respond())
}

/// `POST /order/{token}/pay`
pub(crate) async fn pay(
    request: HttpRequest,
    token: Path<String>,
    form: Form<Again>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    let order = shop.store.order_by_token(&token).await?.ok_or(AppError::NotFound)?;
    csrf::verify(&order.token, &form.csrf)?;
    let sure = form.sure == "yes";
    Ok(shop.pay_again(&order.token, &form.once, sure).await?.respond(&request))
}
