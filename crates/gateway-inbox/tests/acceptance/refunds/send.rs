//! Sending, answers, silence, and what the gateway's amounts say about it.

use super::{LEASE, begun, in_a_change, ledger, of, paid, pass, refund, shop};
use gateway_inbox::{Answer, Channel, NewRefund, RefundState, SettleError};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn it_is_stored_as_sent_before_its_bytes_are_to_be_had() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    let id = begun(&shop, &refund(payment, "r1")).await;
    assert_eq!(of(&shop, &payment).await.rows[0].state, RefundState::Planned);
    let sending = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    let row = &of(&shop, &payment).await.rows[0];
    assert_eq!((row.state, row.tries, row.sent_at), (RefundState::Sent, 1, Some(sending.first_sent_at())));
    assert_eq!((sending.id(), sending.payment(), sending.amount()), (id, payment, 1_000));
    assert_eq!((sending.reference(), sending.request()), ("r1", Some(refund(payment, "r1").request)));
    assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_none(), "nobody else gets it");
    assert!(ledger(&shop).claim_to_ask(LEASE).await.unwrap().is_none(), "nor asks while it is being sent");

    let done = in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, Answer::Done));
    assert_eq!(done.unwrap(), RefundState::Done);
    let again = in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, Answer::Done));
    assert_eq!(again.unwrap(), RefundState::Done, "once more does no harm");
    let refunds = of(&shop, &payment).await;
    assert_eq!((refunds.done, refunds.left()), (1_000, Some(9_000)));
    assert!(refunds.rows[0].settled_at.is_some());
}

#[tokio::test]
async fn what_was_refused_is_free_again() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    let sending = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    let refused = Answer::Refused { why: "20110005" };
    let state = in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, refused));
    assert_eq!(state.unwrap(), RefundState::Refused);
    let refunds = of(&shop, &payment).await;
    assert_eq!((refunds.taken, refunds.left()), (0, Some(10_000)));
    assert_eq!(refunds.rows[0].note.as_deref(), Some("20110005"));
    begun(&shop, &NewRefund { amount: 10_000, ..refund(payment, "r2") }).await;
}

#[tokio::test]
async fn an_answer_is_undone_with_the_transaction_it_is_in() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    let sending = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    let mut change = shop.begin().await.unwrap();
    sending.settle(&ledger(&shop), &mut change, Answer::Done).await.unwrap();
    change.rollback().await.unwrap();
    assert_eq!(of(&shop, &payment).await.rows[0].state, RefundState::Sent);
    let done = in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, Answer::Done));
    assert_eq!(done.unwrap(), RefundState::Done, "the answer is not lost");
}

#[tokio::test]
async fn a_crash_between_sending_and_the_answer_is_asked_for_and_not_sent_twice() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    drop(ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap());
    pass(&shop, LEASE).await;
    assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_none());
    let asking = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
    assert_eq!((asking.payment(), asking.reference(), asking.questions()), (payment, "r1", 1));
    assert_eq!(of(&shop, &payment).await.rows[0].state, RefundState::Unknown);
    let state = in_a_change!(shop, |change| asking.resolve(&ledger(&shop), change, Some(1_000)));
    assert_eq!(state.unwrap(), RefundState::Done);
    pass(&shop, 24 * HOUR).await;
    assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_none());
    assert!(ledger(&shop).claim_to_ask(LEASE).await.unwrap().is_none());
}

#[tokio::test]
async fn one_that_did_not_arrive_is_sent_again_with_the_same_bytes_when_it_cannot_be_open() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    let first = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    let unknown = Answer::Unknown { why: "no answer" };
    in_a_change!(shop, |change| first.settle(&ledger(&shop), change, unknown)).unwrap();
    for (wait, state) in
        [(MINUTE, RefundState::Unknown), (15 * MINUTE, RefundState::Unknown), (HOUR, RefundState::Planned)]
    {
        assert!(ledger(&shop).claim_to_ask(LEASE).await.unwrap().is_none(), "not before its time");
        pass(&shop, wait).await;
        let asking = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
        let stands = in_a_change!(shop, |change| asking.resolve(&ledger(&shop), change, Some(0)));
        assert_eq!(stands.unwrap(), state, "{wait:?} later");
    }
    let second = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    assert_eq!((second.tries(), second.reference(), second.request()), (2, "r1", first.request()));

    // What comes of the first one now says nothing about the second.
    let late = in_a_change!(shop, |change| first.settle(&ledger(&shop), change, Answer::Done));
    assert!(matches!(late, Err(SettleError::Lost)));
    // A refusal of the second may mean that the first was done after all.
    let refused = Answer::Refused { why: "22000000" };
    let state = in_a_change!(shop, |change| second.settle(&ledger(&shop), change, refused));
    assert_eq!(state.unwrap(), RefundState::Unknown);
    pass(&shop, 2 * HOUR).await;
    let asking = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
    let state = in_a_change!(shop, |change| asking.resolve(&ledger(&shop), change, Some(0)));
    assert_eq!(state.unwrap(), RefundState::Refused);
}

#[tokio::test]
async fn leave_to_send_again_does_not_last() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    drop(ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap());
    pass(&shop, 2 * HOUR).await;
    let asking = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
    let state = in_a_change!(shop, |change| asking.resolve(&ledger(&shop), change, Some(0)));
    assert_eq!(state.unwrap(), RefundState::Planned);
    pass(&shop, 16 * MINUTE).await;
    assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_none(), "the inquiry is too old");
    assert!(ledger(&shop).claim_to_ask(LEASE).await.unwrap().is_some());
}

#[tokio::test]
async fn a_reference_older_than_twelve_months_is_not_sent_again() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    drop(ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap());
    pass(&shop, 360 * 24 * HOUR).await;
    let asking = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
    let state = in_a_change!(shop, |change| asking.resolve(&ledger(&shop), change, Some(0)));
    assert_eq!(state.unwrap(), RefundState::NeedsAPerson);
    assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_none());
}

#[tokio::test]
async fn one_that_the_gateway_calls_open_is_never_sent_again() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    let sending = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, Answer::Open)).unwrap();
    let mut states = Vec::new();
    for _ in 0..14 {
        pass(&shop, 24 * HOUR).await;
        assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_none());
        let asking = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
        states.push(in_a_change!(shop, |change| asking.resolve(&ledger(&shop), change, Some(0))).unwrap());
    }
    assert_eq!(states.pop(), Some(RefundState::NeedsAPerson), "in the end");
    assert!(states.iter().all(|state| *state == RefundState::Unknown));
    assert_eq!(ledger(&shop).needing_a_person().await.unwrap().len(), 1);
    // And the gateway's word counts even then.
    let done = in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, Answer::Done));
    assert_eq!(done.unwrap(), RefundState::Done);
}

#[tokio::test]
async fn one_whose_bytes_never_left_is_sent_soon() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    let sending = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    let not_sent = Answer::NotSent { why: "no connection" };
    let state = in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, not_sent));
    assert_eq!(state.unwrap(), RefundState::Planned);
    let row = of(&shop, &payment).await.rows.remove(0);
    assert_eq!((row.tries, row.sent_at, row.note.as_deref()), (0, None, Some("no connection")));
    assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_none());
    pass(&shop, MINUTE).await;
    assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_some());
}

#[tokio::test]
async fn the_bytes_are_gone_when_the_lease_is_over() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    let sending = ledger(&shop).claim_to_send(Duration::ZERO).await.unwrap().unwrap();
    assert_eq!(sending.request(), None);
}

#[tokio::test]
async fn of_a_payment_one_is_out_at_a_time() {
    let shop = shop().await;
    let (one, other) = (paid(&shop, "one").await, paid(&shop, "other").await);
    begun(&shop, &refund(one, "r1")).await;
    begun(&shop, &NewRefund { seen: 1_000, ..refund(one, "r2") }).await;
    begun(&shop, &refund(other, "r3")).await;
    let first = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    let third = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    assert_eq!((first.reference(), third.reference()), ("r1", "r3"));
    assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_none());
    // Neither while it is unknown, nor while it waits to be sent again, nor for a person.
    for (credited, state) in [(0, RefundState::Planned), (7, RefundState::NeedsAPerson)] {
        pass(&shop, 2 * HOUR).await;
        let mut asked = Vec::new();
        while let Some(asking) = ledger(&shop).claim_to_ask(LEASE).await.unwrap() {
            let stands = in_a_change!(shop, |change| asking.resolve(&ledger(&shop), change, Some(credited)));
            asked.push((asking.payment(), stands.unwrap()));
        }
        assert!(asked.contains(&(one, state)), "{asked:?}");
        let next = ledger(&shop).claim_to_send(LEASE).await.unwrap();
        assert!(next.is_none_or(|sending| sending.reference() != "r2"));
    }
}

#[tokio::test]
async fn a_late_answer_is_worth_more_than_the_amounts() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    let sending = ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap();
    pass(&shop, 2 * HOUR).await;
    let asking = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
    let done = in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, Answer::Done));
    assert_eq!(done.unwrap(), RefundState::Done);
    let asked = in_a_change!(shop, |change| asking.resolve(&ledger(&shop), change, Some(0)));
    assert!(matches!(asked, Err(SettleError::Lost)));
    assert_eq!(of(&shop, &payment).await.done, 1_000);
}

#[tokio::test]
async fn a_question_that_is_overtaken_decides_nothing() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    drop(ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap());
    pass(&shop, 2 * HOUR).await;
    let slow = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
    pass(&shop, LEASE).await;
    let quick = ledger(&shop).claim_to_ask(LEASE).await.unwrap().unwrap();
    let lost = in_a_change!(shop, |change| slow.resolve(&ledger(&shop), change, Some(0)));
    assert!(matches!(lost, Err(SettleError::Lost)));
    let state = in_a_change!(shop, |change| quick.resolve(&ledger(&shop), change, Some(1_000)));
    assert_eq!(state.unwrap(), RefundState::Done);
}

#[tokio::test]
async fn one_for_a_file_is_not_sent_online() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &NewRefund { channel: Channel::Batch, ..refund(payment, "b1") }).await;
    assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_none());
    // It counts all the same.
    assert_eq!(of(&shop, &payment).await.taken, 1_000);
    begun(&shop, &NewRefund { seen: 1_000, ..refund(payment, "r1") }).await;
    assert!(ledger(&shop).claim_to_send(LEASE).await.unwrap().is_some());
}
