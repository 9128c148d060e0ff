//! What the API does. It answers when all that followed was done, so that whoever drives a test need not wait and ask again.

use super::answer::{self, Answer};
use super::{describe, read};
use crate::paygate::desk::Desk;
use crate::paygate::fault::{Faults, UnknownFault};
use crate::paygate::http::travel;
use crate::paygate::ledger::state::Settlement;
use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
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

pub(super) async fn settle(pay_id: Path<String>, body: Bytes, desk: Data<Desk>) -> Answer {
    let Settle { paid } = serde_json::from_slice(&body)?;
    let settlement = if paid { Settlement::Paid } else { Settlement::Failed };
    let pay_id = read::named(&pay_id)?;
    desk.settle(&pay_id, settlement)?;
    desk.idle().await;
    read::whole(&desk, &pay_id)
}

/// No body at all is `{}`.
pub(super) async fn resend(pay_id: Path<String>, body: Bytes, desk: Data<Desk>) -> Answer {
    let Resend { tampered } =
        if body.is_empty() { Resend::default() } else { serde_json::from_slice(&body)? };
    let pay_id = read::named(&pay_id)?;
    desk.resend(&pay_id, tampered)?;
    desk.idle().await;
    read::whole(&desk, &pay_id)
}

pub(super) async fn faults(desk: Data<Desk>) -> HttpResponse {
    answer::ok(&describe::faults(&desk.faults()))
}

/// Sets these, and no others, for payments that are still to come.
pub(super) async fn set_faults(body: Bytes, desk: Data<Desk>) -> Answer {
    let names: Vec<String> = serde_json::from_slice(&body)?;
    desk.set_faults(names.iter().map(|name| name.parse()).collect::<Result<Faults, UnknownFault>>()?);
    Ok(faults(desk).await)
}

pub(super) async fn clock(desk: Data<Desk>) -> HttpResponse {
    answer::ok(&json!({ "now_seconds": desk.clock.now().as_secs_f64() }))
}

pub(super) async fn advance(body: Bytes, desk: Data<Desk>) -> Answer {
    let Advance { advance_seconds } = serde_json::from_slice(&body)?;
    travel::forward(&desk, advance_seconds).await?;
    Ok(clock(desk).await)
}
