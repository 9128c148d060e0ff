//! What the shop asks Paygate by itself: where no callback comes, and where a person has to know.

use crate::browser::{Browser, expected, merchant, newest, open, settled, tell};
use crate::keeper::log_in;
use gateway_simulator::paygate::Fault;
use paygate::testing::{self, Callback};
use shop::Shop;
use shop::state::State;
use shop::store::InquiryRow;
use std::time::Duration;

async fn stands(shop: &Shop) -> (State, String) {
    let view = newest(shop).await.view();
    (view.state, view.names())
}

/// Waits until what is wanted is there.
async fn until<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..600 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never came");
}

/// Lets the day of the newest order's inquiries come, and waits until they were made so often.
async fn asked(shop: &Shop, times: u64) -> Vec<InquiryRow> {
    shop.store().hurry_inquiries().await.unwrap();
    let order = newest(shop).await.id;
    until(async || {
        let rows = shop.store().inquiries(order).await.unwrap();
        (rows.iter().map(|row| row.times).sum::<u64>() >= times).then_some(rows)
    })
    .await
}

/// Whoever decides at the bank, of whom the shop hears nothing.
async fn unheard(shop: &Shop, choice: &str) -> String {
    shop.simulator().unwrap().set_faults([Fault::RedirectOnly]);
    let mut browser = Browser::at(shop);
    let leaving = browser.buy("earl-grey").await;
    let at_bank = browser.enter_bank(&leaving).await;
    browser.decide(&at_bank, choice).await;
    settled(shop).await;
    assert_eq!(stands(shop).await.0, State::Redirected);
    let order = newest(shop).await;
    shop.simulator().unwrap().transaction(order.newest.attempt.trans_id()).unwrap().pay_id.to_string()
}

#[tokio::test]
async fn where_no_notify_comes_and_no_browser_returns_an_inquiry_by_the_trans_id_finds_the_payment() {
    let (shop, _database) = open();
    let pay_id = unheard(&shop, "approve").await;
    let rows = asked(&shop, 1).await;
    assert!(!rows[0].by_pay_id && rows[0].captured == Some(950), "{rows:?}");
    assert_eq!(stands(&shop).await, (State::Paid, "paid_by_inquiry".into()));
    let order = newest(&shop).await;
    assert_eq!((order.newest.payments.len(), order.newest.payments[0].pay_id.as_str()), (1, &*pay_id));
    // What Paygate tells later changes nothing more, and what contradicts it is asked about.
    let expected = expected(&shop).await;
    for _ in 0..2 {
        assert_eq!(tell(&shop, Callback::paid(&expected).with("PayID", pay_id.clone())).await, 200);
        assert_eq!(stands(&shop).await, (State::Paid, "paid_by_inquiry".into()));
    }
    assert_eq!(newest(&shop).await.newest.payments.len(), 1);
    tell(&shop, Callback::open(&expected).with("PayID", pay_id.clone())).await;
    assert_eq!(stands(&shop).await.1, "open_after_paid paid_by_inquiry");
    tell(&shop, Callback::failed(&expected, "21550053").with("PayID", pay_id)).await;
    assert_eq!(stands(&shop).await.0, State::Paid);
    assert_eq!(stands(&shop).await.1, "open_after_paid failed_after_paid paid_by_inquiry needs_a_person");
}

#[tokio::test]
async fn what_was_bought_has_left_the_cart_and_the_page_says_that_it_is_paid() {
    let (shop, _database) = open();
    shop.simulator().unwrap().set_faults([Fault::RedirectOnly]);
    let mut browser = Browser::at(&shop);
    let leaving = browser.buy("earl-grey").await;
    let at_bank = browser.enter_bank(&leaving).await;
    browser.decide(&at_bank, "approve").await;
    asked(&shop, 1).await;
    assert!(shop.store().cart(browser.session()).await.unwrap().is_empty());
    let token = newest(&shop).await.token;
    assert_eq!(browser.get(&format!("/order/{token}")).await.state(), "paid");
}

#[tokio::test]
async fn an_open_payment_is_asked_about_by_its_pay_id() {
    let (shop, _database) = open();
    let pay_id = unheard(&shop, "approve").await;
    tell(&shop, Callback::open(&expected(&shop).await).with("PayID", pay_id)).await;
    assert_eq!(stands(&shop).await, (State::Open, String::new()));
    let rows = asked(&shop, 1).await;
    assert_eq!(
        rows.iter().map(|row| (row.by_pay_id, row.times)).collect::<Vec<_>>(),
        [(false, 0), (true, 1)]
    );
    assert_eq!(stands(&shop).await, (State::Paid, "paid_by_inquiry".into()));
}

#[tokio::test]
async fn what_failed_or_was_abandoned_is_never_paid_and_is_asked_about_again() {
    let (shop, _database) = open();
    // At the bank, and before it.
    unheard(&shop, "decline").await;
    for times in 1..=2 {
        let rows = asked(&shop, times).await;
        assert_eq!((rows[0].captured, rows[0].failure.as_deref()), (Some(0), None));
        assert_eq!(stands(&shop).await, (State::Redirected, String::new()));
    }
    Browser::at(&shop).buy("sencha").await;
    for times in 1..=2 {
        let rows = asked(&shop, times).await;
        assert!(rows[0].failure.as_ref().unwrap().contains("refused"), "{rows:?}");
        assert_eq!(stands(&shop).await, (State::Redirected, String::new()));
    }
    assert!(shop.store().people().await.unwrap().is_empty());
}

#[tokio::test]
async fn another_amount_is_a_matter_for_a_person_and_not_paid() {
    let (shop, _database) = open();
    unheard(&shop, "approve").await;
    let mut change = shop.store().change().await.unwrap();
    sqlx::query("UPDATE attempts SET amount = amount + 1").execute(&mut *change).await.unwrap();
    change.commit().await.unwrap();
    asked(&shop, 1).await;
    assert_eq!(stands(&shop).await, (State::Redirected, "needs_a_person".into()));
    let matters = shop.store().people().await.unwrap();
    assert_eq!((matters.len(), matters[0].reason.as_str()), (1, "an inquiry says: paid less than it costs"));
    assert!(matters[0].result.is_none() && matters[0].order.is_some());
    asked(&shop, 2).await;
    assert_eq!(shop.store().people().await.unwrap().len(), 1);
    let mut keeper = Browser::at(&shop);
    log_in(&mut keeper).await;
    let page = keeper.get("/keeper/people").await.body;
    assert!(page.contains("no callback: an inquiry tells it") && page.contains("9.50 EUR"), "{page}");
}

#[tokio::test]
async fn a_paygate_that_is_down_is_asked_again() {
    let database = crate::database::Database::new();
    let shop = Shop::start(database.real().keeper_password("x")).unwrap();
    Browser::at(&shop).buy("earl-grey").await;
    for times in 1..=2 {
        let rows = asked(&shop, times).await;
        assert_eq!(rows[0].failure.as_deref(), Some("Paygate did not answer"));
        assert_eq!(stands(&shop).await, (State::Redirected, String::new()));
    }
}

#[tokio::test]
async fn an_inquiry_is_taken_once_by_all_who_look_at_the_same_time() {
    let (shop, _database) = open();
    for _ in 0..5 {
        Browser::at(&shop).buy("sencha").await;
        shop.store().hurry_inquiries().await.unwrap();
        let take = async || shop.store().take_inquiry().await.unwrap();
        let taken = tokio::join!(take(), take(), take(), take());
        let taken = [taken.0, taken.1, taken.2, taken.3];
        let mut names: Vec<_> = taken.iter().flatten().map(|asked| asked.trans_id).collect();
        let all = names.len();
        names.sort_by(|one, two| one.as_str().cmp(two.as_str()));
        names.dedup();
        // The shop's own clerk may have taken some, too.
        assert_eq!(names.len(), all);
    }
}

#[tokio::test]
async fn a_matter_shows_what_paygate_says_and_the_keeper_has_it_asked_again() {
    let (shop, _database) = open();
    let mut browser = Browser::at(&shop);
    browser.buy_and(&shop, "earl-grey", "approve").await;
    let pay_id = newest(&shop).await.newest.payments[0].pay_id.to_string();
    tell(&shop, Callback::failed(&expected(&shop).await, "21550053").with("PayID", pay_id)).await;
    tell(&shop, Callback::paid(&testing::expected(&merchant(&shop), "nobody-knows", 100))).await;
    // Both at once, without waiting for the schedule: the newest matter is the one of nobody.
    let times = async |times| {
        until(async || {
            let rows = shop.store().people().await.unwrap();
            let rows: Vec<_> = rows.into_iter().filter_map(|row| row.inquiry).collect();
            (rows.len() == 2 && rows.iter().map(|row| row.times).sum::<u64>() == times).then_some(rows)
        })
        .await
    };
    let rows = times(2).await;
    assert!(rows[0].failure.as_ref().unwrap().contains("refused"), "{rows:?}");
    assert_eq!(
        (rows[1].captured, rows[1].credited, rows[1].currency.as_deref()),
        (Some(950), Some(0), Some("EUR"))
    );
    log_in(&mut browser).await;
    let page = browser.get("/keeper/people").await;
    assert!(page.body.contains("<dt>Captured</dt><dd>9.50 EUR</dd>"), "{}", page.body);
    assert!(page.body.contains("<dt>No answer</dt>") && page.body.contains("Ask Paygate now"));
    let ask = format!("/keeper/inquiries/{}", rows[1].id);
    assert_eq!(browser.post(&ask, &[("csrf", "x")]).await.status, 403);
    let csrf = page.input("csrf");
    assert_eq!(browser.post(&ask, &[("csrf", &csrf)]).await.location(), "/keeper/people");
    times(3).await;
    assert!(browser.get("/keeper/audit").await.body.contains("had Paygate asked"));
    assert!(browser.get("/keeper/orders/1").await.body.contains("data-inquiry"));
    // A repeated callback is no new matter, and asks for nothing.
    tell(&shop, Callback::paid(&testing::expected(&merchant(&shop), "nobody-knows", 100))).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    times(3).await;
    assert_eq!(Browser::at(&shop).post(&ask, &[("csrf", &csrf)]).await.location(), "/keeper");
}

#[tokio::test]
async fn older_matters_are_on_a_page_of_their_own() {
    let (shop, _database) = open();
    tell(&shop, Callback::paid(&testing::expected(&merchant(&shop), "nobody-knows", 100))).await;
    let mut change = shop.store().change().await.unwrap();
    for number in 0..250 {
        let sql = "INSERT INTO people (callback_id, reason) VALUES (1, $1)";
        sqlx::query(sql).bind(format!("matter {number}")).execute(&mut *change).await.unwrap();
    }
    change.commit().await.unwrap();
    shop.store().done(5, "Looked at.").await.unwrap();
    let mut keeper = Browser::at(&shop);
    log_in(&mut keeper).await;
    let first = keeper.get("/keeper/people").await;
    assert_eq!(first.body.matches("data-person=").count(), 200);
    let older = first.body.split("id=\"older\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = keeper.get(&older.replace("&amp;", "&")).await;
    assert_eq!(second.body.matches("data-person=").count(), 51);
    // Those that are done come last, whatever their number.
    assert!(second.body.rsplit("data-person=").next().unwrap().contains("Looked at."));
    assert!(!second.body.contains("id=\"older\""));
    assert_eq!(keeper.get("/keeper/people?before=x").await.status, 404);
}
