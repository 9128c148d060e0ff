//! The shopkeeper's pages: behind a password, and written down.

mod customers;
mod door;
mod refunds;

pub(crate) use customers::{customers, erase, export};
pub use door::{Door, Keeper, LetIn, Refused};
pub(crate) use refunds::{decide, given_back, refund};

use crate::app::{AppError, Shared};
use crate::pages::{self, Page};
use crate::security::session::Session;
use crate::security::{csrf, headers, secret};
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};
use serde::Deserialize;

/// Logging in.
#[derive(Deserialize)]
pub struct Login {
    password: String,
    csrf: String,
}

/// Leaving.
#[derive(Deserialize)]
pub struct Leave {
    csrf: String,
}

/// Which orders.
#[derive(Deserialize)]
pub struct Older {
    before: Option<i64>,
}

/// Which matters: those after this one.
#[derive(Deserialize)]
pub struct OlderMatters {
    before: Option<i64>,
    #[serde(default)]
    done: bool,
}

/// A matter is dealt with.
#[derive(Deserialize)]
pub struct Done {
    note: String,
    csrf: String,
}

impl Shared {
    fn keeper_page(&self, title: impl Into<String>, keeper: &Keeper, body: Markup) -> Page {
        self.page(title, body).for_the_keeper(csrf::token(keeper.id()))
    }
}

/// `GET /keeper`
pub(crate) async fn front(keeper: Option<Keeper>, session: Session, shop: Data<Shared>) -> HttpResponse {
    match keeper {
        Some(_) => headers::see_other("/keeper/orders"),
        None => form(&shop, &session, StatusCode::OK, None),
    }
}

fn form(shop: &Shared, session: &Session, status: StatusCode, problem: Option<&str>) -> HttpResponse {
    let body = pages::keeper::login(problem, &csrf::token(session.id()));
    session.with(shop.page("For the shopkeeper", body).with(status).respond())
}

/// `POST /keeper`
pub(crate) async fn login(
    request: HttpRequest,
    session: Session,
    given: Form<Login>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    csrf::verify(session.id(), &given.csrf)?;
    let known = request.cookie(door::KNOWN);
    match shop.keeper.open(&given.password, known.as_ref().map(Cookie::value))? {
        Ok(LetIn { key, known }) => {
            shop.store.audit("logged in").await?;
            let mut response = headers::see_other("/keeper/orders");
            let cookie = |name, value| {
                Cookie::build(name, value)
                    .path("/keeper")
                    .http_only(true)
                    .secure(shop.is_https())
                    .same_site(SameSite::Strict)
            };
            let known = cookie(door::KNOWN, known).max_age(Duration::days(180));
            for cookie in [cookie(door::COOKIE, key), known] {
                // It holds hex digits alone, so it is a header.
                let _ = response.add_cookie(&cookie.finish());
            }
            Ok(response)
        }
        Err(Refused::Wrong) => {
            shop.store.audit_refusal().await?;
            Ok(form(&shop, &session, StatusCode::FORBIDDEN, Some("This is not the password.")))
        }
        // Not audited: whoever tries on would fill the table.
        Err(Refused::TooOften) => {
            let problem = "Too many wrong passwords. Wait a minute, then try again.";
            Ok(form(&shop, &session, StatusCode::TOO_MANY_REQUESTS, Some(problem)))
        }
    }
}

/// `POST /keeper/leave`
pub(crate) async fn leave(
    keeper: Keeper,
    form: Form<Leave>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    csrf::verify(keeper.id(), &form.csrf)?;
    shop.keeper.close(&keeper);
    shop.store.audit("logged out").await?;
    Ok(headers::see_other("/keeper"))
}

/// `GET /keeper/orders`
pub(crate) async fn orders(
    keeper: Keeper,
    older: Query<Older>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    let orders = shop.store.orders(None, older.before).await?;
    Ok(shop.keeper_page("Orders", &keeper, pages::keeper::orders(&orders)).respond())
}

/// `GET /keeper/orders/{id}`
pub(crate) async fn order(
    keeper: Keeper,
    id: Path<i64>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    Ok(order_page(&shop, &keeper, *id, None).await?.respond())
}

/// The page of an order, also where a form on it was refused.
async fn order_page(
    shop: &Shared,
    keeper: &Keeper,
    id: i64,
    refused: Option<&pages::keeper::Refused<'_>>,
) -> Result<Page, AppError> {
    let order = shop.store.order(id).await?.ok_or(AppError::NotFound)?;
    shop.store.audit(&format!("looked at order {id}")).await?;
    let callbacks = shop.store.callbacks(order.id).await?;
    let inquiries = shop.store.inquiries(order.id).await?;
    let refunds = shop.store.refunds(&order).await?;
    let (csrf, once) = (csrf::token(keeper.id()), secret::random()?);
    let books = pages::keeper::Books { csrf: &csrf, once: &once, refunds: &refunds, refused };
    let body = pages::keeper::order(&order, &callbacks, &inquiries, &books);
    // Who listens hears it first.
    let title = match refused {
        Some(_) => format!("Order {id}: nothing was written"),
        None => format!("Order {id}"),
    };
    Ok(shop.keeper_page(title, keeper, body).with_state(order.view()))
}

/// `GET /keeper/people`
pub(crate) async fn people(
    keeper: Keeper,
    older: Query<OlderMatters>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    let rows = shop.store.people_after(older.before.map(|id| (id, older.done))).await?;
    let refunds = shop.store.doubtful_refunds().await?;
    let csrf = csrf::token(keeper.id());
    let body = html! {
        (pages::keeper::doubtful(&refunds, &csrf))
        (pages::keeper::people(&rows, &csrf))
    };
    Ok(shop.keeper_page("Needs a person", &keeper, body).respond())
}

/// `POST /keeper/people/{id}`
pub(crate) async fn done(
    keeper: Keeper,
    id: Path<i64>,
    form: Form<Done>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    csrf::verify(keeper.id(), &form.csrf)?;
    let note: String = form.note.trim().chars().take(500).collect();
    if note.is_empty() {
        return Err(AppError::Form);
    }
    shop.store.done(*id, &note).await?;
    Ok(headers::see_other("/keeper/people"))
}

/// `POST /keeper/inquiries/{id}`: the clerk asks, so that no page waits for Paygate.
pub(crate) async fn ask(
    keeper: Keeper,
    id: Path<i64>,
    form: Form<Leave>,
    shop: Data<Shared>,
) -> Result<HttpResponse, AppError> {
    csrf::verify(keeper.id(), &form.csrf)?;
    shop.store.ask_again(*id).await?;
    Ok(headers::see_other("/keeper/people"))
}

/// `GET /keeper/audit`
pub(crate) async fn audited(keeper: Keeper, shop: Data<Shared>) -> Result<HttpResponse, AppError> {
    let audited = shop.store.audited().await?;
    Ok(shop.keeper_page("What was done here", &keeper, pages::keeper::audit(&audited)).respond())
}
