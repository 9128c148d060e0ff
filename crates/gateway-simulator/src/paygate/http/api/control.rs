//! What the API does. It answers when all that followed was done, so that whoever drives a test need not wait and ask again.

use super::{answer, describe, read};
use crate::paygate::desk::{Desk, NotDecided};
use crate::paygate::fault::Faults;
use crate::paygate::http::travel;
use crate::paygate::ledger::state::Settlement;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use paygate::PayId;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settle {
    paid: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Resend {
    #[serde(default)]
    tampered: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: u64,
}

pub(super) async fn settle(pay_id: Path<String>, body: Bytes, desk: Data<Desk>) -> HttpResponse {
    let settlement = match answer::read(&body) {
        Ok(Settle { paid: true }) => Settlement::Paid,
        Ok(Settle { paid: false }) => Settlement::Failed,
        Err(refused) => return refused,
    };
    act(&pay_id, &desk, |pay_id| desk.settle(pay_id, settlement)).await
}

/// No body at all is `{}`.
pub(super) async fn resend(pay_id: Path<String>, body: Bytes, desk: Data<Desk>) -> HttpResponse {
    let read = if body.is_empty() { Ok(Resend::default()) } else { answer::read(&body) };
    match read {
        Ok(Resend { tampered }) => act(&pay_id, &desk, |pay_id| desk.resend(pay_id, tampered)).await,
        Err(refused) => refused,
    }
}

async fn act(pay_id: &str, desk: &Desk, act: impl Fn(&PayId) -> Result<(), NotDecided>) -> HttpResponse {
    let Ok(pay_id) = PayId::new(pay_id) else { return answer::not_decided(NotDecided::Unknown) };
    match act(&pay_id) {
        Ok(()) => {
            desk.idle().await;
            read::whole(desk, &pay_id)
        }
        Err(error) => answer::not_decided(error),
    }
}

pub(super) async fn faults(desk: Data<Desk>) -> HttpResponse {
    answer::ok(&describe::faults(&desk.faults()))
}

/// Sets these, and no others, for payments that are still to come.
pub(super) async fn set_faults(body: Bytes, desk: Data<Desk>) -> HttpResponse {
    let names: Vec<String> = match answer::read(&body) {
        Ok(names) => names,
        Err(refused) => return refused,
    };
    match names.iter().map(|name| name.parse()).collect::<Result<Faults, _>>() {
        Ok(faults) => {
            desk.set_faults(faults);
            answer::ok(&describe::faults(&desk.faults()))
        }
        Err(unknown) => answer::error(StatusCode::BAD_REQUEST, unknown),
    }
}

pub(super) async fn clock(desk: Data<Desk>) -> HttpResponse {
    answer::ok(&json!({ "now_seconds": desk.clock.now().as_secs_f64() }))
}

pub(super) async fn advance(body: Bytes, desk: Data<Desk>) -> HttpResponse {
    let Advance { advance_seconds } = match answer::read(&body) {
        Ok(advance) => advance,
        Err(refused) => return refused,
    };
    match travel::forward(&desk, advance_seconds).await {
        Ok(()) => clock(desk).await,
        Err(error) => answer::error(StatusCode::BAD_REQUEST, error),
    }
}
