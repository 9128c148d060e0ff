//! The page of an order: what is known, and the way to pay once more.

use crate::app::{AppError, Shared};
use crate::pages;
use crate::security::{csrf, secret};
use crate::state::State;
use crate::store::{AttemptRow, Order, PaymentRow};
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpRequest, HttpResponse};
use gateway_inbox::Refunds;
use paygate::Money;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Paying once more.
#[derive(Deserialize)]
pub struct Again {
    csrf: String,
    once: String,
    #[serde(default)]
    sure: String,
}

/// `GET /order/{token}`, and with `?again` the question whether the customer is sure.
pub(crate) async fn show(
    request: HttpRequest,
    token: Path<String>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    let order = shop.store.order_by_token(&token).await?.ok_or(AppError::NotFound)?;
    let view = order.view();
    // The page's name is a secret of its own, so its form needs no cookie.
    let form = pages::order::Form { csrf: csrf::token(&order.token), once: secret::random()? };
    if request.query_string() == "again" && order.may_pay_again() {
        // It stands still: nobody is hurried, and a page that is read out is not begun anew.
        return Ok(shop.page("Pay once more?", pages::order::again(&order, &form)).respond());
    }
    let refresh = if view.is_waiting() { seconds_to_the_next_look(order.newest.age) } else { None };
    let given_back = given_back(&order, &shop.store.refunds(&order).await?);
    let body = pages::order::page(&order, &form, &given_back, refresh.is_some());
    let page = shop.page(pages::order::title(&order), body).with_state(view);
    Ok(match refresh {
        Some(seconds) => page.refreshed(seconds),
        None => page,
    }
    .respond())
}

/// What went back of payments of which the rest was kept; those of which all went back are told by the order's state.
fn given_back(order: &Order, refunds: &BTreeMap<i64, Refunds>) -> Vec<Money> {
    let kept = order.payments().filter(|(_, payment)| payment.state == State::Paid);
    let part = |(attempt, payment): (&AttemptRow, &PaymentRow)| {
        let done = refunds.get(&payment.id)?.done;
        Money::new(done, attempt.want.costs.currency()).ok().filter(|_| done > 0)
    };
    kept.filter_map(part).collect()
}

/// Often at first, when most notifies come; then rarely, and in the end not at all.
fn seconds_to_the_next_look(age: i64) -> Option<u32> {
    match age {
        ..120 => Some(5),
        120..3600 => Some(30),
        3600.. => None,
    }
}

/// `POST /order/{token}/pay`
pub(crate) async fn pay(
    request: HttpRequest,
    token: Path<String>,
    form: Form<Again>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    csrf::verify(&token, &form.csrf)?;
    let sure = form.sure == "yes";
    Ok(shop.pay_again(&token, &form.once, sure).await?.respond(&request))
}
