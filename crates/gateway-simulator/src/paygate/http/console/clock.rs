//! Moving the simulator's clock.

use crate::paygate::desk::Desk;
use crate::paygate::http::files::see_other;
use crate::paygate::http::form::Form;
use crate::paygate::http::shown;
use crate::paygate::http::travel;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use maud::{Markup, html};
use std::time::Duration;

/// A minute and eight: the waits before the first two repeats of a notify.
const STEPS: [(u64, &str); 4] =
    [(60, "1 minute"), (8 * 60, "8 minutes"), (60 * 60, "1 hour"), (24 * 60 * 60, "1 day")];

pub(super) fn form(now: Duration) -> Markup {
    html! {
        section {
            h2 id="clock" { "Clock" }
            form method="post" action="/console/clock" {
                p {
                    "It is " strong class="time" { (shown::time(now)) } " since the simulator started. Moving the clock \
                     on lets happen what is due by then: notifies are repeated, open payments are settled."
                }
                div class="buttons" {
                    @for (seconds, name) in STEPS {
                        button name="advance_seconds" value=(seconds) { "Forward by " (name) }
                    }
                }
            }
        }
    }
}

pub(super) async fn advance(form: Bytes, desk: Data<Desk>) -> HttpResponse {
    let form = Form::parse(&form);
    let Some(seconds) = form.value("advance_seconds").and_then(|seconds| seconds.parse().ok()) else {
        return super::failed(StatusCode::BAD_REQUEST, travel::TooFar);
    };
    match travel::forward(&desk, seconds).await {
        Ok(()) => see_other("/console#clock"),
        Err(error) => super::failed(StatusCode::BAD_REQUEST, error),
    }
}
