//! From the catalogue to the bank and back, as customers do it: twice, backwards, in two tabs.

use crate::browser::{Browser, form, merchant, newest, open, settled};
use paygate::{HttpRequest, testing};
use shop::Shop;
use shop::state::State;
use shop::store::Turn;

#[tokio::test]
async fn a_customer_buys_pays_and_sees_that_it_is_paid() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    let back = browser.buy_and(&shop, "earl-grey", "approve").await.unwrap();
    assert_eq!(back.status, 303);
    let page = browser.get(back.location()).await;
    assert_eq!((page.state(), page.flags()), ("paid", ""));
    assert!(page.body.contains("We have your payment of 9.50 EUR") && !page.body.contains("pay-again"));
    assert!(!page.body.contains("http-equiv=\"refresh\""));
    assert!(browser.get("/cart").await.body.contains("Your cart is empty"));
}

#[tokio::test]
async fn the_way_back_needs_no_cookie_and_takes_none_away() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    let leaving = browser.buy("sencha").await;
    let at_bank = browser.enter_bank(&leaving).await;
    let back = browser.decide(&at_bank, "approve").await.unwrap();
    settled(&shop).await;
    browser.forget_cookies();
    let returned = browser.get(&back).await;
    let page = browser.get(returned.location()).await;
    assert_eq!(page.state(), "paid");
    for answer in [&returned, &page, &browser.get("/checking").await] {
        assert!(answer.headers.get("set-cookie").is_none());
    }
    // Also by POST, as a browser comes from a form of another site.
    let query = back.split_once('?').unwrap().1.to_owned();
    assert_eq!(browser.post_raw("/success", query).await.location(), returned.location());
}

#[tokio::test]
async fn while_nothing_is_known_the_page_says_so_and_looks_again() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    let leaving = browser.buy("rooibos").await;
    browser.enter_bank(&leaving).await;
    let page = browser.get(&format!("/order/{}", newest(&shop).await.token)).await;
    assert_eq!(page.state(), "redirected");
    assert!(page.body.contains("http-equiv=\"refresh\" content=\"5\""));
    assert!(page.body.contains("I did not pay") && !page.body.contains("pay-again"));
    // Where the customer is asked whether he is sure, nothing hurries him.
    let again = browser.get(&format!("/order/{}?again", newest(&shop).await.token)).await;
    assert!(again.body.contains("If you have paid, do not pay again") && !again.body.contains("http-equiv"));
}

#[tokio::test]
async fn a_double_click_is_one_attempt() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.add("earl-grey").await;
    let sent = browser.checkout_form().await;
    let (mut one, mut two) = (Browser::at(&shop), Browser::at(&shop));
    for tab in [&mut one, &mut two] {
        tab.copy_cookies(&browser);
    }
    let (first, second) = tokio::join!(one.pay(&sent), two.pay(&sent));
    assert_eq!((first.status, second.status), (200, 200));
    assert_eq!(newest(&shop).await.attempts().count(), 1);
    assert_eq!(shop.store().orders(None, None).await.unwrap().len(), 1);
    // And the back button, after the bank's page was seen.
    one.enter_bank(&first).await;
    let again = one.pay(&sent).await;
    assert_eq!(again.status, 200);
    assert_eq!(newest(&shop).await.attempts().count(), 1);
}

#[tokio::test]
async fn sent_again_after_the_result_the_form_leads_to_the_order() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.add("earl-grey").await;
    let sent = browser.checkout_form().await;
    let leaving = browser.pay(&sent).await;
    let at_bank = browser.enter_bank(&leaving).await;
    browser.decide(&at_bank, "decline").await;
    settled(&shop).await;
    let order = newest(&shop).await;
    assert_eq!(browser.pay(&sent).await.location(), format!("/order/{}", order.token));
    assert_eq!(newest(&shop).await.attempts().count(), 1);
}

#[tokio::test]
async fn what_is_sealed_is_stored_before_it_leaves() {
    let (shop, database) = open();
    let mut browser = Browser::at(&shop);
    let leaving = browser.buy("teapot").await;
    // All that the shop knew beside its database is gone, before Paygate has heard anything.
    let merchant = merchant(&shop);
    drop(shop);
    let form = format!("Len={}&Data={}", leaving.input("Len"), leaving.input("Data"));
    let request = HttpRequest::post("http://127.0.0.1/", "application/x-www-form-urlencoded", form);
    let sent = testing::sent_in(&merchant, &request).unwrap();
    let value = |name: &str| sent.iter().find(|(known, _)| known == name).unwrap().1.clone();
    let shop = Shop::start(database.demo()).unwrap();
    let attempt = newest(&shop).await.newest;
    assert_eq!(value("TransID"), attempt.attempt.trans_id().as_str());
    assert_eq!(value("ReqId"), attempt.req_id.as_str());
    let money = attempt.expected().money();
    assert_eq!(
        (value("Amount"), value("Currency")),
        (money.amount().units().to_string(), money.currency().as_str().to_owned())
    );
}

#[tokio::test]
async fn after_a_failure_one_may_pay_again_and_once_for_each_click() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    let back = browser.buy_and(&shop, "teapot", "decline").await.unwrap();
    let page = browser.get(back.location()).await;
    assert_eq!(page.state(), "failed");
    let pay = format!("{}/pay", back.location());
    let (csrf, once) = (page.input("csrf"), page.input("once"));
    let again = [("csrf", csrf.as_str()), ("once", once.as_str())];
    let leaving = browser.post(&pay, &again).await;
    assert_eq!(browser.post(&pay, &again).await.status, 200);
    let order = newest(&shop).await;
    assert_eq!(order.attempts().count(), 2);
    let (first, second) = (&order.earlier[0], &order.newest);
    assert_ne!(first.attempt.trans_id(), second.attempt.trans_id());
    assert_ne!(first.req_id, second.req_id, "else Paygate would carry the second one out no more");
    let at_bank = browser.enter_bank(&leaving).await;
    browser.decide(&at_bank, "approve").await;
    settled(&shop).await;
    assert_eq!(browser.get(back.location()).await.state(), "paid");
    // Paid is paid: an old page asks for nothing more.
    let fresh = [("csrf", csrf.as_str()), ("once", "another form")];
    assert_eq!(browser.post(&pay, &fresh).await.status, 303);
    assert_eq!(newest(&shop).await.attempts().count(), 2);
}

#[tokio::test]
async fn while_an_attempt_is_under_way_paying_again_has_to_be_meant() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.buy("teapot").await;
    let to = format!("/order/{}", newest(&shop).await.token);
    let page = browser.get(&format!("{to}?again")).await;
    let (csrf, once) = (page.input("csrf"), page.input("once"));
    let unsure = [("csrf", csrf.as_str()), ("once", once.as_str())];
    assert_eq!(browser.post(&format!("{to}/pay"), &unsure).await.location(), to);
    assert_eq!(newest(&shop).await.attempts().count(), 1);
    let sure = [("csrf", csrf.as_str()), ("once", once.as_str()), ("sure", "yes")];
    assert_eq!(browser.post(&format!("{to}/pay"), &sure).await.status, 200);
    assert_eq!(newest(&shop).await.attempts().count(), 2);
}

#[tokio::test]
async fn mistakes_stand_at_their_fields_and_store_nothing() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.add("earl-grey").await;
    let (csrf, once) = browser.checkout_form().await;
    let with = |name: &str, value: &'static str| {
        let mut filled = form(&csrf, &once);
        filled.iter_mut().filter(|(known, _)| *known == name).for_each(|pair| pair.1 = value);
        filled
    };
    for (field, value, text) in [
        ("first_name", "  ", "Enter your first name"),
        ("email", "nobody", "This is no e-mail address"),
        ("country", "XX", "Choose a country"),
        // A rule of the account, which sealing knows.
        ("currency", "GBP", "From Germany you cannot pay in GBP"),
    ] {
        let page = browser.post("/checkout", &with(field, value)).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains(&format!("id=\"{field}-error\">{text}")), "{field}: {}", page.body);
        assert!(page.body.contains(&format!("aria-describedby=\"{field}-error\"")), "{field}");
        assert!(page.body.contains(&format!("<a href=\"#{field}\">{text}")), "{field}");
    }
    assert!(shop.store().orders(None, None).await.unwrap().is_empty());
    assert_eq!(browser.pay(&(csrf.clone(), once.clone())).await.status, 200);
    assert_eq!(newest(&shop).await.view().state, State::Redirected);
}

#[tokio::test]
async fn a_quantity_that_is_none_is_told_at_its_field_and_changes_nothing() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.add("earl-grey").await;
    for wrong in ["", "-1", "1.5", "100", "many"] {
        let page = browser.change("earl-grey", wrong).await;
        assert_eq!(page.status, 422, "{wrong}");
        assert!(
            page.body.contains("id=\"error-earl-grey\" role=\"alert\">Enter a number from 0 to 99"),
            "{wrong}"
        );
    }
    assert_eq!(browser.change("earl-grey", "2").await.location(), "/cart");
    assert!(browser.get("/cart").await.body.contains("19.00 EUR"));
}

#[tokio::test]
async fn pages_may_be_asked_for_by_head() {
    let (shop, _database) = open();
    for path in ["/", "/cart", "/keeper", "/healthz"] {
        let answer = reqwest::Client::new().head(format!("{}{path}", shop.url())).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert!(answer.bytes().await.unwrap().is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_form_that_showed_another_cart_is_shown_again_and_not_paid() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.add("rooibos").await;
    let shown = browser.checkout_form().await;
    browser.add("teapot").await;
    let page = browser.pay(&shown).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("Your cart has changed") && page.body.contains("42.70 EUR"));
    assert!(shop.store().orders(None, None).await.unwrap().is_empty());
    let shown = browser.checkout_form().await;
    assert_eq!(browser.pay(&shown).await.status, 200);
    assert_eq!(newest(&shop).await.want().costs.amount().units(), 780 + 3490);
}

#[tokio::test]
async fn a_cart_that_is_bought_while_the_form_waits_is_not_bought_twice() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.add("rooibos").await;
    let form = browser.checkout_form().await;
    // A callback has the customer's turn; the form has to wait for it, and to read the cart afterwards.
    let mut change = shop.store().change().await.unwrap();
    let mut turn = Turn::of_session(&mut change, browser.session()).await.unwrap();
    sqlx::query("DELETE FROM cart_items").execute(&mut *turn).await.unwrap();
    let callback = async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        change.commit().await.unwrap();
    };
    let (answer, ()) = tokio::join!(browser.pay(&form), callback);
    assert_eq!(answer.location(), "/cart");
    assert!(shop.store().orders(None, None).await.unwrap().is_empty());
}
