//! Walks of refunds: shopkeepers who click at once, tellers who die, answers that never come, and a result that comes late.

use crate::event::{By, Event};
use crate::gateway::Fate;
use crate::machine::Scope;
use crate::walk::is_long;
use crate::world::Form;

pub(crate) const ALL: Form = Form { once: "00000000000000000000000000000001", amount: "12.90", cents: 1290 };
pub(crate) const MOST: Form = Form { once: "00000000000000000000000000000002", amount: "8.00", cents: 800 };
const REST: Form = Form { once: "00000000000000000000000000000003", amount: "4.90", cents: 490 };

/// One payment that was told and handled, and forms of the shopkeeper's.
pub(crate) fn paid(forms: Vec<Form>) -> Scope {
    let fates = vec![Fate::Done, Fate::Refused, Fate::Open];
    Scope {
        events: vec![Event::paid(By::Server)],
        is_paid: true,
        forms,
        hands: 1,
        sendings: 3,
        fates,
        ..Scope::default()
    }
}

/// A second teller, whose answers are late, or who asks meanwhile.
#[actix_web::test]
async fn a_refund_is_carried_out_once_whatever_becomes_of_it_on_its_way() {
    Scope { hands: if is_long() { 3 } else { 2 }, ..paid(vec![ALL]) }
        .walk_whole("one refund, two tellers")
        .await;
}

#[actix_web::test]
async fn a_refund_that_is_sent_again_is_carried_out_once() {
    paid(vec![ALL]).walk_whole("one refund that is sent again").await;
}

#[actix_web::test]
async fn a_refund_of_which_nothing_is_told_comes_to_a_person() {
    Scope { is_asked_often: true, ..paid(vec![ALL]) }.walk_whole("one refund in silence").await;
}

#[actix_web::test]
async fn two_parts_are_at_most_what_was_paid() {
    let sendings = if is_long() { 3 } else { 1 };
    let fates = vec![Fate::Done, Fate::Refused];
    Scope { sendings, fates, ..paid(vec![MOST, REST]) }.walk_whole("two parts").await;
}

#[actix_web::test]
async fn of_two_that_are_too_much_together_one_is_begun() {
    let sendings = if is_long() { 3 } else { 2 };
    let fates = vec![Fate::Refused, Fate::Done];
    Scope { sendings, fates, ..paid(vec![ALL, MOST]) }.walk_whole("two that are too much").await;
}

#[actix_web::test]
async fn what_comes_after_a_refund_does_not_make_it_paid_again() {
    let hands = if is_long() { 2 } else { 1 };
    let events = vec![Event::paid(By::Server), Event::failed(By::Server)];
    let scope = Scope { events, hands, sendings: 1, fates: vec![Fate::Done], ..paid(vec![ALL]) };
    scope.walk_whole("a late failure beside a refund").await;
}
