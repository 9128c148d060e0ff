//! What is told and forgotten about a customer, and what never is.

use crate::browser::{Answer, Browser, expected, form, given_back, newest, open, tell};
use crate::keeper::log_in;
use paygate::testing::Callback;
use shop::Shop;
use shop::state::State;

const EMAIL: &str = "Anna.Ruiz@example.org";

/// Puts one in the cart and leaves for Paygate, as somebody.
async fn leave(browser: &mut Browser, product: &str, who: [&str; 3]) -> Answer {
    browser.add(product).await;
    let (csrf, once) = browser.checkout_form().await;
    let mut filled = form(&csrf, &once);
    filled.retain(|(name, _)| !["first_name", "last_name", "email"].contains(name));
    filled.extend(["first_name", "last_name", "email"].into_iter().zip(who));
    browser.post("/checkout", &filled).await
}

async fn anna(shop: &Shop, browser: &mut Browser) -> Callback {
    let leaving = leave(browser, "sencha", ["Annabella", "Ruiz-Ortega", EMAIL]).await;
    assert_eq!(leaving.status, 200, "{}", leaving.body);
    Callback::paid(&expected(shop).await).with("Description", "by Annabella Ruiz-Ortega")
}

async fn keeper(shop: &Shop) -> Browser {
    let mut keeper = Browser::at(shop);
    log_in(&mut keeper).await;
    keeper
}

async fn send(keeper: &mut Browser, what: &str, email: &str) -> Answer {
    let csrf = keeper.get("/keeper/customers").await.input("csrf");
    keeper.post(&format!("/keeper/customers/{what}"), &[("email", email), ("csrf", &csrf)]).await
}

/// Why nothing was done.
fn problem(answer: &Answer) -> &str {
    assert_eq!(answer.status, 422, "{}", answer.body);
    answer.body.split("role=\"alert\">").nth(1).unwrap().split('<').next().unwrap()
}

/// All texts of the shop, and those of the inbox and the ledger.
const TEXTS: [(&str, &[&str]); 11] = [
    ("carts", &["session"]),
    ("cart_items", &["session", "product"]),
    ("orders", &["token", "session"]),
    (
        "attempts",
        &[
            "once",
            "method",
            "mid",
            "trans_id",
            "req_id",
            "first_name",
            "last_name",
            "email",
            "country",
            "currency",
            "state",
        ],
    ),
    ("items", &["product", "name"]),
    ("payments", &["mid", "pay_id", "state"]),
    ("callbacks", &["method", "mid", "pay_id", "trans_id", "status", "code", "applied", "description"]),
    ("people", &["reason", "note"]),
    ("inquiries", &["method", "mid", "trans_id", "pay_id", "currency", "failure"]),
    ("audit", &["action"]),
    ("gateway_refunds", &["gateway", "channel", "reference", "state", "note"]),
];

/// Where a word stands, in whichever case.
async fn traces(shop: &Shop, word: &str) -> Vec<String> {
    let mut change = shop.store().change().await.unwrap();
    let mut found = Vec::new();
    for (table, columns) in TEXTS {
        for column in columns {
            let sql = format!("SELECT count(*) FROM {table} WHERE lower({column}) LIKE $1");
            let like = format!("%{}%", word.to_lowercase());
            let count: i64 = sqlx::query_scalar(&sql).bind(like).fetch_one(&mut *change).await.unwrap();
            if count > 0 {
                found.push(format!("{table}.{column}"));
            }
        }
    }
    found
}

async fn number(shop: &Shop, sql: &str) -> i64 {
    let mut change = shop.store().change().await.unwrap();
    sqlx::query_scalar(sql).fetch_one(&mut *change).await.unwrap()
}

#[tokio::test]
async fn an_export_holds_all_of_one_customer_and_nothing_of_another() {
    let (shop, _database) = open();
    let (mut browser, mut other) = (Browser::at(&shop), Browser::at(&shop));
    let paid = anna(&shop, &mut browser).await;
    tell(&shop, paid).await;
    given_back(&shop, 1).await;
    let pay_id = newest(&shop).await.newest.payments[0].pay_id;
    let trans_id = *newest(&shop).await.newest.attempt.trans_id();
    leave(&mut other, "earl-grey", ["Bertram", "Quince", "b@example.org"]).await;
    tell(&shop, Callback::paid(&expected(&shop).await)).await;
    let mut keeper = keeper(&shop).await;
    assert!(keeper.get("/keeper/orders").await.body.contains("href=\"/keeper/customers\""));
    // However it is written.
    let answer = send(&mut keeper, "export", " anna.ruiz@EXAMPLE.org").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"customer.json\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let attempt = &told["orders"][0]["attempts"][0];
    assert_eq!((told["orders"].as_array().unwrap().len(), &told["orders"][0]["order"]), (1, &1.into()));
    for (name, value) in [
        ("first_name", "Annabella"),
        ("last_name", "Ruiz-Ortega"),
        ("email", EMAIL),
        ("country", "DE"),
        ("currency", "EUR"),
        ("trans_id", trans_id.as_str()),
    ] {
        assert_eq!(attempt[name], value);
    }
    assert_eq!((&attempt["amount"], &attempt["items"][0]["price"]), (&1290.into(), &1290.into()));
    let payment = &attempt["payments"][0];
    assert_eq!((&payment["pay_id"], &payment["state"]), (&pay_id.as_str().into(), &"refunded".into()));
    assert_eq!(
        (&payment["refunds"][0]["amount"], &payment["refunds"][0]["state"]),
        (&1290.into(), &"done".into())
    );
    let callback = &attempt["callbacks"][0];
    assert_eq!((&callback["status"], &callback["count"]), (&"OK".into(), &1.into()));
    assert_eq!(callback["description"], "by Annabella Ruiz-Ortega");
    assert_eq!(attempt["inquiries"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&attempt["received"][0]["gateway"], &attempt["received"][0]["count"]),
        (&"paygate".into(), &1.into())
    );
    assert!(attempt["received"][0]["sealed_bytes"].as_u64().unwrap() > 50);
    for another in ["Bertram", "Quince", "b@example.org", "earl-grey"] {
        assert!(!answer.body.contains(another), "{another}");
    }
    let audit = keeper.get("/keeper/audit").await.body;
    assert!(audit.contains("exported all about a customer, orders: 1") && !audit.contains("example.org"));
    assert_eq!(
        problem(&send(&mut keeper, "export", "c@example.org").await),
        "No order was made under this address."
    );
    assert_eq!(problem(&send(&mut keeper, "export", "-").await), "This is not an e-mail address.");
}

#[tokio::test]
async fn of_an_order_with_two_addresses_each_is_told_and_forgotten_by_itself() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    anna(&shop, &mut browser).await;
    tell(&shop, Callback::failed(&expected(&shop).await, "21550053")).await;
    leave(&mut browser, "sencha", ["Bertram", "Quince", "b@example.org"]).await;
    assert_eq!((newest(&shop).await.id, newest(&shop).await.attempts().count()), (1, 2));
    tell(&shop, Callback::failed(&expected(&shop).await, "21550053")).await;
    let mut keeper = keeper(&shop).await;
    let exported = send(&mut keeper, "export", EMAIL).await.body;
    assert!(exported.contains("Annabella") && !exported.contains("Bertram"));
    let erased = send(&mut keeper, "erase", EMAIL).await;
    assert!(erased.body.contains("tries to pay under another address"), "{}", erased.body);
    assert!(traces(&shop, "annabella").await.is_empty());
    assert_eq!(traces(&shop, "bertram").await, ["attempts.first_name"]);
    assert!(newest(&shop).await.may_pay_again());
}

#[tokio::test]
async fn who_is_erased_leaves_no_trace_and_the_books_stay() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    let paid = anna(&shop, &mut browser).await;
    tell(&shop, paid.clone()).await;
    tell(&shop, Callback::failed(&expected(&shop).await, "21550053").with("PayID", &pay_id(&shop).await))
        .await;
    browser.add("earl-grey").await;
    let session = browser.session().to_owned();
    let mut keeper = keeper(&shop).await;
    assert_eq!(
        problem(&send(&mut keeper, "erase", EMAIL).await),
        "Nothing was erased: order 1 needs a person, who may have to write to the customer."
    );
    let csrf = keeper.get("/keeper/people").await.input("csrf");
    keeper.post("/keeper/people/1", &[("note", "Wrote to ANNA.RUIZ@example.org."), ("csrf", &csrf)]).await;
    assert_eq!(traces(&shop, "annabella").await, ["attempts.first_name", "callbacks.description"]);
    assert_eq!(traces(&shop, EMAIL).await, ["attempts.email", "people.note"]);
    let before = newest(&shop).await;

    let answer = send(&mut keeper, "erase", "ANNA.ruiz@example.org").await;
    assert_eq!((answer.status, answer.attribute("data-erased")), (200, "1"), "{}", answer.body);
    for word in ["annabella", "ruiz", EMAIL, session.as_str()] {
        assert!(traces(&shop, word).await.is_empty(), "{word}: {:?}", traces(&shop, word).await);
    }
    assert_eq!(number(&shop, "SELECT count(*) FROM gateway_inbox WHERE payload IS NOT NULL").await, 0);
    assert_eq!(number(&shop, "SELECT count(*) FROM gateway_inbox").await, 2);
    let after = newest(&shop).await;
    assert_eq!((after.view(), after.newest.payments.len()), (before.view(), 1));
    assert_eq!(after.newest.payments[0].pay_id, before.newest.payments[0].pay_id);
    assert!(after.want().is_worth(before.want()) && after.want().customer.is_erased());
    assert!(keeper.get("/keeper/audit").await.body.contains("erased who made order 1: 1 of 1"));
    assert_eq!(keeper.get("/keeper/orders/1").await.state(), "paid");
    assert_eq!(keeper.get("/keeper/orders").await.status, 200);
    // The cookie leads nowhere.
    assert!(shop.store().orders(Some(&session), None).await.unwrap().is_empty());
    assert!(!browser.get("/cart").await.body.contains("Earl Grey"));
    // There is nobody any more.
    assert_eq!(problem(&send(&mut keeper, "export", EMAIL).await), "No order was made under this address.");

    // What Paygate tells again is acknowledged, and what it tells anew brings no words back.
    assert_eq!(tell(&shop, paid).await, 200);
    assert_eq!(newest(&shop).await.view(), before.view());
    assert_eq!(number(&shop, "SELECT count(*) FROM callbacks").await, 2);
    assert_eq!(number(&shop, "SELECT count(*) FROM gateway_inbox WHERE payload IS NOT NULL").await, 0);
    let late = Callback::open(&after.newest.expected()).with("Description", "by Annabella");
    assert_eq!(tell(&shop, late.with("PayID", &pay_id(&shop).await)).await, 200);
    assert_eq!(number(&shop, "SELECT count(*) FROM callbacks").await, 3);
    assert!(traces(&shop, "annabella").await.is_empty());
}

async fn pay_id(shop: &Shop) -> String {
    newest(shop).await.newest.payments[0].pay_id.as_str().to_owned()
}

#[tokio::test]
async fn no_bank_data_and_no_number_of_a_person_is_stored() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    let paid = anna(&shop, &mut browser).await;
    let telling = [
        ("AccOwner", "Ownercanary"),
        ("AccBank", "Bankcanary"),
        ("AccClearingHouse", "Housecanary"),
        ("AccDescriptor", "Descriptorcanary"),
        ("IBAN", "42424242"),
        ("AddrStreet", "Streetcanary"),
        ("SocialSecurityNumber", "Securitycanary"),
        ("IPAddr", "198.51.100.7"),
    ];
    let paid = telling.iter().fold(paid, |callback, (name, value)| callback.with(name, value));
    assert_eq!(tell(&shop, paid).await, 200);
    assert_eq!(newest(&shop).await.view().state, shop::state::State::Paid);
    assert_eq!(traces(&shop, "annabella").await, ["attempts.first_name", "callbacks.description"]);
    for (name, value) in telling {
        let word = value.to_lowercase();
        assert!(traces(&shop, &word).await.is_empty(), "{name}: {:?}", traces(&shop, &word).await);
    }
}

#[tokio::test]
async fn nobody_pays_for_an_order_of_which_nobody_knows_whose_it_is() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.add("sencha").await;
    let (csrf, once) = browser.checkout_form().await;
    assert_eq!(browser.post("/checkout", &form(&csrf, &once)).await.status, 200);
    let order = format!("/order/{}", newest(&shop).await.token);
    tell(&shop, Callback::failed(&expected(&shop).await, "21550053")).await;
    let page = browser.get(&order).await;
    assert!(page.body.contains("Pay again"));
    assert_eq!(send(&mut keeper(&shop).await, "erase", "l@example.com").await.status, 200);
    // From the page that was open, from the form that was, and from a new one.
    let form_again = [("csrf", page.input("csrf")), ("once", page.input("once"))];
    let form_again: Vec<_> = form_again.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = browser.post(&format!("{order}/pay"), &form_again).await;
    assert_eq!((answer.status, answer.location()), (303, order.as_str()));
    browser.add("sencha").await;
    let answer = browser.post("/checkout", &form(&csrf, &once)).await;
    assert_eq!((answer.status, answer.location()), (303, order.as_str()));
    let page = browser.get(&order).await;
    assert!(
        page.body.contains("id=\"erased\"")
            && !page.body.contains("id=\"pay-again\"")
            && !page.body.contains("id=\"again\"")
    );
    assert!(browser.get(&format!("{order}?again")).await.body.contains("id=\"erased\""));
    assert_eq!(newest(&shop).await.attempts().count(), 1);
    // The browser may buy anew.
    assert_eq!(browser.buy("sencha").await.status, 200);
    assert_eq!(newest(&shop).await.id, 2);
}

#[tokio::test]
async fn nobody_is_forgotten_while_money_may_come() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    anna(&shop, &mut browser).await;
    let mut keeper = keeper(&shop).await;
    let waits = "Nothing was erased: order 1 still waits for a payment, and money may still come.";
    assert_eq!(problem(&send(&mut keeper, "erase", EMAIL).await), waits);
    tell(&shop, Callback::open(&expected(&shop).await)).await;
    assert_eq!(newest(&shop).await.view().state, State::Open);
    assert_eq!(problem(&send(&mut keeper, "erase", EMAIL).await), waits);
    assert_eq!(traces(&shop, EMAIL).await, ["attempts.email"]);
    // After 11 days nobody asks Paygate any more.
    let mut change = shop.store().change().await.unwrap();
    let sql = "UPDATE attempts SET created_at = '2020-01-01 00:00:00'";
    sqlx::query(sql).execute(&mut *change).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(send(&mut keeper, "erase", EMAIL).await.status, 200);
    assert!(traces(&shop, EMAIL).await.is_empty());
}

#[tokio::test]
async fn only_the_keeper_exports_and_erases_and_only_from_his_own_page() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    let paid = anna(&shop, &mut browser).await;
    tell(&shop, paid).await;
    let csrf = browser.get("/").await.input("csrf");
    assert_eq!(browser.get("/keeper/customers").await.location(), "/keeper");
    let mut keeper = keeper(&shop).await;
    for what in ["export", "erase"] {
        let to = format!("/keeper/customers/{what}");
        let answer = browser.post(&to, &[("email", EMAIL), ("csrf", &csrf)]).await;
        assert_eq!((answer.status, answer.location(), answer.body.as_str()), (303, "/keeper", ""));
        assert_eq!(keeper.post(&to, &[("email", EMAIL), ("csrf", &csrf)]).await.status, 403);
        assert_eq!(keeper.get(&format!("{to}?email={EMAIL}")).await.status, 404);
    }
    assert_eq!(traces(&shop, EMAIL).await, ["attempts.email"]);
}

#[tokio::test]
async fn what_was_handled_a_month_ago_is_forgotten_when_the_shop_starts_and_its_key_is_not() {
    let (shop, database) = open();
    for product in ["sencha", "earl-grey"] {
        Browser::at(&shop).buy(product).await;
        tell(&shop, Callback::paid(&expected(&shop).await)).await;
    }
    let mut change = shop.store().change().await.unwrap();
    let sql = "UPDATE gateway_inbox SET done_at = done_at - 2592000001 WHERE id = 1";
    sqlx::query(sql).execute(&mut *change).await.unwrap();
    change.commit().await.unwrap();
    drop(shop);
    let shop = Shop::start(database.demo()).unwrap();
    let held = "SELECT count(*) FROM gateway_inbox WHERE payload IS NOT NULL";
    for _ in 0..1000 {
        if number(&shop, held).await < 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(number(&shop, held).await, 1);
    assert_eq!(number(&shop, "SELECT count(*) FROM gateway_inbox").await, 2);
}
