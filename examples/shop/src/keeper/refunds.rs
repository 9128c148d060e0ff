//! Money that goes back: asked for, written down, decided.

use super::{Keeper, order_page};
use crate::app::{AppError, Shared};
use crate::pages::keeper::Refused;
use crate::refund::{GiveBack, Way};
use crate::security::{csrf, headers};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use gateway_inbox::RefundId;
use serde::Deserialize;

/// Money of a payment is to go back, or was given back elsewhere.
#[derive(Deserialize)]
pub(crate) struct Filled {
    payment: i64,
    amount: String,
    seen: u64,
    once: String,
    csrf: String,
}

/// What a person found out about a refund.
#[derive(Deserialize)]
pub(crate) struct Decided {
    was: String,
    csrf: String,
}

/// `POST /keeper/orders/{id}/refund`
pub(crate) async fn refund(
    keeper: Keeper,
    id: Path<i64>,
    form: Form<Filled>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    give_back(&keeper, *id, &form, &shop, Way::Paygate).await
}

/// `POST /keeper/orders/{id}/given-back`
pub(crate) async fn given_back(
    keeper: Keeper,
    id: Path<i64>,
    form: Form<Filled>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    give_back(&keeper, *id, &form, &shop, Way::Elsewhere).await
}

async fn give_back(
    keeper: &Keeper,
    order: i64,
    form: &Filled,
    shop: &Shared,
    way: Way,
) -> Result<HttpResponse, AppError> {
    csrf::verify(keeper.id(), &form.csrf)?;
    let Filled { payment, amount, seen, once, .. } = form;
    let asked = GiveBack { order, payment: *payment, amount, seen: *seen, once };
    match shop.give_back(&asked, way).await? {
        Ok(()) => Ok(headers::see_other(&format!("/keeper/orders/{order}"))),
        Err(why) => {
            let refused = Refused { payment: *payment, way, amount, why };
            let page = order_page(shop, keeper, order, Some(&refused)).await?;
            Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).respond())
        }
    }
}

/// `POST /keeper/refunds/{id}`
pub(crate) async fn decide(
    keeper: Keeper,
    id: Path<i64>,
    form: Form<Decided>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    csrf::verify(keeper.id(), &form.csrf)?;
    let was_given_back = match form.was.as_str() {
        "given-back" => true,
        "kept" => false,
        _ => return Err(AppError::Form),
    };
    // Where somebody else has decided before, the page shows it no more.
    shop.store.decide(RefundId::new(*id), was_given_back).await?;
    shop.refunds.notify_waiters();
    Ok(headers::see_other("/keeper/people"))
}
