//! What a person decides.

use super::{LEASE, begun, in_a_change, ledger, of, paid, pass, refund, shop};
use crate::database::Fresh;
use gateway_inbox::{
    Answer, DecideError, Decision, Elsewhere, Key, NewRefund, RefundId, RefundState, SettleError,
};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

/// A refund that was sent, and of which nothing was heard.
async fn doubtful(shop: &Fresh, payment: Key, credited: u64) -> RefundId {
    let id = begun(shop, &refund(payment, "r1")).await;
    drop(ledger(shop).claim_to_send(LEASE).await.unwrap().unwrap());
    pass(shop, 2 * HOUR).await;
    let asking = ledger(shop).claim_to_ask(LEASE).await.unwrap().unwrap();
    let state = in_a_change!(shop, |change| asking.resolve(&ledger(shop), change, Some(credited)));
    assert_eq!(state.unwrap(), RefundState::NeedsAPerson);
    id
}

async fn decide(shop: &Fresh, id: RefundId, decision: Decision) -> Result<RefundState, DecideError> {
    in_a_change!(shop, |change| ledger(shop).decide(change, id, decision, "by the bank's statement"))
}

#[tokio::test]
async fn a_person_decides_what_the_amounts_do_not_tell() {
    for (decision, state, taken) in [
        (Decision::WasGivenBack, RefundState::Done, 1_000),
        (Decision::WasNotGivenBack, RefundState::Refused, 0),
    ] {
        let shop = shop().await;
        let payment = paid(&shop, "p").await;
        let id = doubtful(&shop, payment, 500).await;
        assert_eq!(of(&shop, &payment).await.taken, 1_000, "until then it may be given back");
        let waits: Vec<_> =
            ledger(&shop).needing_a_person().await.unwrap().iter().map(|row| row.id).collect();
        assert_eq!(waits, [id]);
        assert_eq!(decide(&shop, id, decision).await.unwrap(), state);
        let refunds = of(&shop, &payment).await;
        assert_eq!(
            (refunds.taken, refunds.rows[0].note.as_deref()),
            (taken, Some("by the bank's statement"))
        );
        assert!(matches!(decide(&shop, id, decision).await, Err(DecideError::NotOpen { .. })));
    }
}

#[tokio::test]
async fn what_was_given_back_elsewhere_is_recorded_and_the_gateway_asked_again() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    let id = doubtful(&shop, payment, 1_300).await;
    let elsewhere = Elsewhere {
        payment: refund(payment, "").payment,
        amount: 300,
        seen: 1_000,
        once: Key::of("form", ["by hand"]),
        note: "on Computop's page",
    };
    let _ = in_a_change!(shop, |change| ledger(&shop).record_elsewhere(change, &elsewhere)).unwrap();
    assert_eq!(decide(&shop, id, Decision::AskAgain).await.unwrap(), RefundState::Unknown);
    let asking = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
    let state = in_a_change!(shop, |change| asking.resolve(&ledger(&shop), change, Some(1_300)));
    assert_eq!(state.unwrap(), RefundState::Done);
    assert_eq!(of(&shop, &payment).await.done, 1_300);
}

#[tokio::test]
async fn a_question_that_is_older_than_a_record_decides_nothing() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    drop(ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap());
    pass(&shop, 2 * HOUR).await;
    let asking = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
    let elsewhere = Elsewhere {
        payment: refund(payment, "").payment,
        amount: 1_000,
        seen: 1_000,
        once: Key::of("form", ["by hand"]),
        note: "",
    };
    let _ = in_a_change!(shop, |change| ledger(&shop).record_elsewhere(change, &elsewhere)).unwrap();
    let state = in_a_change!(shop, |change| asking.resolve(&ledger(&shop), change, Some(1_000)));
    assert_eq!(state.unwrap(), RefundState::Unknown);
}

#[tokio::test]
async fn nobody_decides_while_it_is_being_sent_and_a_decision_overtakes_a_question() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    let id = begun(&shop, &refund(payment, "r1")).await;
    drop(ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap());
    let sent = decide(&shop, id, Decision::WasNotGivenBack).await;
    assert!(matches!(sent, Err(DecideError::NotOpen { state: RefundState::Sent })));
    pass(&shop, 2 * HOUR).await;
    let asking = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
    decide(&shop, id, Decision::WasGivenBack).await.unwrap();
    let lost = in_a_change!(shop, |change| asking.resolve(&ledger(&shop), change, Some(0)));
    assert!(matches!(lost, Err(SettleError::Lost)));
    let none = decide(&shop, RefundId::new(4711), Decision::WasGivenBack).await;
    assert!(matches!(none, Err(DecideError::NoSuchRefund)));
}

#[tokio::test]
async fn one_that_was_not_sent_yet_can_be_stopped() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    let id = begun(&shop, &refund(payment, "r1")).await;
    assert!(matches!(decide(&shop, id, Decision::WasGivenBack).await, Err(DecideError::NotOpen { .. })));
    assert_eq!(decide(&shop, id, Decision::WasNotGivenBack).await.unwrap(), RefundState::Refused);
    assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_none());
    assert_eq!(of(&shop, &payment).await.left(), Some(10_000));
}

#[tokio::test]
async fn money_that_went_back_after_a_person_denied_it_needs_a_person_again() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    let id = begun(&shop, &refund(payment, "r1")).await;
    let sending = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    pass(&shop, LEASE).await;
    drop(ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap());
    decide(&shop, id, Decision::WasNotGivenBack).await.unwrap();
    begun(&shop, &NewRefund { amount: 10_000, ..refund(payment, "r2") }).await;
    let second = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    let state = in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, Answer::Done));
    assert_eq!(state.unwrap(), RefundState::NeedsAPerson);
    let refunds = of(&shop, &payment).await;
    assert_eq!((refunds.taken, refunds.left()), (11_000, Some(0)), "what is, is shown");
    assert!(matches!(decide(&shop, id, Decision::AskAgain).await, Err(DecideError::AnotherIsOut)));
    let refused = Answer::Refused { why: "" };
    in_a_change!(shop, |change| second.settle(&ledger(&shop), change, refused)).unwrap();
    assert_eq!(decide(&shop, id, Decision::AskAgain).await.unwrap(), RefundState::Unknown);
}
