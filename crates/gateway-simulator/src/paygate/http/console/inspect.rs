//! The form that shows what is inside any Data. It is posted, so that no Data stands in an address.

use super::pairs;
use crate::paygate::desk::Desk;
use crate::paygate::http::form::Form;
use crate::paygate::http::page::Page;
use crate::paygate::http::shown::Written;
use crate::paygate::inspect::{Question, inspect};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use maud::{Markup, html};
use paygate::Merchant;

const TITLE: &str = "Look inside Data";

pub(super) async fn ask(desk: Data<Desk>) -> HttpResponse {
    Page::developer(TITLE, form(&desk.merchants, Question::default())).respond(StatusCode::OK)
}

pub(super) async fn answer(body: Bytes, desk: Data<Desk>) -> HttpResponse {
    let sent = Form::parse(&body);
    let value = |name| sent.value(name).unwrap_or_default();
    let account = Some(value("account")).filter(|account| !account.is_empty());
    let question = Question { text: value("text"), data: value("data"), len: value("len"), account };
    let (status, found) = match inspect(&desk.merchants, question) {
        Ok(findings) => (StatusCode::OK, pairs::findings(&findings)),
        Err(error) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            html! { p class="note" role="alert" { (error.to_string()) "." } },
        ),
    };
    let body = html! {
        h2 { "What stands inside" }
        (found)
        h2 { "Look at another" }
        (form(&desk.merchants, question))
    };
    Page::developer(TITLE, body).respond(status)
}

fn form(merchants: &[Merchant], question: Question<'_>) -> Markup {
    html! {
        form method="post" action="/console/inspect" {
            div class="field" {
                label for="text" { "A whole request or result" }
                small id="text-help" { "A URL, a query or a form, or Data alone." }
                textarea id="text" name="text" rows="6" spellcheck="false" autocomplete="off"
                    aria-describedby="text-help" { (question.text) }
            }
            details open[!question.data.is_empty()] {
                summary { "Or Data and Len by themselves" }
                div class="field" {
                    label for="data" { "Data" }
                    textarea id="data" name="data" rows="3" spellcheck="false" autocomplete="off" { (question.data) }
                }
                div class="field" {
                    label for="len" { "Len" }
                    input type="text" id="len" name="len" inputmode="numeric" autocomplete="off" value=(question.len);
                }
            }
            div class="field" {
                label for="account" { "Keys of" }
                select id="account" name="account" {
                    option value="" { "the account that it names, or else of all" }
                    @for merchant in merchants {
                        option value=(merchant.id().as_str())
                            selected[question.account == Some(merchant.id().as_str())] {
                            (Written(merchant.id().as_str()))
                        }
                    }
                }
            }
            p { button class="main" { "Look inside" } }
        }
    }
}
