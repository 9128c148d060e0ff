//! The faults that payments to come will have.

use crate::paygate::desk::Desk;
use crate::paygate::fault::{Fault, Faults, UnknownFault};
use crate::paygate::http::files::see_other;
use crate::paygate::http::form::Form;
use crate::paygate::http::shown;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use maud::{Markup, html};

pub(super) fn form(faults: &Faults) -> Markup {
    html! {
        section {
            h2 id="faults" { "Faults" }
            form method="post" action="/console/faults" {
                p { "What will go wrong with payments that begin from now on." }
                @for fault in Fault::ALL {
                    label class="check" {
                        input type="checkbox" name="fault" value=(fault.name()) checked[faults.has(*fault)];
                        span { code { (fault.name()) } br; small { (shown::sentence(fault.explanation())) } }
                    }
                }
                p { button class="main" { "Set these faults" } }
            }
        }
    }
}

/// Sets those that are checked, and no others.
pub(super) async fn set(form: Bytes, desk: Data<Desk>) -> HttpResponse {
    let form = Form::parse(&form);
    let faults: Result<Faults, UnknownFault> = form.all("fault").map(str::parse).collect();
    match faults {
        Ok(faults) => {
            desk.set_faults(faults);
            see_other("/console#faults")
        }
        Err(error) => super::failed(StatusCode::BAD_REQUEST, error),
    }
}
