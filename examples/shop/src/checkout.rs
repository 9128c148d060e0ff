//! The checkout: a form whose mistakes are told at the field, and the way to Paygate.

mod form;

pub use form::{COUNTRIES, Field, Filled, Mistake};

use crate::app::{AppError, Shared};
use crate::catalogue;
use crate::pages;
use crate::payment::{Checkout, Leave};
use crate::security::session::Session;
use crate::security::{csrf, headers, secret};
use crate::store::CartLine;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse, Responder};
use paygate::{Currency, SealError};

/// `GET /checkout`
pub(crate) async fn show(session: Session, shop: Data<Shared>) -> Result<HttpResponse, AppError> {
    let cart = shop.store.cart(session.id()).await?;
    if catalogue::priced(&cart, Currency::EUR).is_none() {
        return Ok(session.with(headers::see_other("/cart")));
    }
    let form = Filled::empty(secret::random()?);
    Ok(session.with(answer(&shop, &session, &cart, &form, &[])))
}

/// `POST /checkout`
pub(crate) async fn submit(
    request: HttpRequest,
    session: Session,
    form: Form<Filled>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    csrf::verify(session.id(), &form.csrf)?;
    let cart = shop.store.cart(session.id()).await?;
    if catalogue::priced(&cart, Currency::EUR).is_none() {
        // Also where the form is sent again after the order was paid: the cart is empty then.
        return Ok(headers::see_other("/cart"));
    }
    let (customer, currency) = match form.read() {
        Ok(read) => read,
        Err(mistakes) => return Ok(answer(&shop, &session, &cart, &form, &mistakes)),
    };
    let checkout = Checkout {
        session: session.id(),
        once: &form.once,
        seen: &form.seen,
        sure: form.sure == "yes",
        customer,
        currency,
    };
    match shop.check_out(&checkout).await {
        Ok(Leave::Unsure(token)) => {
            let under_way = Mistake::under_way(token);
            Ok(answer(&shop, &session, &cart, &form, &[under_way]))
        }
        Ok(Leave::CartChanged) => {
            // As it is now.
            let cart = shop.store.cart(session.id()).await?;
            Ok(answer(&shop, &session, &cart, &form, &[Mistake::cart_changed()]))
        }
        Ok(leave) => Ok(leave.respond(&request)),
        Err(AppError::Seal(SealError::Rules(rules))) => {
            let mistakes: Vec<_> = rules.iter().map(Mistake::of).collect();
            Ok(answer(&shop, &session, &cart, &form, &mistakes))
        }
        Err(error) => Err(error),
    }
}

fn answer(
    shop: &Shared,
    session: &Session,
    cart: &[CartLine],
    form: &Filled,
    mistakes: &[Mistake],
) -> HttpResponse {
    let sums = catalogue::CURRENCIES.map(|currency| catalogue::priced(cart, currency).map(|(_, sum)| sum));
    let hidden = pages::checkout::Hidden { csrf: csrf::token(session.id()), seen: catalogue::digest(cart) };
    let body = pages::checkout::page(&sums, form, mistakes, &hidden);
    // The title tells who listens that something is wrong, before the summary does.
    let title = if mistakes.is_empty() { "Checkout" } else { "Checkout: something is missing" };
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    shop.page(title, body).with(status).respond()
}

impl Leave {
    /// The answer that lets the customer leave.
    pub(crate) fn respond(self, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::ToPaygate(redirect) => redirect.respond_to(request),
            Self::ToOrder(token) | Self::Unsure(token) => headers::see_other(&format!("/order/{token}")),
            Self::ToCart | Self::CartChanged => headers::see_other("/cart"),
        }
    }
}
