//! The shopkeeper's pages.

use crate::browser::{Browser, PASSWORD, expected, merchant, newest, open, tell};
use paygate::testing::{self, Callback};

pub(crate) async fn log_in(browser: &mut Browser) {
    let csrf = browser.get("/keeper").await.input("csrf");
    let answer = browser.post("/keeper", &[("password", PASSWORD), ("csrf", &csrf)]).await;
    assert_eq!(answer.location(), "/keeper/orders");
    assert!(answer.header("set-cookie").contains("HttpOnly; SameSite=Strict; Path=/keeper"));
}

#[tokio::test]
async fn without_the_password_nothing_is_shown() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.buy("earl-grey").await;
    for path in ["/keeper/orders", "/keeper/orders/1", "/keeper/people", "/keeper/audit"] {
        let answer = browser.get(path).await;
        assert_eq!((answer.status, answer.location(), answer.body.as_str()), (303, "/keeper", ""), "{path}");
    }
    assert_eq!(browser.post("/keeper/people/1", &[("note", "x"), ("csrf", "x")]).await.location(), "/keeper");
}

#[tokio::test]
async fn after_five_wrong_passwords_the_right_one_has_to_wait_but_where_it_was_given_before() {
    let (shop, _database) = open();
    let (mut keeper, mut stranger) = (Browser::at(&shop), Browser::at(&shop));
    log_in(&mut keeper).await;
    let csrf = stranger.get("/keeper").await.input("csrf");
    for _ in 0..5 {
        assert_eq!(stranger.post("/keeper", &[("password", "x"), ("csrf", &csrf)]).await.status, 403);
    }
    assert_eq!(stranger.post("/keeper", &[("password", PASSWORD), ("csrf", &csrf)]).await.status, 429);
    let csrf = keeper.get("/keeper/audit").await.input("csrf");
    keeper.post("/keeper/leave", &[("csrf", &csrf)]).await;
    log_in(&mut keeper).await;
    let audited = shop.store().audited().await.unwrap();
    assert_eq!((audited.refused, audited.actions.len()), (5, 3));
}

#[tokio::test]
async fn the_keeper_sees_orders_attempts_callbacks_and_what_needs_a_person() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.buy("earl-grey").await;
    tell(&shop, Callback::paid(&expected(&shop).await)).await;
    tell(&shop, Callback::paid(&testing::expected(&merchant(&shop), "nobody-knows", 100))).await;
    log_in(&mut browser).await;
    let list = browser.get("/keeper/orders").await;
    assert!(browser.get("/keeper/orders?before=1").await.body.contains("No orders yet"));
    assert_eq!(browser.get("/keeper/orders?before=x").await.status, 404);
    assert!(list.body.contains("data-order=\"1\" data-order-state=\"paid\""));
    let made = newest(&shop).await.created_at;
    assert!(!made.is_empty() && list.body.contains(&format!(">{made}<")), "{made}: {}", list.body);
    let detail = browser.get("/keeper/orders/1").await;
    assert_eq!(detail.state(), "paid");
    assert!(
        detail.body.contains("data-payment-state=\"paid\"") && detail.body.contains("data-callback=\"OK\"")
    );
    let people = browser.get("/keeper/people").await;
    assert!(people.body.contains("nobody-knows") && people.body.contains("data-done=\"false\""));
    // The first form of the page is the one for leaving, with the same text.
    let csrf = people.input("csrf");
    // Nothing is done without a word, and nothing that is not there.
    assert_eq!(browser.post("/keeper/people/1", &[("note", "  "), ("csrf", &csrf)]).await.status, 400);
    browser.post("/keeper/people/99", &[("note", "x"), ("csrf", &csrf)]).await;
    assert!(!browser.get("/keeper/audit").await.body.contains("dealt with"));
    let done = browser.post("/keeper/people/1", &[("note", "Given back by hand."), ("csrf", &csrf)]).await;
    assert_eq!(done.location(), "/keeper/people");
    assert!(browser.get("/keeper/people").await.body.contains("Given back by hand."));
    assert!(browser.get("/keeper/audit").await.body.contains("dealt with matter 1"));
    assert_eq!(browser.post("/keeper/leave", &[("csrf", &csrf)]).await.location(), "/keeper");
    assert_eq!(browser.get("/keeper/orders").await.location(), "/keeper");
}

#[tokio::test]
async fn what_was_given_back_is_written_down_once_and_a_repeated_result_does_not_bring_it_back() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.buy("earl-grey").await;
    let expected = expected(&shop).await;
    log_in(&mut browser).await;
    let csrf = browser.get("/keeper/people").await.input("csrf");
    let once = "0".repeat(32);
    let form =
        |csrf| [("payment", "1"), ("amount", "9.50"), ("seen", "0"), ("once", once.as_str()), ("csrf", csrf)];
    let forged = form("x");
    let form = form(csrf.as_str());
    // What is not paid cannot be given back.
    let order = "/keeper/orders/1";
    assert_eq!(browser.post(&format!("{order}/given-back"), &form).await.status, 404);
    assert_eq!(browser.get(order).await.state(), "redirected");
    tell(&shop, Callback::paid(&expected)).await;
    assert!(browser.get(order).await.body.contains("It was given back"));
    for _ in 0..2 {
        assert_eq!(browser.post(&format!("{order}/given-back"), &form).await.location(), order);
    }
    tell(&shop, Callback::paid(&expected)).await;
    let detail = browser.get(order).await;
    assert_eq!((detail.state(), detail.flags()), ("refunded", ""));
    assert!(!detail.body.contains("It was given back"));
    let audit = browser.get("/keeper/audit").await;
    assert_eq!(audit.body.matches("of order 1 was given back").count(), 1);
    assert_eq!(browser.post(&format!("{order}/given-back"), &forged).await.status, 403);
}
