//! The walks bite: shops with a mistake in them, each of which is found.

use crate::event::{By, Event};
use crate::gateway::Fate;
use crate::machine::Scope;
use crate::money_back::{ALL, MOST, paid};
use crate::mutant::Mutant;

async fn finds(mutant: Mutant, scope: Scope, rule: &str) {
    let (walked, _) = Scope { mutant: Some(mutant), ..scope }.walk().await;
    walked.assert_finds(&format!("{mutant:?}"), rule);
}

fn callbacks(events: Vec<Event>) -> Scope {
    Scope { events, hands: 2, ..Scope::default() }
}

#[actix_web::test]
async fn the_walk_finds_a_handler_that_forgets_to_bind() {
    let events = vec![Event::of_the_other_account(By::Server)];
    finds(Mutant::ForgetsToBind, callbacks(events), "no false paid").await;
}

#[actix_web::test]
async fn the_walk_finds_a_handler_that_lets_states_fall() {
    let events = vec![Event::paid(By::Server), Event::failed(By::Server)];
    finds(Mutant::LetsStatesFall, callbacks(events), "no lost paid").await;
}

#[actix_web::test]
async fn the_walk_finds_a_worker_that_completes_first() {
    finds(Mutant::CompletesFirst, callbacks(vec![Event::paid(By::Server)]), "handled once").await;
}

#[actix_web::test]
async fn the_walk_finds_a_worker_that_completes_without_its_token() {
    finds(Mutant::CompletesWithoutToken, callbacks(vec![Event::paid(By::Server)]), "handled once").await;
}

#[actix_web::test]
async fn the_walk_finds_an_acknowledgement_before_it_is_stored() {
    finds(Mutant::AcknowledgesFirst, callbacks(vec![Event::paid(By::Server)]), "no lost paid").await;
}

#[actix_web::test]
async fn the_walk_finds_a_limit_that_counts_only_what_is_done() {
    finds(Mutant::CountsOnlyDone, paid(vec![ALL, MOST]), "refunded is at most paid").await;
}

#[actix_web::test]
async fn the_walk_finds_a_refund_that_is_sent_again_unasked() {
    let scope = Scope { fates: vec![Fate::Open], ..paid(vec![ALL]) };
    finds(Mutant::SendsAgainUnasked, scope, "nothing is given back twice").await;
}

#[actix_web::test]
async fn the_walk_finds_silence_that_is_taken_for_nothing() {
    let scope = Scope { fates: vec![Fate::Open], ..paid(vec![ALL]) };
    finds(Mutant::TakesSilenceForNothing, scope, "nothing is given back twice").await;
}
