//! The catalogue and the cart.

use crate::app::{AppError, Shared};
use crate::catalogue::{self, Product};
use crate::pages;
use crate::security::session::Session;
use crate::security::{csrf, headers};
use actix_web::HttpResponse;
use actix_web::web::{Data, Form};
use paygate::Currency;
use serde::Deserialize;

/// A product goes into the cart.
#[derive(Deserialize)]
pub struct Add {
    product: String,
    csrf: String,
}

/// A line of the cart is changed.
#[derive(Deserialize)]
pub struct Change {
    product: String,
    quantity: u32,
    csrf: String,
}

/// `GET /`
pub(crate) async fn front(session: Session, shop: Data<Shared>) -> HttpResponse {
    session.with(shop.page("Tea", pages::catalogue::page(&csrf::token(session.id()))).respond())
}

/// `GET /cart`
pub(crate) async fn show(session: Session, shop: Data<Shared>) -> Result<HttpResponse, AppError> {
    let cart = shop.store.cart(session.id()).await?;
    let priced = catalogue::priced(&cart, Currency::EUR);
    let page = pages::cart::page(priced.as_ref(), &csrf::token(session.id()));
    Ok(session.with(shop.page("Your cart", page).respond()))
}

/// `POST /cart`
pub(crate) async fn add(
    session: Session,
    form: Form<Add>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    csrf::verify(session.id(), &form.csrf)?;
    let product = Product::named(&form.product).ok_or(AppError::NotFound)?;
    shop.store.put_in_cart(session.id(), product.id).await?;
    Ok(headers::see_other("/cart"))
}

/// `POST /cart/change`
pub(crate) async fn change(
    session: Session,
    form: Form<Change>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    csrf::verify(session.id(), &form.csrf)?;
    shop.store.set_in_cart(session.id(), &form.product, form.quantity).await?;
    Ok(headers::see_other("/cart"))
}
