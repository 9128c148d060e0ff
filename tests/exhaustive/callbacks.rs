//! Walks of callbacks: every order in which they come, at two workers, either of which may die at any moment.

use crate::event::{By, Event};
use crate::machine::Scope;
use crate::walk::is_long;

async fn walk(name: &str, events: Vec<Event>, with_another_basket: bool) {
    Scope { events, hands: 2, with_another_basket, ..Scope::default() }.walk_whole(name).await;
}

#[actix_web::test]
async fn open_failed_and_paid_come_to_the_same_end_in_every_order() {
    let by = if is_long() { By::Both } else { By::Server };
    let events = vec![Event::open(by), Event::failed(by), Event::paid(By::Both)];
    walk("open, failed and paid", events, false).await;
}

#[actix_web::test]
async fn of_two_payments_of_one_redirect_none_is_lost_and_a_person_is_asked() {
    let mut events = vec![Event::paid(By::Both), Event::paid_twice(By::Server), Event::failed(By::Server)];
    if is_long() {
        events.push(Event::open(By::Server));
    }
    walk("paid twice", events, false).await;
}

#[actix_web::test]
async fn an_attempt_for_another_basket_is_paid_for_by_itself() {
    let events =
        [Event::paid, Event::paid_for_the_second, Event::payment_of_the_first].map(|event| event(By::Server));
    let mut events = Vec::from(events);
    if is_long() {
        events.push(Event::failed(By::Server));
    }
    walk("another basket", events, true).await;
}

#[actix_web::test]
async fn what_cannot_be_applied_changes_no_payment_and_is_shown() {
    let mut events = vec![
        Event::paid(By::Server),
        Event::of_the_other_account(By::Server),
        Event::contradictory(By::Both),
    ];
    if is_long() {
        events.push(Event::of_an_attempt_that_nobody_knows(By::Server));
    }
    walk("what cannot be applied", events, false).await;
}
