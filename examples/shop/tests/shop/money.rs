//! The rules for money: what pays for what, and how often.

use crate::browser::{Browser, expected, merchant, newest, open, tell};
use paygate::testing::Callback;
use shop::state::State;

async fn stands(shop: &shop::Shop) -> (State, String) {
    let view = newest(shop).await.view();
    (view.state, view.flags.names())
}

#[tokio::test]
async fn the_same_callback_again_is_one_row_with_a_count() {
    let (shop, _folder) = open();
    Browser::at(&shop).buy("sencha").await;
    let expected = expected(&shop).await;
    for _ in 0..3 {
        assert_eq!(tell(&shop, Callback::paid(&expected)).await, 200);
    }
    let order = newest(&shop).await;
    let callbacks = shop.store().callbacks(order.id).await.unwrap();
    assert_eq!((callbacks.len(), callbacks[0].count), (1, 3));
    assert_eq!(stands(&shop).await, (State::Paid, String::new()));
}

#[tokio::test]
async fn the_same_callback_at_the_same_time_is_applied_once() {
    let (shop, _folder) = open();
    Browser::at(&shop).buy("sencha").await;
    let expected = expected(&shop).await;
    let tell = || tell(&shop, Callback::paid(&expected));
    let told = tokio::join!(tell(), tell(), tell(), tell(), tell(), tell(), tell(), tell());
    assert_eq!(told, (200, 200, 200, 200, 200, 200, 200, 200));
    let callbacks = shop.store().callbacks(newest(&shop).await.id).await.unwrap();
    assert_eq!((callbacks.len(), callbacks[0].count), (1, 8));
}

#[tokio::test]
async fn results_after_the_payment_change_nothing_and_are_flagged() {
    let (shop, _folder) = open();
    Browser::at(&shop).buy("sencha").await;
    let expected = expected(&shop).await;
    tell(&shop, Callback::failed(&expected, "21550053")).await;
    assert_eq!(stands(&shop).await.0, State::Failed);
    tell(&shop, Callback::paid(&expected)).await;
    assert_eq!(stands(&shop).await, (State::Paid, "paid_after_failed".into()));
    // A repetition of what was known before says nothing new.
    tell(&shop, Callback::failed(&expected, "21550053")).await;
    assert_eq!(stands(&shop).await, (State::Paid, "paid_after_failed".into()));
    tell(&shop, Callback::open(&expected)).await;
    assert_eq!(stands(&shop).await.1, "paid_after_failed late_result_after_paid");
    tell(&shop, Callback::failed(&expected, "21550051")).await;
    assert_eq!(stands(&shop).await.1, "paid_after_failed late_result_after_paid needs_a_person");
    assert_eq!(stands(&shop).await.0, State::Paid);
}

#[tokio::test]
async fn two_tabs_that_both_pay_are_overpaid_and_shown_to_a_person() {
    let (shop, _folder) = open();
    let mut browser = Browser::at(&shop);
    browser.add("teapot").await;
    let (one, two) = (browser.checkout_form().await, browser.checkout_form().await);
    let (one, two) = (browser.pay(&one).await, browser.pay(&two).await);
    let (one, two) = (browser.enter_bank(&one).await, browser.enter_bank(&two).await);
    assert_ne!(one, two);
    browser.decide(&one, "approve").await;
    browser.decide(&two, "approve").await;
    shop.simulator().unwrap().idle().await;
    assert_eq!(newest(&shop).await.attempts.len(), 2);
    assert_eq!(stands(&shop).await, (State::Paid, "overpaid needs_a_person".into()));
    assert_eq!(shop.store().people().await.unwrap()[0].reason, "paid more than once");
}

#[tokio::test]
async fn a_second_payment_for_one_attempt_is_kept_and_flagged() {
    let (shop, _folder) = open();
    let mut browser = Browser::at(&shop);
    // One redirect, submitted in two tabs: Paygate makes two payments of it.
    let leaving = browser.buy("teapot").await;
    browser.enter_bank(&leaving).await;
    let expected = expected(&shop).await;
    tell(&shop, Callback::paid(&expected)).await;
    let other = Callback::paid(&expected).with("PayID", "0123456789abcdef0123456789abcdef");
    assert_eq!(tell(&shop, other).await, 200);
    assert_eq!(stands(&shop).await, (State::Paid, "overpaid needs_a_person".into()));
    assert_eq!(shop.store().callbacks(newest(&shop).await.id).await.unwrap().len(), 2);
    assert_eq!(shop.store().people().await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_old_attempt_paid_after_the_basket_grew_does_not_pay_the_order() {
    let (shop, _folder) = open();
    let mut browser = Browser::at(&shop);
    let leaving = browser.buy("rooibos").await;
    let cheap = browser.enter_bank(&leaving).await;
    let dear = browser.buy("teapot").await;
    let dear = browser.enter_bank(&dear).await;
    browser.decide(&cheap, "approve").await;
    shop.simulator().unwrap().idle().await;
    let order = newest(&shop).await;
    assert_eq!((order.attempts.len(), order.costs.amount().units()), (2, 780 + 3490));
    assert_eq!(order.attempts[0].money.amount().units(), 780);
    assert_eq!(stands(&shop).await, (State::Open, "other_amount needs_a_person".into()));
    let page = browser.get(&format!("/order/{}", order.token)).await;
    assert!(page.state() != "paid" && !page.body.contains("pay-again"));
    assert_eq!(shop.store().people().await.unwrap().len(), 1);
    browser.decide(&dear, "approve").await;
    shop.simulator().unwrap().idle().await;
    assert_eq!(stands(&shop).await, (State::Paid, "overpaid needs_a_person".into()));
}

#[tokio::test]
async fn what_is_authentic_and_inapplicable_is_acknowledged_and_waits_for_a_person() {
    let (shop, _folder) = open();
    Browser::at(&shop).buy("sencha").await;
    let expected = expected(&shop).await;
    let unknown = paygate::testing::expected(&merchant(&shop), "nobody-knows", 1290);
    for callback in [
        Callback::new(&expected, "OK", "60000985"),
        Callback::new(&expected, "AUTHORIZED", "00000000"),
        Callback::paid(&unknown),
    ] {
        assert_eq!(tell(&shop, callback).await, 200);
    }
    assert_eq!(stands(&shop).await, (State::Redirected, "needs_a_person".into()));
    let mut reasons: Vec<_> =
        shop.store().people().await.unwrap().into_iter().map(|row| row.reason).collect();
    reasons.sort();
    assert_eq!(reasons.len(), 3);
    assert_eq!(reasons[0], "authorized, which Trustly never is");
    assert_eq!(reasons[1], "names an attempt that nobody knows");
    assert!(reasons[2].starts_with("the result contradicts itself"));
    // The payment that a person waits for may still come.
    tell(&shop, Callback::paid(&expected)).await;
    assert_eq!(stands(&shop).await, (State::Paid, "needs_a_person".into()));
    assert_eq!(shop.store().people().await.unwrap().len(), 3);
}

#[tokio::test]
async fn what_a_browser_brings_counts_where_it_is_genuine_and_nowhere_else() {
    let (shop, _folder) = open();
    let mut browser = Browser::at(&shop);
    browser.buy("sencha").await;
    let expected = expected(&shop).await;
    let order = newest(&shop).await;
    let merchant = merchant(&shop);
    // A failure that was copied to URLSuccess, and noise.
    let failed = Callback::failed(&expected, "21550053").form(&merchant).unwrap();
    for query in [failed.as_str(), "Len=8&Data=0011223344556677", ""] {
        let answer = browser.get(&format!("/success?{query}")).await;
        assert_eq!((answer.status, answer.location()), (303, "/checking"));
    }
    assert_eq!(stands(&shop).await, (State::Redirected, String::new()));
    // An open result may come by the browser alone.
    for (callback, state) in
        [(Callback::open(&expected), State::Open), (Callback::paid(&expected), State::Paid)]
    {
        let genuine = callback.form(&merchant).unwrap();
        let answer = browser.get(&format!("/success?{genuine}")).await;
        assert_eq!(answer.location(), format!("/order/{}", order.token));
        assert_eq!(stands(&shop).await, (state, String::new()));
    }
    assert_eq!(tell(&shop, Callback::paid(&expected)).await, 200);
    let told: Vec<_> = shop.store().callbacks(order.id).await.unwrap();
    let told: Vec<_> = told.iter().map(|row| (row.status.as_str(), row.is_told, row.count)).collect();
    assert_eq!(told, [("FAILED", false, 1), ("AUTHORIZE_REQUEST", false, 1), ("OK", true, 2)]);
    assert!(browser.get("/checking").await.body.contains(&format!("/order/{}", order.token)));
    // What the browser carried to the wrong address still counts when Paygate's server tells it.
    assert_eq!(tell(&shop, Callback::failed(&expected, "21550053")).await, 200);
    let late = "late_result_after_paid needs_a_person";
    assert_eq!(stands(&shop).await, (State::Paid, late.into()));
}
