//! What can be done about a payment: settle it, or send its last result again.

use super::{done, failed};
use crate::paygate::desk::{Desk, NotDecided};
use crate::paygate::http::form::Form;
use crate::paygate::ledger::state::{Settlement, State};
use crate::paygate::ledger::transaction::Transaction;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use maud::{Markup, html};
use paygate::PayId;

/// The buttons that would do something now.
pub(super) fn buttons(transaction: &Transaction) -> Markup {
    let path = ["/console/payment/", transaction.pay_id.as_str()].concat();
    let settles_failed = matches!(transaction.state, State::AtBank | State::Open);
    let settles_paid = settles_failed || transaction.state == State::Failed;
    html! {
        @if settles_paid || transaction.result.is_some() { h2 { "What to do" } }
        @if settles_paid {
            form method="post" action={ (path) "/settle" } {
                div class="buttons" {
                    button name="how" value="paid" { "Settle: the money came" }
                    @if settles_failed { button name="how" value="failed" { "Settle: it did not" } }
                }
            }
        }
        @if transaction.result.is_some() {
            form method="post" action={ (path) "/resend" } {
                div class="buttons" {
                    button { "Send the last result again" }
                    button name="tampered" value="1" { "Send it again, tampered with" }
                }
            }
        }
    }
}

pub(super) async fn settle(pay_id: Path<String>, form: Bytes, desk: Data<Desk>) -> HttpResponse {
    let settlement = match Form::parse(&form).value("how") {
        Some("paid") => Settlement::Paid,
        Some("failed") => Settlement::Failed,
        _ => return failed(StatusCode::BAD_REQUEST, "the form says neither paid nor failed"),
    };
    act(&pay_id, &desk, |pay_id| desk.settle(pay_id, settlement)).await
}

pub(super) async fn resend(pay_id: Path<String>, form: Bytes, desk: Data<Desk>) -> HttpResponse {
    let tampered = Form::parse(&form).value("tampered").is_some();
    act(&pay_id, &desk, |pay_id| desk.resend(pay_id, tampered)).await
}

async fn act(pay_id: &str, desk: &Desk, act: impl Fn(&PayId) -> Result<(), NotDecided>) -> HttpResponse {
    let acted = PayId::new(pay_id).map_err(|_| NotDecided::Unknown).and_then(|pay_id| act(&pay_id));
    match acted {
        Ok(()) => done(desk, &["/console/payment/", pay_id].concat()).await,
        Err(error @ NotDecided::Unknown) => failed(StatusCode::NOT_FOUND, error),
        Err(error @ NotDecided::Already(_)) => failed(StatusCode::CONFLICT, error),
    }
}
