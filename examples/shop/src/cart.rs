//! The catalogue and the cart.

use crate::app::{AppError, Shared};
use crate::catalogue::{self, Product};
use crate::pages::{self, Page};
use crate::security::session::Session;
use crate::security::{csrf, headers};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
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
    quantity: String,
    csrf: String,
}

/// `GET /`
pub(crate) async fn front(session: Session, shop: Data<Shared>) -> HttpResponse {
    session.with(shop.page("Tea", pages::catalogue::page(&csrf::token(session.id()))).respond())
}

/// `GET /cart`
pub(crate) async fn show(session: Session, shop: Data<Shared>) -> Result<HttpResponse, AppError> {
    Ok(session.with(page(&shop, &session, None).await?.respond()))
}

/// `wrong` is the product whose quantity is none.
async fn page(shop: &Shared, session: &Session, wrong: Option<&str>) -> Result<Page, AppError> {
    let cart = shop.store.cart(session.id()).await?;
    let priced = catalogue::priced(&cart, Currency::EUR);
    let body = pages::cart::page(priced.as_ref(), wrong, &csrf::token(session.id()));
    Ok(shop.page("Your cart", body))
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
    let Ok(quantity @ 0..=99) = form.quantity.trim().parse() else {
        let page = page(&shop, &session, Some(&form.product)).await?;
        return Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).respond());
    };
    shop.store.set_in_cart(session.id(), &form.product, quantity).await?;
    Ok(headers::see_other("/cart"))
}
