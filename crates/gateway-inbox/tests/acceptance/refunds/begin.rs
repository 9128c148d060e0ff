//! What may be begun, and what not.

use super::{begin, begun, ledger, of, paid, refund, shop};
use gateway_inbox::{Begun, Channel, Elsewhere, Key, NewRefund, PaidPayment, RefundError, RefundState};

#[tokio::test]
async fn no_follow_up_before_the_payment_was_acknowledged() {
    let shop = shop().await;
    let payment = Key::of("payment", ["unknown"]);
    assert!(matches!(begin(&shop, &refund(payment, "r1")).await, Err(RefundError::NotAcknowledged)));
    assert_eq!(of(&shop, &payment).await.paid, None, "nothing was written");

    // A browser's result alone is none that the gateway was told of.
    let brought = gateway_inbox::Delivery {
        gateway: "paygate",
        key: Key::of("callback", ["browser"]),
        attempt: Key::of("attempt", ["browser"]),
        payment,
        payload: Vec::new(),
        rank: 4,
        acknowledged: false,
    };
    let _ = shop.store(brought).await.unwrap();
    assert!(matches!(begin(&shop, &refund(payment, "r1")).await, Err(RefundError::NotAcknowledged)));
}

#[tokio::test]
async fn all_that_may_be_given_back_is_at_most_what_was_paid() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &NewRefund { amount: 9_999, ..refund(payment, "r1") }).await;
    let two = NewRefund { amount: 2, seen: 9_999, ..refund(payment, "r2") };
    assert!(matches!(begin(&shop, &two).await, Err(RefundError::TooMuch { left: 1 })));
    begun(&shop, &NewRefund { amount: 1, ..two }).await;
    let refunds = of(&shop, &payment).await;
    assert_eq!((refunds.taken, refunds.done, refunds.left()), (10_000, 0, Some(0)));
}

#[tokio::test]
async fn a_double_click_begins_one_refund_even_of_all_that_is_left() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    let all = NewRefund { amount: 10_000, ..refund(payment, "r1") };
    let id = begun(&shop, &all).await;
    // The second click sealed another request, under another reference: it is thrown away.
    let again = NewRefund { reference: "r1-again", ..all };
    assert_eq!(begin(&shop, &again).await.unwrap(), Begun::Known(id));
    assert_eq!(of(&shop, &payment).await.rows.len(), 1);
}

#[tokio::test]
async fn one_key_is_one_refund_of_one_payment() {
    let shop = shop().await;
    let (one, other) = (paid(&shop, "one").await, paid(&shop, "other").await);
    begun(&shop, &refund(one, "r1")).await;
    let moved = NewRefund { reference: "r2", ..refund(other, "r1") };
    assert!(matches!(begin(&shop, &moved).await, Err(RefundError::OtherRefund)));
    let more = NewRefund { amount: 1_001, seen: 1_000, ..refund(one, "r1") };
    assert!(matches!(begin(&shop, &more).await, Err(RefundError::OtherRefund)));
}

#[tokio::test]
async fn a_reference_is_used_once() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    let second = NewRefund { once: Key::of("form", ["other"]), seen: 1_000, ..refund(payment, "r1") };
    assert!(matches!(begin(&shop, &second).await, Err(RefundError::ReferenceUsed)));
}

#[tokio::test]
async fn who_looked_before_another_refund_must_look_again() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    let stale = refund(payment, "r2");
    assert!(matches!(begin(&shop, &stale).await, Err(RefundError::Changed { taken: 1_000 })));
    begun(&shop, &NewRefund { seen: 1_000, ..stale }).await;
}

#[tokio::test]
async fn a_payment_stays_what_it_was() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    let of = PaidPayment { gateway: "paygate", key: payment, paid: 10_000, currency: "EUR" };
    let others = [
        PaidPayment { paid: 20_000, ..of },
        PaidPayment { currency: "SEK", ..of },
        PaidPayment { gateway: "other", ..of },
    ];
    for other in others {
        let refund = NewRefund { payment: other, seen: 1_000, ..refund(payment, "r2") };
        assert!(matches!(begin(&shop, &refund).await, Err(RefundError::OtherPayment)), "{other:?}");
    }
}

#[tokio::test]
async fn nothing_too_much_and_nothing_to_send_are_no_refunds() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    for amount in [0, 1 << 63, u64::MAX] {
        let refund = NewRefund { amount, ..refund(payment, "r1") };
        assert!(matches!(begin(&shop, &refund).await, Err(RefundError::Amount)));
    }
    for refund in [
        NewRefund { reference: "", ..refund(payment, "r1") },
        NewRefund { request: b"", ..refund(payment, "r1") },
        NewRefund { channel: Channel::Elsewhere, ..refund(payment, "r1") },
    ] {
        assert!(matches!(begin(&shop, &refund).await, Err(RefundError::NotSendable)));
    }
}

#[tokio::test]
async fn it_is_there_with_the_shops_own_lines_or_not_at_all() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    let mut change = shop.begin().await.unwrap();
    assert!(matches!(ledger(&shop).begin(&mut change, &refund(payment, "r1")).await.unwrap(), Begun::New(_)));
    let seen = ledger(&shop).of_in(&mut change, &payment).await.unwrap();
    assert_eq!(seen.taken, 1_000);
    change.rollback().await.unwrap();
    assert_eq!(of(&shop, &payment).await.taken, 0);
}

#[tokio::test]
async fn an_error_leaves_the_shops_transaction_as_it_was() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    let mut change = shop.begin().await.unwrap();
    let ledger = ledger(&shop);
    let too_much = NewRefund { amount: 10_001, ..refund(payment, "r1") };
    assert!(matches!(ledger.begin(&mut change, &too_much).await, Err(RefundError::TooMuch { left: 10_000 })));
    let Begun::New(_) = ledger.begin(&mut change, &refund(payment, "r2")).await.unwrap() else { panic!() };
    change.commit().await.unwrap();
    assert_eq!(of(&shop, &payment).await.rows.len(), 1);
}

#[tokio::test]
async fn money_given_back_elsewhere_counts() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    let elsewhere = Elsewhere {
        payment: refund(payment, "").payment,
        amount: 9_500,
        seen: 0,
        once: Key::of("form", ["by hand"]),
        note: "on Computop's page",
    };
    let mut change = shop.begin().await.unwrap();
    let Begun::New(id) = ledger(&shop).record_elsewhere(&mut change, &elsewhere).await.unwrap() else {
        panic!()
    };
    let again = ledger(&shop).record_elsewhere(&mut change, &elsewhere).await.unwrap();
    assert_eq!(again, Begun::Known(id));
    let more = Elsewhere { seen: 9_500, amount: 501, once: Key::of("form", ["more"]), ..elsewhere };
    assert!(matches!(
        ledger(&shop).record_elsewhere(&mut change, &more).await,
        Err(RefundError::TooMuch { left: 500 })
    ));
    change.commit().await.unwrap();
    let refunds = of(&shop, &payment).await;
    assert_eq!((refunds.done, refunds.taken), (9_500, 9_500));
    assert_eq!((refunds.rows[0].state, refunds.rows[0].channel), (RefundState::Done, Channel::Elsewhere));
    assert_eq!(refunds.rows[0].note.as_deref(), Some("on Computop's page"));
    let late = NewRefund { seen: 9_500, ..refund(payment, "r1") };
    assert!(matches!(begin(&shop, &late).await, Err(RefundError::TooMuch { left: 500 })));
}

#[tokio::test]
async fn neither_debug_nor_errors_show_amounts_or_bytes() {
    let shop = shop().await;
    let payment = paid(&shop, "p").await;
    let refund = NewRefund { amount: 7_777, ..refund(payment, "r1") };
    let id = begun(&shop, &refund).await;
    let changed = begin(&shop, &NewRefund { once: payment, ..refund }).await.unwrap_err();
    let sending = ledger(&shop).claim_to_send(super::LEASE).await.unwrap().unwrap();
    assert_eq!(sending.id(), id);
    let shown = format!("{refund:?} {changed:?} {changed} {sending:?} {:?}", of(&shop, &payment).await);
    for secret in ["7777", "10000", "0a1b", "48, 97"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
