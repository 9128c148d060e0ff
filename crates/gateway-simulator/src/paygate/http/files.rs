//! `trustly.aspx`, `credit.aspx`, `inquire.aspx`, `inquire24.aspx`: the files of Paygate, in any case.

use super::super::desk::{Accepted, Desk};
use super::super::fault::Fault;
use super::super::incoming::outer::{Outer, Unreadable};
use super::super::incoming::refusal::Refusal;
use super::super::worker::drops;
use super::page::Page;
use super::shown::{self, Written};
use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use maud::html;
use std::time::Duration;

/// Answers a request for one of the files.
pub(crate) async fn file(
    name: Path<String>,
    request: HttpRequest,
    body: Bytes,
    desk: Data<Desk>,
) -> HttpResponse {
    // The real one runs on a server whose file names have no case.
    let name = name.to_ascii_lowercase();
    let outer = Outer::read(request.query_string().as_bytes(), &body);
    if name == "trustly.aspx" {
        return match desk.pay(outer) {
            Ok(accepted) => shown(&desk, accepted).await,
            Err(error) => exception(&error),
        };
    }
    match desk.follow_up(&name, outer) {
        Some(Ok(answer)) => {
            let (slow, broken) = (answer.faults.has(Fault::Slow), answer.faults.has(Fault::Broken));
            let mut response = HttpResponse::Ok();
            response.content_type("text/html; charset=iso-8859-1");
            if !slow && !broken {
                return response.body(answer.body);
            }
            let whole = if slow { desk.settings.slowness } else { Duration::ZERO };
            // Its length is declared, so that a client can tell that something is missing.
            response.no_chunking(u64::try_from(answer.body.len()).unwrap_or_default());
            response.streaming(drops(&answer.body, whole, broken))
        }
        Some(Err(error)) => exception(&error),
        None => HttpResponse::NotFound().body("there is no such file\n"),
    }
}

async fn shown(desk: &Desk, accepted: Accepted) -> HttpResponse {
    match accepted {
        Accepted::Bank(token) => found(&["/bank/", &token].concat()),
        Accepted::Shop { url, before } => {
            desk.answered(&before).await;
            found(&url)
        }
        Accepted::Nowhere => Page::customer(
            "The window is closed",
            html! { p { "The payment is done, and the browser does not go back to the shop." } },
        )
        .respond(StatusCode::OK),
        Accepted::Page(refusal) => refused(&refusal).respond(StatusCode::BAD_REQUEST),
    }
}

/// What the customer sees where no URL of the shop could be read.
fn refused(refusal: &Refusal) -> Page {
    Page::customer(
        "The request was refused",
        html! {
            p { "Code " (shown::code(refusal.code)) }
            ul { @for reason in &refusal.reasons { li { (Written(reason)) } } }
            p class="quiet" { "No URL of the shop could be read, so nobody goes back there." }
        },
    )
}

/// What comes for a wrong MerchantID or key: a page in HTML, with status 200. The words "Unexpected exception" are the real
/// one's, the reason is not; a client tells this page from an answer by the parameters that do not stand in it.
fn exception(error: &Unreadable) -> HttpResponse {
    Page::customer("Unexpected exception", html! { p { "The simulator says: " (error.to_string()) "." } })
        .respond(StatusCode::OK)
}

/// A redirect by GET, which is how Trustly's customers come back (white label's page "Redirection to the merchant shop").
pub(crate) fn found(url: &str) -> HttpResponse {
    redirect(StatusCode::FOUND, url)
}

/// To a page of our own, after a form.
pub(crate) fn see_other(path: &str) -> HttpResponse {
    redirect(StatusCode::SEE_OTHER, path)
}

fn redirect(status: StatusCode, url: &str) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((header::LOCATION, url))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .finish()
}
