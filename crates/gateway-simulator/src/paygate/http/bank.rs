//! The bank's pages, on which the customer decides.

use super::super::desk::{Decided, Desk, NotDecided};
use super::super::script::Choice;
use super::files::found;
use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};

/// Takes the form of the last page: `choice=approve`, or another of the choices.
pub(crate) async fn decide(token: Path<String>, form: Bytes, desk: Data<Desk>) -> HttpResponse {
    let chosen = form_urlencoded::parse(&form).find_map(|(name, value)| {
        let choice = Choice::ALL.into_iter().find(|choice| choice.name() == value);
        choice.filter(|_| name == "choice")
    });
    let Some(choice) = chosen else { return HttpResponse::BadRequest().body("choice is missing\n") };
    match desk.decide(&token, choice) {
        Ok(Decided { url, before }) => {
            desk.answered(&before).await;
            match url {
                Some(url) => found(&url),
                None => HttpResponse::Ok().body("the window is closed\n"),
            }
        }
        Err(error @ NotDecided::Unknown) => HttpResponse::NotFound().body(error.to_string()),
        Err(error @ NotDecided::Already(_)) => HttpResponse::Conflict().body(error.to_string()),
    }
}
