//! Every pair of state and event, and orders of several attempts.

use super::*;

const N: Flags = Flags::NONE;

#[test]
fn every_pair_of_state_and_event_ends_as_the_table_says() {
    use Event as E;
    use State::{Created, Failed, Open, Paid, Redirected, Refunded};
    let table = [
        (Created, E::Redirected, Redirected, N),
        (Created, E::Open, Open, N),
        (Created, E::Failed, Failed, N),
        (Created, E::Paid, Paid, N),
        (Created, E::Refunded, Created, N),
        (Created, E::FoundPaid, Paid, Flags::PAID_BY_INQUIRY),
        (Redirected, E::Redirected, Redirected, N),
        (Redirected, E::Open, Open, N),
        (Redirected, E::Failed, Failed, N),
        (Redirected, E::Paid, Paid, N),
        (Redirected, E::Refunded, Redirected, N),
        (Redirected, E::FoundPaid, Paid, Flags::PAID_BY_INQUIRY),
        (Open, E::Redirected, Open, N),
        (Open, E::Open, Open, N),
        (Open, E::Failed, Failed, N),
        (Open, E::Paid, Paid, N),
        (Open, E::Refunded, Open, N),
        (Open, E::FoundPaid, Paid, Flags::PAID_BY_INQUIRY),
        (Failed, E::Redirected, Failed, N),
        (Failed, E::Open, Failed, Flags::OPEN_AFTER_FAILED),
        (Failed, E::Failed, Failed, N),
        (Failed, E::Paid, Paid, Flags::PAID_AFTER_FAILED),
        (Failed, E::Refunded, Failed, N),
        (Failed, E::FoundPaid, Paid, Flags::PAID_AFTER_FAILED | Flags::PAID_BY_INQUIRY),
        (Paid, E::Redirected, Paid, N),
        (Paid, E::Open, Paid, Flags::OPEN_AFTER_PAID),
        (Paid, E::Failed, Paid, Flags::FAILED_AFTER_PAID),
        (Paid, E::Paid, Paid, N),
        (Paid, E::Refunded, Refunded, N),
        (Paid, E::FoundPaid, Paid, N),
        (Refunded, E::Redirected, Refunded, N),
        (Refunded, E::Open, Refunded, Flags::OPEN_AFTER_PAID),
        (Refunded, E::Failed, Refunded, Flags::FAILED_AFTER_PAID),
        (Refunded, E::Paid, Refunded, N),
        (Refunded, E::Refunded, Refunded, N),
        (Refunded, E::FoundPaid, Refunded, N),
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
            assert!(
                next != State::Paid
                    || state == State::Paid
                    || matches!(event, Event::Paid | Event::FoundPaid)
            );
            assert!(next != State::Refunded || state >= State::Paid);
        }
    }
}

#[test]
fn the_order_in_which_three_results_arrive_does_not_change_the_end() {
    const RESULTS: [Event; 3] = [Event::Open, Event::Failed, Event::Paid];
    let end = |events: [Event; 3]| {
        events.into_iter().fold(State::Redirected, |state, event| state.after(event).state)
    };
    for one in RESULTS {
        for two in RESULTS {
            for three in RESULTS {
                let first = end([one, two, three]);
                for other in [[one, three, two], [two, one, three], [two, three, one], [three, one, two]] {
                    assert_eq!(end(other), first, "{one:?} {two:?} {three:?}");
                }
            }
        }
    }
}

#[test]
fn names_are_read_again() {
    for state in State::ALL {
        assert_eq!(State::named(state.name()), Some(state));
    }
    assert_eq!(State::named("shipped"), None);
    let flags = Flags::OVERPAID | Flags::PAID_AFTER_FAILED;
    assert_eq!(Flags::from_stored(flags.stored()), flags);
    assert_eq!(flags.names(), "paid_after_failed overpaid");
    assert_eq!(view(&[tried(&[State::Paid, State::Paid])], true).names(), "overpaid needs_a_person");
    assert_eq!(view(&[], false).names(), "");
}

fn tried(payments: &[State]) -> Tried {
    let payments = payments.iter().map(|state| (*state, N)).collect();
    Tried { is_current: true, state: State::Redirected, payments }
}

fn for_another_basket(payments: &[State]) -> Tried {
    Tried { is_current: false, ..tried(payments) }
}

fn judged(attempts: &[Tried]) -> (State, Flags) {
    let judged = view(attempts, false);
    (judged.state, judged.flags)
}

#[test]
fn an_order_stands_as_its_payments_do() {
    use State::{Created, Failed, Open, Paid, Redirected, Refunded};
    assert_eq!(judged(&[]), (Created, N));
    assert_eq!(judged(&[tried(&[])]), (Redirected, N));
    assert_eq!(judged(&[tried(&[Failed]), tried(&[])]), (Redirected, N));
    assert_eq!(judged(&[tried(&[Open]), tried(&[Failed])]), (Open, N));
    assert_eq!(judged(&[tried(&[Paid]), tried(&[Failed])]), (Paid, N));
    assert_eq!(judged(&[tried(&[Refunded]), tried(&[])]), (Refunded, N));
}

#[test]
fn paid_twice_is_overpaid_whichever_came_first_until_one_went_back() {
    use State::{Failed, Open, Paid, Refunded};
    for twice in
        [vec![tried(&[Paid]), tried(&[Paid])], vec![tried(&[Paid, Paid])], vec![tried(&[Open, Paid, Paid])]]
    {
        assert_eq!(judged(&twice), (Paid, Flags::OVERPAID));
    }
    assert_eq!(judged(&[tried(&[Paid, Refunded])]), (Paid, N));
    assert_eq!(judged(&[tried(&[Refunded, Refunded])]), (Refunded, N));
    // One redirect, followed twice: what became of the other payment changes nothing.
    assert_eq!(judged(&[tried(&[Failed, Paid])]), (Paid, N));
    assert_eq!(judged(&[tried(&[Open, Failed])]), (Open, N));
    // Another tab may still be at the bank.
    assert_eq!(judged(&[tried(&[]), tried(&[Failed])]), (Failed, N));
    assert!(view(&[tried(&[]), tried(&[Failed])], false).is_at_the_bank);
    assert!(!view(&[tried(&[Failed]), tried(&[Failed])], false).is_at_the_bank);
}

#[test]
fn an_old_attempt_does_not_pay_for_a_basket_that_was_changed() {
    use State::{Failed, Open, Paid, Refunded};
    let old = for_another_basket(&[Paid]);
    assert_eq!(judged(&[old.clone(), tried(&[])]), (Open, Flags::OTHER_BASKET));
    assert_eq!(judged(&[for_another_basket(&[Open]), tried(&[])]), (Open, Flags::OTHER_BASKET));
    assert_eq!(judged(&[for_another_basket(&[Open]), tried(&[Open])]), (Open, N));
    assert_eq!(judged(&[old, tried(&[Paid])]), (Paid, Flags::OVERPAID));
    // The old one went back: the new one is still to be paid.
    assert_eq!(judged(&[for_another_basket(&[Refunded]), tried(&[Failed])]), (Failed, N));
}

#[test]
fn nobody_is_asked_to_pay_while_money_is_there_or_somebody_has_to_look() {
    use State::{Failed, Open, Paid, Refunded};
    for (payments, may) in [
        (&[][..], true),
        (&[Failed], true),
        (&[Open], false),
        (&[Paid], false),
        (&[Refunded], false),
        (&[Open, Failed], false),
    ] {
        assert_eq!(view(&[tried(payments)], false).may_pay_again(), may, "{payments:?}");
        assert!(!view(&[tried(payments)], true).may_pay_again());
    }
    assert!(!view(&[for_another_basket(&[Paid]), tried(&[])], false).may_pay_again());
}
