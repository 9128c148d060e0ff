//! Every pair of state and event, and orders of several attempts.

use super::*;
use paygate::{Currency, Money};

const N: Flags = Flags::NONE;
const PERSON: Flags = Flags::NEEDS_A_PERSON;

#[test]
fn every_pair_of_state_and_event_ends_as_the_table_says() {
    use Event as E;
    use State::{Created, Failed, Open, Paid, Redirected, Refunded};
    let late = Flags::LATE_RESULT_AFTER_PAID;
    let overpaid = Flags::OVERPAID | PERSON;
    let other = Flags::OTHER_PAYMENT | PERSON;
    let table = [
        (Created, E::Redirected, Redirected, N),
        (Created, E::Open, Open, N),
        (Created, E::Failed, Failed, N),
        (Created, E::Paid, Paid, N),
        (Created, E::PaidByAnother, Created, other),
        (Created, E::Inapplicable, Created, PERSON),
        (Created, E::Refunded, Created, PERSON),
        (Redirected, E::Redirected, Redirected, N),
        (Redirected, E::Open, Open, N),
        (Redirected, E::Failed, Failed, N),
        (Redirected, E::Paid, Paid, N),
        (Redirected, E::PaidByAnother, Redirected, other),
        (Redirected, E::Inapplicable, Redirected, PERSON),
        (Redirected, E::Refunded, Redirected, PERSON),
        (Open, E::Redirected, Open, N),
        (Open, E::Open, Open, N),
        (Open, E::Failed, Failed, N),
        (Open, E::Paid, Paid, N),
        (Open, E::PaidByAnother, Open, other),
        (Open, E::Inapplicable, Open, PERSON),
        (Open, E::Refunded, Open, PERSON),
        (Failed, E::Redirected, Failed, N),
        (Failed, E::Open, Failed, Flags::OPEN_AFTER_FAILED),
        (Failed, E::Failed, Failed, N),
        (Failed, E::Paid, Paid, Flags::PAID_AFTER_FAILED),
        (Failed, E::PaidByAnother, Failed, other),
        (Failed, E::Inapplicable, Failed, PERSON),
        (Failed, E::Refunded, Failed, PERSON),
        (Paid, E::Redirected, Paid, N),
        (Paid, E::Open, Paid, late),
        (Paid, E::Failed, Paid, late | PERSON),
        (Paid, E::Paid, Paid, N),
        (Paid, E::PaidByAnother, Paid, overpaid),
        (Paid, E::Inapplicable, Paid, PERSON),
        (Paid, E::Refunded, Refunded, N),
        (Refunded, E::Redirected, Refunded, N),
        (Refunded, E::Open, Refunded, late),
        (Refunded, E::Failed, Refunded, late | PERSON),
        (Refunded, E::Paid, Refunded, N),
        (Refunded, E::PaidByAnother, Refunded, overpaid),
        (Refunded, E::Inapplicable, Refunded, PERSON),
        (Refunded, E::Refunded, Refunded, N),
    ];
    assert_eq!(table.len(), State::ALL.len() * Event::ALL.len());
    let mut pairs = State::ALL.into_iter().flat_map(|state| Event::ALL.map(|event| (state, event)));
    for (state, event, end, flags) in table {
        assert_eq!(pairs.next(), Some((state, event)), "a pair is missing in the table");
        assert_eq!(state.after(event), Step { state: end, flags }, "{state:?} {event:?}");
    }
}

#[test]
fn a_state_never_falls_and_only_a_paid_result_makes_it_paid() {
    for state in State::ALL {
        for event in Event::ALL {
            let next = state.after(event).state;
            assert!(next >= state, "{state:?} {event:?}");
            assert!(next != State::Paid || state == State::Paid || event == Event::Paid);
            assert!(next != State::Refunded || state >= State::Paid);
        }
    }
}

#[test]
fn the_order_in_which_results_arrive_does_not_change_the_end() {
    // A refund is no result: it needs a payment that is known.
    let results = || Event::ALL.into_iter().filter(|event| *event != Event::Refunded);
    for one in results() {
        for two in results() {
            let there = State::Redirected.after(one).state.after(two).state;
            let back = State::Redirected.after(two).state.after(one).state;
            assert_eq!(there, back, "{one:?} {two:?}");
        }
    }
}

#[test]
fn names_are_read_again() {
    for state in State::ALL {
        assert_eq!(State::named(state.name()), Some(state));
    }
    assert_eq!(State::named("shipped"), None);
    let flags = Flags::OVERPAID | PERSON;
    assert_eq!(Flags::from_stored(flags.stored()), flags);
    assert_eq!(flags.names(), "overpaid needs_a_person");
}

fn euros(cents: u64) -> Money {
    Money::new(cents, Currency::EUR).unwrap()
}

fn judged(costs: u64, attempts: &[(State, u64)]) -> (State, String) {
    let attempts: Vec<_> = attempts.iter().map(|(state, cents)| (*state, N, euros(*cents))).collect();
    let judged = view(euros(costs), &attempts);
    (judged.state, judged.flags.names())
}

#[test]
fn an_order_stands_as_its_attempts_do() {
    use State::{Created, Failed, Open, Paid, Redirected, Refunded};
    let plain = |state: State| (state, String::new());
    assert_eq!(judged(100, &[]), plain(Created));
    assert_eq!(judged(100, &[(Redirected, 100)]), plain(Redirected));
    assert_eq!(judged(100, &[(Failed, 100), (Redirected, 100)]), plain(Redirected));
    assert_eq!(judged(100, &[(Open, 100), (Failed, 100)]), plain(Open));
    assert_eq!(judged(100, &[(Paid, 100), (Failed, 100)]), plain(Paid));
    assert_eq!(judged(100, &[(Refunded, 100), (Redirected, 100)]), plain(Refunded));
    // One of two payments went back: that is put right.
    assert_eq!(judged(100, &[(Paid, 100), (Refunded, 100)]), plain(Paid));
    assert_eq!(judged(100, &[(Paid, 100), (Paid, 100)]), (Paid, "overpaid needs_a_person".into()));
}

#[test]
fn an_old_attempt_does_not_pay_for_a_basket_that_grew() {
    use State::{Paid, Redirected};
    let odd = "other_amount needs_a_person";
    assert_eq!(judged(200, &[(Paid, 100), (Redirected, 200)]), (State::Open, odd.into()));
    assert_eq!(judged(200, &[(Paid, 100), (Paid, 200)]), (Paid, "overpaid needs_a_person".into()));
    // The old one went back: the new one is still to be paid.
    assert_eq!(judged(200, &[(State::Refunded, 100)]), (State::Failed, String::new()));
    let pounds = (Paid, N, Money::new(100, Currency::GBP).unwrap());
    assert_eq!(view(euros(100), &[pounds]).state, State::Open);
}
