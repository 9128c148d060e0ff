//! `trustly.aspx`, `credit.aspx`, `inquire.aspx`, `inquire24.aspx`: the files of Paygate, in any case.

use super::super::desk::{Accepted, Desk};
use super::super::fault::Fault;
use super::super::incoming::outer::{Outer, Unreadable};
use super::super::incoming::refusal::Refusal;
use super::super::worker::drops;
use actix_web::http::header;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
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
        Accepted::Nowhere => {
            html(HttpResponse::Ok()).body(page("The payment is done, and the window closed."))
        }
        Accepted::Page(Refusal { code, reasons }) => {
            let mut text = format!("The request was refused with Code {}.", code.as_str());
            for reason in &reasons {
                text.extend([" ", reason, "."]);
            }
            html(HttpResponse::BadRequest()).body(page(&text))
        }
    }
}

/// A redirect by GET, which is how Trustly's customers come back (white label's page "Redirection to the merchant shop").
pub(crate) fn found(url: &str) -> HttpResponse {
    HttpResponse::Found()
        .insert_header((header::LOCATION, url))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// What comes for a wrong MerchantID or key: a page in HTML. The words "Unexpected exception" are the real one's, the reason
/// is not.
fn exception(error: &Unreadable) -> HttpResponse {
    html(HttpResponse::Ok()).body(page(&format!("Unexpected exception. (The simulator says: {error}.)")))
}

fn html(mut response: HttpResponseBuilder) -> HttpResponseBuilder {
    response.content_type("text/html; charset=utf-8");
    response
}

fn page(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<!DOCTYPE html>\n<html lang=\"en\"><title>Paygate</title><p>{text}</p></html>\n")
}
