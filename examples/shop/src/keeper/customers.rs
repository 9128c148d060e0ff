//! Customers by their address: what the shop holds of one, and forgetting who it was.

mod export;

use super::Keeper;
use crate::app::{AppError, Shared};
use crate::pages;
use crate::pages::keeper::Searched;
use crate::security::{csrf, secret};
use crate::store::Order;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Form};
use paygate::Email;
use serde::Deserialize;

/// Which customer: in the body of a form, so that the address is in no URL and no log.
#[derive(Deserialize)]
pub(crate) struct Whose {
    email: String,
    csrf: String,
}

/// `GET /keeper/customers`
pub(crate) async fn customers(keeper: Keeper, shop: Data<Shared>) -> HttpResponse {
    page(&shop, &keeper, StatusCode::OK, &Searched::default())
}

fn page(shop: &Shared, keeper: &Keeper, status: StatusCode, searched: &Searched<'_>) -> HttpResponse {
    let body = pages::keeper::customers(searched, &csrf::token(keeper.id()));
    shop.keeper_page("Customers", keeper, body).with(status).respond()
}

fn refused(shop: &Shared, keeper: &Keeper, email: &str, problem: &str) -> HttpResponse {
    let searched = Searched { email, problem: Some(problem), ..Searched::default() };
    page(shop, keeper, StatusCode::UNPROCESSABLE_ENTITY, &searched)
}

const NO_ADDRESS: &str = "This is not an e-mail address.";
const NO_ORDER: &str = "No order was made under this address.";

/// The orders that were made under the address of the form, or the page that says why there are none.
async fn searched(
    shop: &Shared,
    keeper: &Keeper,
    form: &Whose,
) -> Result<Result<Vec<Order>, HttpResponse>, AppError> {
    csrf::verify(keeper.id(), &form.csrf)?;
    let email = form.email.trim();
    if Email::new(email).is_err() {
        return Ok(Err(refused(shop, keeper, email, NO_ADDRESS)));
    }
    let orders = shop.store.orders_of(email).await?;
    Ok(if orders.is_empty() { Err(refused(shop, keeper, email, NO_ORDER)) } else { Ok(orders) })
}

/// `POST /keeper/customers/export`
pub(crate) async fn export(
    keeper: Keeper,
    form: Form<Whose>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    let email = form.email.trim();
    let orders = match searched(&shop, &keeper, &form).await? {
        Ok(orders) => orders,
        Err(refused) => return Ok(refused),
    };
    shop.store.audit(&format!("exported all about a customer, orders: {}", orders.len())).await?;
    let exported = export::of(&shop.store, &orders, email).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"customer.json\""))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(format!("{exported:#}\n")))
}

/// `POST /keeper/customers/erase`
pub(crate) async fn erase(
    keeper: Keeper,
    form: Form<Whose>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    let email = form.email.trim();
    let orders = match searched(&shop, &keeper, &form).await? {
        Ok(orders) => orders,
        Err(refused) => return Ok(refused),
    };
    // All or none, as far as it is known before.
    for order in &orders {
        if let Some(why) = shop.store.unsettled(order, email).await? {
            let problem = format!("Nothing was erased: order {} {why}.", order.id);
            return Ok(refused(&shop, &keeper, email, &problem));
        }
    }
    for (part, order) in (1..).zip(&orders) {
        let session = secret::random()?;
        if let Err(why) = shop.store.erase(order.id, email, &session, (part, orders.len())).await? {
            let problem = format!("Not all was erased: order {} {why}. Come back to it later.", order.id);
            return Ok(refused(&shop, &keeper, email, &problem));
        }
    }
    let searched = Searched { erased: Some((&orders, email)), ..Searched::default() };
    Ok(page(&shop, &keeper, StatusCode::OK, &searched))
}
