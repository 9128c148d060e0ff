//! Forged headers and forms, and words of others.

use crate::browser::{Browser, expected, form, newest, open, tell};
use paygate::testing::Callback;
use reqwest::header::{HOST, HeaderName, HeaderValue};

#[tokio::test]
async fn forged_host_headers_change_neither_callback_urls_nor_redirects() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    for name in [HOST, HeaderName::from_static("x-forwarded-host"), HeaderName::from_static("forwarded")] {
        let value = if name == "forwarded" { "host=evil.example" } else { "evil.example" };
        browser.extra.insert(name, HeaderValue::from_static(value));
    }
    let leaving = browser.buy("earl-grey").await;
    assert!(!leaving.body.contains("evil.example"));
    let page = browser.get("/checkout").await;
    assert!(!page.body.contains("evil.example"));
    browser.extra.clear();
    let at_bank = browser.enter_bank(&leaving).await;
    let trans_id = *expected(&shop).await.attempt().trans_id();
    let sent = shop.simulator().unwrap().transaction(&trans_id).unwrap().sent;
    for (name, path) in [("URLSuccess", "success"), ("URLFailure", "failure"), ("URLNotify", "notify")] {
        let url = sent.iter().find(|(known, _)| known == name).unwrap().1.clone();
        assert_eq!(url, format!("{}/{path}", shop.url()));
    }
    let back = browser.decide(&at_bank, "approve").await.unwrap();
    browser.extra.insert(HOST, HeaderValue::from_static("evil.example"));
    assert!(browser.get(&back).await.location().starts_with("/order/"));
}

#[tokio::test]
async fn no_header_makes_a_customers_address() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    for name in ["x-forwarded-for", "x-real-ip", "forwarded"] {
        let value = if name == "forwarded" { "for=198.51.100.7" } else { "198.51.100.7" };
        browser.extra.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let leaving = browser.buy("earl-grey").await;
    browser.enter_bank(&leaving).await;
    let trans_id = *expected(&shop).await.attempt().trans_id();
    let sent = shop.simulator().unwrap().transaction(&trans_id).unwrap().sent;
    assert!(sent.iter().any(|(name, _)| name == "FirstName"));
    assert!(!sent.iter().any(|(name, value)| name == "IPAddr" || value.contains("198.51.100")), "{sent:?}");
}

#[tokio::test]
async fn a_form_of_another_site_or_session_changes_nothing() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.add("earl-grey").await;
    let (csrf, once) = browser.checkout_form().await;
    let foreign = Browser::at(&shop).get("/").await.input("csrf");
    for wrong in ["", "x", foreign.as_str()] {
        assert_eq!(browser.post("/cart", &[("product", "teapot"), ("csrf", wrong)]).await.status, 403);
        let change = [("product", "earl-grey"), ("quantity", "9"), ("csrf", wrong)];
        assert_eq!(browser.post("/cart/change", &change).await.status, 403);
        assert_eq!(browser.post("/checkout", &form(wrong, &once)).await.status, 403);
        assert_eq!(browser.post("/keeper", &[("password", "x"), ("csrf", wrong)]).await.status, 403);
    }
    assert_eq!(browser.post("/cart", &[("product", "teapot")]).await.status, 400);
    assert!(shop.store().orders(None, None).await.unwrap().is_empty());
    assert!(!browser.get("/cart").await.body.contains("Teapot"));
    browser.pay(&(csrf.clone(), once)).await;
    let pay = format!("/order/{}/pay", newest(&shop).await.token);
    let wrong = [("csrf", csrf.as_str()), ("once", "1"), ("sure", "yes")];
    assert_eq!(browser.post(&pay, &wrong).await.status, 403);
    assert_eq!(newest(&shop).await.attempts().count(), 1);
}

#[tokio::test]
async fn words_of_customers_and_of_the_gateway_are_shown_escaped() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.add("earl-grey").await;
    let (csrf, once) = browser.checkout_form().await;
    let mut filled = form(&csrf, &once);
    filled[0].1 = "<script>alert(1)</script>\"'>";
    filled[1].1 = "x\u{1b}[2J\u{202e}y";
    assert_eq!(browser.post("/checkout", &filled).await.status, 200);
    let hostile = Callback::failed(&expected(&shop).await, "21550053")
        .with("Description", "<img src=x onerror=alert(2)>\u{7}\r\nSet-Cookie: a=b");
    assert_eq!(tell(&shop, hostile).await, 200);
    let order = newest(&shop).await;
    let customers = browser.get(&format!("/order/{}", order.token)).await;
    crate::keeper::log_in(&mut browser).await;
    let keepers = browser.get(&format!("/keeper/orders/{}", order.id)).await;
    let list = browser.get("/keeper/orders").await;
    for page in [&customers, &keepers, &list] {
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("<script") && !page.body.contains("<img"), "{}", page.body);
        assert!(!page.body.contains(['\u{1b}', '\u{7}', '\u{202e}']));
        assert!(page.body.contains("&lt;script&gt;") && page.body.contains("x[U+001B][2J[U+202E]y"));
    }
    assert!(keepers.body.contains("&lt;img src=x onerror=alert(2)&gt;[U+0007]"), "{}", keepers.body);
}

#[tokio::test]
async fn every_page_has_a_strict_policy_and_is_kept_by_no_cache() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.buy("earl-grey").await;
    let order = format!("/order/{}", newest(&shop).await.token);
    for path in ["/", "/cart", "/checkout", "/checking", "/keeper", "/nowhere", "/order/0", order.as_str()] {
        let page = browser.get(path).await;
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{path}");
        assert!(!policy.contains("unsafe") && !policy.contains("script"), "{path}");
        assert_eq!(
            (page.header("cache-control"), page.header("referrer-policy")),
            ("no-store", "no-referrer"),
            "{path}"
        );
        assert!(
            !page.body.contains("<script") && !page.body.contains("style=") && !page.body.contains("onclick"),
            "{path}"
        );
        assert!(page.body.contains("<html lang=\"en\">") && page.body.matches("<h1>").count() == 1, "{path}");
    }
    assert!(browser.get(&order).await.body.contains("<strong>Demo.</strong>"));
}

#[tokio::test]
async fn what_is_no_callback_is_answered_with_500_and_no_words() {
    let (shop, _database) = open();
    Browser::at(&shop).buy("earl-grey").await;
    let forged = Callback::paid(&expected(&shop).await).with_forged_mac();
    for body in ["", "hello", "Len=8&Data=0011223344556677"] {
        let answer = Browser::at(&shop).post_raw("/notify", body.to_owned()).await;
        assert_eq!((answer.status, answer.body.as_str()), (500, ""));
    }
    assert_eq!(tell(&shop, forged).await, 500);
    assert_eq!(newest(&shop).await.view().state, shop::state::State::Redirected);
}

#[tokio::test]
async fn a_nul_is_stored_as_a_sign_for_it_and_loses_no_payment() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.add("earl-grey").await;
    assert_eq!(browser.change("\0", "1").await.location(), "/cart");
    let (csrf, once) = browser.checkout_form().await;
    let mut filled = form(&csrf, &once);
    filled[0].1 = "A\0nna";
    assert_eq!(browser.post("/checkout", &filled).await.status, 200);
    let paid = Callback::paid(&expected(&shop).await).with("Description", "a\0b");
    assert_eq!(tell(&shop, paid).await, 200);
    let order = newest(&shop).await;
    assert_eq!(order.view().state, shop::state::State::Paid);
    assert_eq!(order.want().customer.first_name, "A\u{FFFD}nna");
    assert_eq!(shop.store().callbacks(order.id).await.unwrap()[0].description, "a\u{FFFD}b");
    assert_eq!(browser.get("/order/%00").await.status, 404);
    assert_eq!(browser.post("/order/%00/pay", &[("csrf", "x"), ("once", "x")]).await.status, 403);
}
