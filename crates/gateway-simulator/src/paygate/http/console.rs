//! The console: what the simulator knows, and what can be done about it, for people.

mod actions;
mod clock;
mod delivery;
mod faults;
mod inspect;
mod overview;
mod pairs;
mod payment;
mod refused;

use super::files::see_other;
use super::guard;
use super::page::Page;
use crate::paygate::desk::Desk;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use maud::html;
use std::fmt::Display;
use std::time::Duration;

/// `/` and all below `/console`, for this machine alone.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let console = web::scope("/console")
        .wrap(from_fn(guard::console))
        .route("", web::get().to(overview::show))
        .route("/payment/{pay_id}", web::get().to(payment::show))
        .route("/payment/{pay_id}/settle", web::post().to(actions::settle))
        .route("/payment/{pay_id}/resend", web::post().to(actions::resend))
        .route("/faults", web::post().to(faults::set))
        .route("/clock", web::post().to(clock::advance))
        .route("/inspect", web::get().to(inspect::ask))
        .route("/inspect", web::post().to(inspect::answer))
        .default_service(web::to(|| async { failed(StatusCode::NOT_FOUND, "there is no such page") }));
    config
        .service(web::resource("/").wrap(from_fn(guard::console)).route(web::get().to(overview::show)))
        .service(console);
}

fn failed(status: StatusCode, why: impl Display) -> HttpResponse {
    let body = html! { p { (why.to_string()) "." } p { a href="/console" { "To the payments" } } };
    Page::developer("That did not work", body).respond(status)
}

/// Leads on to a page once what was set going is done, so that it stands there already; a shop that is slow to answer is
/// not waited for.
async fn done(desk: &Desk, page: &str) -> HttpResponse {
    let _ = tokio::time::timeout(Duration::from_secs(2), desk.idle()).await;
    see_other(page)
}
