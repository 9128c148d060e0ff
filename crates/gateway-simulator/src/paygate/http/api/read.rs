//! What the API tells.

use super::{answer, describe};
use crate::paygate::desk::{Desk, NotDecided};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use paygate::PayId;

/// Every payment, in the order in which they came.
pub(super) async fn payments(desk: Data<Desk>) -> HttpResponse {
    answer::ok(&desk.ledger().transactions().iter().map(describe::payment).collect())
}

pub(super) async fn payment(pay_id: Path<String>, desk: Data<Desk>) -> HttpResponse {
    match PayId::new(&pay_id) {
        Ok(pay_id) => whole(&desk, &pay_id),
        Err(_) => answer::not_decided(NotDecided::Unknown),
    }
}

/// One payment, with all that is known of it.
pub(super) fn whole(desk: &Desk, pay_id: &PayId) -> HttpResponse {
    let ledger = desk.ledger();
    match ledger.transaction(pay_id) {
        Some(known) => answer::ok(&describe::whole_payment(known, ledger.deliveries_of(pay_id))),
        None => answer::not_decided(NotDecided::Unknown),
    }
}

pub(super) async fn refused(desk: Data<Desk>) -> HttpResponse {
    answer::ok(&desk.ledger().refused().iter().map(describe::refused).collect())
}
