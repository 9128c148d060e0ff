//! The rules for money: what pays for what, and how often.

use crate::browser::{Browser, expected, given_back, merchant, newest, open, settled, tell};
use gateway_simulator::paygate::{Settlement, State as Truth};
use paygate::testing::Callback;
use shop::state::State;

async fn stands(shop: &shop::Shop) -> (State, String) {
    let view = newest(shop).await.view();
    (view.state, view.names())
}

#[tokio::test]
async fn the_same_callback_again_is_one_row_with_a_count() {
    let (shop, _database) = open();
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
    let (shop, _database) = open();
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
    let (shop, _database) = open();
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
    assert_eq!(stands(&shop).await.1, "paid_after_failed open_after_paid");
    tell(&shop, Callback::failed(&expected, "21550051")).await;
    assert_eq!(stands(&shop).await.1, "paid_after_failed open_after_paid failed_after_paid needs_a_person");
    assert_eq!(stands(&shop).await.0, State::Paid);
}

#[tokio::test]
async fn two_tabs_that_both_pay_are_overpaid_and_shown_to_a_person() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.add("teapot").await;
    let (one, two) = (browser.checkout_form().await, browser.checkout_form().await);
    let one = browser.pay(&one).await;
    // The second tab was open before, but is sent after.
    let unsure = browser.pay(&two).await;
    assert_eq!(unsure.status, 422);
    assert!(unsure.body.contains("You began to pay before"));
    let two = browser.pay_surely(&two).await;
    let (one, two) = (browser.enter_bank(&one).await, browser.enter_bank(&two).await);
    assert_ne!(one, two);
    browser.decide(&one, "approve").await;
    browser.decide(&two, "approve").await;
    settled(&shop).await;
    assert_eq!(newest(&shop).await.attempts().count(), 2);
    assert_eq!(stands(&shop).await, (State::Paid, "overpaid needs_a_person".into()));
    assert_eq!(shop.store().people().await.unwrap()[0].reason, "paid more than once");
}

/// One redirect, followed in two tabs: Paygate makes two payments of it.
async fn follow_twice(shop: &shop::Shop) -> (Browser, String, String) {
    let mut browser = Browser::at(shop);
    let leaving = browser.buy("teapot").await;
    let (one, two) = (browser.enter_bank(&leaving).await, browser.enter_bank(&leaving).await);
    assert_ne!(one, two);
    (browser, one, two)
}

#[tokio::test]
async fn a_redirect_that_was_followed_and_paid_twice_is_overpaid_and_each_payment_goes_back_by_itself() {
    let (shop, _database) = open();
    let (mut browser, one, two) = follow_twice(&shop).await;
    browser.decide(&one, "approve").await;
    browser.decide(&two, "approve").await;
    settled(&shop).await;
    assert_eq!(stands(&shop).await, (State::Paid, "overpaid needs_a_person".into()));
    let order = newest(&shop).await;
    assert_eq!((order.attempts().count(), order.newest.payments.len()), (1, 2));
    assert_eq!(shop.store().callbacks(order.id).await.unwrap().len(), 2);
    assert_eq!(shop.store().people().await.unwrap().len(), 1);
    given_back(&shop, order.newest.payments[1].id).await;
    assert_eq!(stands(&shop).await, (State::Paid, "needs_a_person".into()));
    shop.store().done(1, "Gave the second one back.").await.unwrap();
    assert_eq!(stands(&shop).await, (State::Paid, String::new()));
    given_back(&shop, order.newest.payments[0].id).await;
    assert_eq!(stands(&shop).await, (State::Refunded, String::new()));
}

#[tokio::test]
async fn each_payment_that_is_too_much_is_asked_about_whatever_was_asked_before() {
    let (shop, _database) = open();
    Browser::at(&shop).buy("sencha").await;
    let expected = expected(&shop).await;
    let pay_id = |digit: u8| format!("{digit}").repeat(32);
    let open_matters = async || {
        let rows = shop.store().people().await.unwrap();
        rows.into_iter().filter(|row| row.note.is_none()).map(|row| (row.id, row.reason)).collect::<Vec<_>>()
    };
    tell(&shop, Callback::paid(&expected).with("PayID", pay_id(1))).await;
    assert!(open_matters().await.is_empty());
    for digit in [2, 3] {
        tell(&shop, Callback::paid(&expected).with("PayID", pay_id(digit))).await;
        let matters = open_matters().await;
        assert_eq!((matters.len(), matters[0].1.as_str()), (1, "paid more than once"));
        shop.store().done(matters[0].0, "Given back.").await.unwrap();
    }
    let order = newest(&shop).await;
    for payment in &order.newest.payments {
        given_back(&shop, payment.id).await;
    }
    assert_eq!(stands(&shop).await, (State::Refunded, String::new()));
    // Cancelled, and paid all the same in another tab: nothing is shipped before somebody has looked.
    tell(&shop, Callback::paid(&expected).with("PayID", pay_id(4))).await;
    assert_eq!(open_matters().await[0].1, "paid after another payment was given back");
    assert_eq!(stands(&shop).await, (State::Paid, "needs_a_person".into()));
}

#[tokio::test]
async fn after_a_failure_one_has_to_be_sure_while_another_tab_may_be_at_the_bank() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    let leaving = browser.buy("sencha").await;
    let first = browser.enter_bank(&leaving).await;
    let form = browser.checkout_form().await;
    let leaving = browser.pay_surely(&form).await;
    let second = browser.enter_bank(&leaving).await;
    browser.decide(&second, "decline").await;
    settled(&shop).await;
    let order = format!("/order/{}", newest(&shop).await.token);
    let page = browser.get(&order).await;
    assert_eq!(page.state(), "failed");
    assert!(page.body.contains("You began another one") && !page.body.contains("pay-again"));
    let page = browser.get(&format!("{order}?again")).await;
    let (csrf, once) = (page.input("csrf"), page.input("once"));
    let unsure = [("csrf", csrf.as_str()), ("once", once.as_str())];
    assert_eq!(browser.post(&format!("{order}/pay"), &unsure).await.location(), order);
    browser.decide(&first, "approve").await;
    settled(&shop).await;
    assert_eq!(stands(&shop).await, (State::Paid, String::new()));
}

#[tokio::test]
async fn what_becomes_of_one_payment_does_not_take_the_other_one_away() {
    let (shop, _database) = open();
    let simulator = shop.simulator().unwrap();
    let (mut browser, one, two) = follow_twice(&shop).await;
    assert!(browser.decide(&one, "processing").await.is_some());
    let back = browser.decide(&two, "approve").await.unwrap();
    browser.get(&back).await;
    settled(&shop).await;
    assert_eq!(stands(&shop).await, (State::Paid, String::new()));
    let slow = simulator.transactions().into_iter().find(|payment| payment.state == Truth::Open);
    simulator.settle(&slow.unwrap().pay_id, Settlement::Failed).unwrap();
    settled(&shop).await;
    assert_eq!(stands(&shop).await, (State::Paid, String::new()));
    // And where neither is paid, the customer may try again.
    let (mut browser, one, two) = follow_twice(&shop).await;
    browser.decide(&one, "decline").await;
    browser.decide(&two, "cancel").await;
    settled(&shop).await;
    assert_eq!(stands(&shop).await, (State::Failed, String::new()));
    assert!(newest(&shop).await.view().may_pay_again());
}

#[tokio::test]
async fn an_old_attempt_paid_after_the_basket_grew_does_not_pay_the_order() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    let leaving = browser.buy("rooibos").await;
    let cheap = browser.enter_bank(&leaving).await;
    browser.add("teapot").await;
    let form = browser.checkout_form().await;
    let leaving = browser.pay_surely(&form).await;
    let dear = browser.enter_bank(&leaving).await;
    browser.decide(&cheap, "approve").await;
    settled(&shop).await;
    let order = newest(&shop).await;
    assert_eq!(order.want().costs.amount().units(), 780 + 3490);
    assert_eq!((order.earlier.len(), order.earlier[0].want.costs.amount().units()), (1, 780));
    assert_eq!(stands(&shop).await, (State::Open, "other_basket needs_a_person".into()));
    let page = browser.get(&format!("/order/{}", order.token)).await;
    assert!(page.state() != "paid" && !page.body.contains("pay-again"));
    assert_eq!(shop.store().people().await.unwrap().len(), 1);
    // What was paid has left the cart, and what was not has stayed.
    let cart = browser.get("/cart").await.body;
    assert!(cart.contains("Teapot") && !cart.contains("Rooibos"));
    // Nor is it asked for in an order of its own, while the tab with it is at the bank.
    let form = browser.checkout_form().await;
    assert_eq!(browser.pay(&form).await.status, 422);
    browser.decide(&dear, "approve").await;
    settled(&shop).await;
    assert_eq!(stands(&shop).await, (State::Paid, "overpaid needs_a_person".into()));
    assert!(browser.get("/cart").await.body.contains("Your cart is empty"));
    // The new one goes back instead of the old one: what is left is for another basket.
    let order = newest(&shop).await;
    for matter in shop.store().people().await.unwrap() {
        shop.store().done(matter.id, "Will give the new one back.").await.unwrap();
    }
    given_back(&shop, order.newest.payments[0].id).await;
    assert_eq!(stands(&shop).await, (State::Open, "other_basket needs_a_person".into()));
}

#[tokio::test]
async fn an_old_attempt_does_not_pay_for_another_basket_at_the_same_price() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    for product in ["sencha", "rooibos", "rooibos"] {
        browser.add(product).await;
    }
    let form = browser.checkout_form().await;
    let leaving = browser.pay(&form).await;
    let old = browser.enter_bank(&leaving).await;
    for product in ["sencha", "rooibos"] {
        browser.change(product, "0").await;
    }
    for _ in 0..3 {
        browser.add("earl-grey").await;
    }
    let form = browser.checkout_form().await;
    browser.pay_surely(&form).await;
    let order = newest(&shop).await;
    assert_eq!(order.earlier[0].want.costs, order.want().costs);
    browser.decide(&old, "approve").await;
    settled(&shop).await;
    assert_eq!(stands(&shop).await, (State::Open, "other_basket needs_a_person".into()));
}

#[tokio::test]
async fn what_was_put_into_the_cart_since_stays_there() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    let leaving = browser.buy("earl-grey").await;
    let at_bank = browser.enter_bank(&leaving).await;
    browser.change("earl-grey", "3").await;
    browser.decide(&at_bank, "approve").await;
    settled(&shop).await;
    assert_eq!(stands(&shop).await.0, State::Paid);
    assert!(browser.get("/cart").await.body.contains("name=\"quantity\" min=\"0\" max=\"99\" value=\"2\""));
}

#[tokio::test]
async fn while_an_order_waits_for_a_person_nobody_is_asked_to_pay_and_afterwards_one_may() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.buy("sencha").await;
    let expected = expected(&shop).await;
    tell(&shop, Callback::new(&expected, "OK", "60000985")).await;
    let order = format!("/order/{}", newest(&shop).await.token);
    let page = browser.get(&order).await;
    assert!(!page.body.contains("I did not pay") && page.body.contains("Somebody here looks at it"));
    // Nor by way of the cart, which is still full.
    let form = browser.checkout_form().await;
    assert_eq!(browser.pay_surely(&form).await.location(), order);
    assert_eq!(shop.store().orders(None, None).await.unwrap().len(), 1);
    shop.store().done(1, "Asked Paygate: nothing was paid.").await.unwrap();
    let page = browser.get(&order).await;
    assert!(page.body.contains("I did not pay") && !page.body.contains("Somebody here looks at it"));
    let form = browser.checkout_form().await;
    assert_eq!(browser.pay_surely(&form).await.status, 200);
}

#[tokio::test]
async fn what_is_authentic_and_inapplicable_is_acknowledged_and_waits_for_a_person() {
    let (shop, _database) = open();
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
    let (shop, _database) = open();
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
    let late = "failed_after_paid needs_a_person";
    assert_eq!(stands(&shop).await, (State::Paid, late.into()));
}
