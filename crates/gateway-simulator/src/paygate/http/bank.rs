//! The bank's pages, on which the customer chooses a bank, logs in, and decides.

mod pages;

use super::super::desk::{Decided, Desk, NotDecided};
use super::super::fault::Fault;
use super::super::ledger::state::State;
use super::super::ledger::transaction::Transaction;
use super::super::script::Choice;
use super::files::{found, see_other};
use super::form::Form;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// A bank that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bank {
    /// Its name in an address.
    key: &'static str,
    name: &'static str,
}

const BANKS: [Bank; 5] = [
    Bank { key: "alder", name: "Alder Savings Bank" },
    Bank { key: "fjord", name: "Fjord & Field" },
    Bank { key: "lantern", name: "Lantern Street Bank" },
    Bank { key: "muster", name: "Musterbank" },
    Bank { key: "nowhere", name: "Bank of Nowhere" },
];

impl Bank {
    fn named(key: Option<&str>) -> Option<Self> {
        BANKS.into_iter().find(|bank| Some(bank.key) == key)
    }
}

/// Shows the page that the payment has come to: its address tells which.
pub(crate) async fn show(token: Path<String>, request: HttpRequest, desk: Data<Desk>) -> HttpResponse {
    let Some(transaction) = payment(&desk, &token) else { return unknown() };
    if transaction.state != State::AtBank {
        return pages::decided(&transaction).respond(StatusCode::OK);
    }
    let query = Form::parse(request.query_string().as_bytes());
    let page = match (Bank::named(query.value("bank")), query.value("step")) {
        (None, _) => pages::choose(&transaction),
        (Some(bank), Some("confirm")) => {
            pages::confirm(&transaction, bank, desk.settings.habits.settle_after)
        }
        (Some(bank), _) => pages::log_in(&transaction, bank),
    };
    page.respond(StatusCode::OK)
}

/// Logs anybody in, under any name, and forgets it.
pub(crate) async fn log_in(token: Path<String>, form: Bytes, desk: Data<Desk>) -> HttpResponse {
    if payment(&desk, &token).is_none() {
        return unknown();
    }
    let here = ["/bank/", &token].concat();
    match Bank::named(Form::parse(&form).value("bank")) {
        Some(bank) => see_other(&[&here, "?bank=", bank.key, "&step=confirm"].concat()),
        None => see_other(&here),
    }
}

/// Takes the form of the last page: `choice=approve`, or another of the choices; with `leave=1`, the customer closes the
/// window once that is done.
pub(crate) async fn decide(token: Path<String>, form: Bytes, desk: Data<Desk>) -> HttpResponse {
    let form = Form::parse(&form);
    let choice = form.value("choice").and_then(|name| Choice::ALL.into_iter().find(|c| c.name() == name));
    let Some(choice) = choice else {
        return pages::no_choice(&token).respond(StatusCode::BAD_REQUEST);
    };
    if form.value("leave").is_some() {
        leave(&desk, &token);
    }
    match desk.decide(&token, choice) {
        Ok(Decided { url, before }) => {
            desk.answered(&before).await;
            match (url, payment(&desk, &token)) {
                (Some(url), _) => found(&url),
                (None, Some(transaction)) => pages::closed(&transaction).respond(StatusCode::OK),
                (None, None) => unknown(),
            }
        }
        Err(NotDecided::Unknown) => unknown(),
        Err(NotDecided::Already(_)) => match payment(&desk, &token) {
            Some(transaction) => pages::decided(&transaction).respond(StatusCode::CONFLICT),
            None => unknown(),
        },
    }
}

fn payment(desk: &Desk, token: &str) -> Option<Transaction> {
    desk.ledger().find(|known| known.token == token).cloned()
}

/// Whoever closes the window after paying makes of this payment what the fault makes of all.
fn leave(desk: &Desk, token: &str) {
    let mut ledger = desk.ledger();
    let at_bank = ledger.find(|known| known.token == token && known.state == State::AtBank);
    let Some(pay_id) = at_bank.map(|known| known.pay_id) else { return };
    if let Some(transaction) = ledger.transaction_mut(&pay_id) {
        transaction.faults = transaction.faults.iter().chain([Fault::NotifyOnly]).collect();
    }
}

fn unknown() -> HttpResponse {
    pages::unknown().respond(StatusCode::NOT_FOUND)
}
