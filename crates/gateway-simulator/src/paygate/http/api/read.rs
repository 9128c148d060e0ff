//! What the API tells.

use super::answer::{self, Answer};
use super::describe;
use crate::paygate::desk::{Desk, NotDecided};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use paygate::PayId;

/// Every payment, in the order in which they came.
pub(super) async fn payments(desk: Data<Desk>) -> HttpResponse {
    answer::ok(&desk.ledger().transactions().iter().map(describe::payment).collect())
}

pub(super) async fn payment(pay_id: Path<String>, desk: Data<Desk>) -> Answer {
    whole(&desk, &named(&pay_id)?)
}

/// What is no PayID names no payment.
pub(super) fn named(pay_id: &str) -> Result<PayId, NotDecided> {
    PayId::new(pay_id).map_err(|_| NotDecided::Unknown)
}

/// One payment, with all that is known of it.
pub(super) fn whole(desk: &Desk, pay_id: &PayId) -> Answer {
    let ledger = desk.ledger();
    let transaction = ledger.transaction(pay_id).ok_or(NotDecided::Unknown)?;
    Ok(answer::ok(&describe::whole_payment(transaction, ledger.deliveries_of(pay_id))))
}

pub(super) async fn refused(desk: Data<Desk>) -> HttpResponse {
    answer::ok(&desk.ledger().refused().iter().map(describe::refused).collect())
}
