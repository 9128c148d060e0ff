//! Money that goes back: within what is left, once, whoever clicks and whatever breaks in between.

use crate::browser::{Answer, Browser, PASSWORD, expected, newest, open, settled, tell};
use crate::database::Database;
use crate::keeper::log_in;
use gateway_http::{
    Call, Courier, HttpRequest, HttpResponse, ReqwestTransport, TokioClock, Transport, TransportError,
};
use gateway_inbox::{RefundState, Refunds};
use gateway_simulator::paygate::{Fault, Simulator};
use paygate::follow_ups::credit::CreditRequest;
use paygate::testing::Callback;
use paygate::{Currency, Merchant, Money, PayId, TransId};
use shop::Shop;
use shop::state::State;
use shop::store::key_of;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub(crate) const ORDER: &str = "/keeper/orders/1";

/// What the newest order's first payment has in the ledger.
async fn ledger(shop: &Shop) -> Refunds {
    let order = newest(shop).await;
    let (attempt, payment) = order.payments().next().unwrap();
    shop.store().ledger().of(&key_of(attempt, payment)).await.unwrap()
}

pub(crate) async fn states(shop: &Shop) -> Vec<RefundState> {
    ledger(shop).await.rows.iter().map(|row| row.state).collect()
}

/// Waits until the refunds stand so.
pub(crate) async fn become_so(shop: &Shop, wanted: &[RefundState]) {
    for _ in 0..1500 {
        if states(shop).await == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{:?} are not {wanted:?}", states(shop).await);
}

/// Two hours pass for what was sent.
pub(crate) async fn hours_pass(shop: &Shop) {
    let mut change = shop.store().change().await.unwrap();
    let sql = "UPDATE gateway_refunds SET due_at = due_at - 7200000, sent_at = sent_at - 7200000,
               last_sent_at = last_sent_at - 7200000 WHERE state IN ('sent', 'unknown')";
    sqlx::query(sql).execute(&mut *change).await.unwrap();
    change.commit().await.unwrap();
}

async fn paid(shop: &Shop) -> (Browser, Answer) {
    let mut browser = Browser::at(shop);
    browser.buy_and(shop, "sencha", "approve").await.unwrap();
    log_in(&mut browser).await;
    let page = browser.get(ORDER).await;
    assert_eq!((page.state(), page.attribute("data-left")), ("paid", "1290"));
    (browser, page)
}

/// Sends the form of a page, with another amount.
pub(crate) async fn give_back(browser: &mut Browser, page: &Answer, amount: &str) -> Answer {
    send(browser, page, "refund", amount).await
}

async fn send(browser: &mut Browser, page: &Answer, form: &str, amount: &str) -> Answer {
    let value = |name| page.input(name);
    let (csrf, once, payment, seen) = (value("csrf"), value("once"), value("payment"), value("seen"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("once", once.as_str()),
        ("payment", payment.as_str()),
        ("seen", seen.as_str()),
        ("amount", amount),
    ];
    browser.post(&format!("{ORDER}/{form}"), &fields).await
}

pub(crate) fn credited(simulator: &Simulator) -> (usize, u64) {
    let transaction = simulator.transactions().remove(0);
    (transaction.credits.len(), transaction.credited())
}

#[tokio::test]
async fn a_part_goes_back_and_the_order_stays_paid_until_the_rest_does() {
    let (shop, _database) = open();
    let (mut browser, page) = paid(&shop).await;
    assert_eq!(page.input("amount"), "12.90");
    assert_eq!(give_back(&mut browser, &page, "5.00").await.location(), ORDER);
    become_so(&shop, &[RefundState::Done]).await;
    let page = browser.get(ORDER).await;
    assert_eq!(
        (page.state(), page.attribute("data-done"), page.input("amount")),
        ("paid", "500", "7.90".into())
    );
    assert_eq!(page.attribute("data-refund-state"), "done");
    let order = format!("/order/{}", newest(&shop).await.token);
    let seen = browser.get(&order).await;
    assert_eq!((seen.state(), seen.attribute("data-given-back")), ("paid", "500"));
    assert_eq!(give_back(&mut browser, &page, "7.90").await.location(), ORDER);
    become_so(&shop, &[RefundState::Done, RefundState::Done]).await;
    let page = browser.get(ORDER).await;
    assert_eq!((page.state(), page.attribute("data-left")), ("refunded", "0"));
    assert!(!page.body.contains("name=\"amount\""));
    assert_eq!(credited(shop.simulator().unwrap()), (2, 1290));
    let audit = browser.get("/keeper/audit").await.body;
    assert_eq!(audit.matches("asked for a refund of payment").count(), 2);
}

#[tokio::test]
async fn amounts_that_are_none_or_too_much_are_told_at_the_field_and_nothing_is_written() {
    let (shop, _database) = open();
    let (mut browser, page) = paid(&shop).await;
    for (amount, words) in [
        ("12.91", "more than is left: 12.90 EUR"),
        ("0", "more than 0"),
        ("", "no amount"),
        ("-1", "no amount"),
        ("1,50", "no amount"),
        ("1.505", "no amount"),
        ("99999999999999999999", "no amount"),
        ("<b>", "no amount"),
    ] {
        let answer = give_back(&mut browser, &page, amount).await;
        assert_eq!(answer.status, 422, "{amount}");
        let error = answer.body.split("role=\"alert\">").nth(1).expect(amount).split('<').next().unwrap();
        assert!(error.contains(words), "{amount}: {error}");
        assert!(answer.body.contains("aria-invalid=\"true\"") && !answer.body.contains("<b>"));
    }
    assert!(states(&shop).await.is_empty());
    let forged = [("payment", "1"), ("amount", "1"), ("seen", "0"), ("once", "x"), ("csrf", "x")];
    assert_eq!(browser.post(&format!("{ORDER}/refund"), &forged).await.status, 403);
}

#[tokio::test]
async fn a_double_click_gives_back_once() {
    let (shop, _database) = open();
    let (mut browser, page) = paid(&shop).await;
    let mut tab = Browser::at(&shop);
    tab.copy_cookies(&browser);
    let both = tokio::join!(give_back(&mut browser, &page, "12.90"), give_back(&mut tab, &page, "12.90"));
    assert_eq!((both.0.location(), both.1.location()), (ORDER, ORDER));
    become_so(&shop, &[RefundState::Done]).await;
    // Also after all is over.
    assert_eq!(give_back(&mut browser, &page, "12.90").await.location(), ORDER);
    assert_eq!(states(&shop).await, [RefundState::Done]);
    assert_eq!(credited(shop.simulator().unwrap()), (1, 1290));
}

#[tokio::test]
async fn of_two_keepers_with_the_same_page_one_gives_back_and_the_other_looks_again() {
    let (shop, _database) = open();
    let (mut one, page) = paid(&shop).await;
    let mut two = Browser::at(&shop);
    log_in(&mut two).await;
    let other = two.get(ORDER).await;
    let both = tokio::join!(give_back(&mut one, &page, "4.00"), give_back(&mut two, &other, "5.00"));
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    let refused = if both.0.status == 422 { both.0 } else { both.1 };
    assert!(refused.body.contains("Somebody else has given back meanwhile"));
    become_so(&shop, &[RefundState::Done]).await;
    assert_eq!(credited(shop.simulator().unwrap()).0, 1);
}

#[tokio::test]
async fn nothing_goes_back_before_paygate_has_told_the_shops_server() {
    let (shop, _database) = open();
    shop.simulator().unwrap().set_faults([Fault::RedirectOnly]);
    let (mut browser, page) = paid(&shop).await;
    let answer = give_back(&mut browser, &page, "1").await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("has not told"));
    assert_eq!(answer.input("amount"), "1");
    tell(
        &shop,
        Callback::paid(&expected(&shop).await)
            .with("PayID", newest(&shop).await.newest.payments[0].pay_id.as_str()),
    )
    .await;
    assert_eq!(give_back(&mut browser, &page, "1").await.location(), ORDER);
}

/// Gives back without the shop, as on Computop's own pages.
async fn behind_its_back(shop: &Shop, units: u64) {
    let pay_id: PayId = newest(shop).await.newest.payments[0].pay_id;
    let money = Money::new(units, Currency::EUR).unwrap();
    let request = CreditRequest::builder(pay_id, TransId::random().unwrap(), money).build();
    let call = shop.simulator().unwrap().merchant().credit(&request).unwrap();
    let response = ReqwestTransport::new().unwrap().send(call.request()).await.unwrap();
    call.read(&response).unwrap();
}

#[tokio::test]
async fn what_paygate_refuses_is_free_again() {
    let (shop, _database) = open();
    let (mut browser, page) = paid(&shop).await;
    behind_its_back(&shop, 500).await;
    give_back(&mut browser, &page, "10.00").await;
    become_so(&shop, &[RefundState::Refused]).await;
    let page = browser.get(ORDER).await;
    assert_eq!((page.attribute("data-left"), page.attribute("data-refund-state")), ("1290", "refused"));
}

#[tokio::test]
async fn what_does_not_add_up_needs_a_person_who_decides_once() {
    let (shop, _database) = open();
    let (mut browser, page) = paid(&shop).await;
    behind_its_back(&shop, 1290).await;
    give_back(&mut browser, &page, "5.00").await;
    become_so(&shop, &[RefundState::Unknown]).await;
    assert_eq!(browser.get(ORDER).await.attribute("data-unknown"), "500");
    hours_pass(&shop).await;
    become_so(&shop, &[RefundState::NeedsAPerson]).await;
    let people = browser.get("/keeper/people").await;
    let refund = people.attribute("data-doubtful").to_owned();
    let decision = format!("/keeper/refunds/{refund}");
    let csrf = people.input("csrf");
    for was in ["kept", "given-back"] {
        let form = [("was", was), ("csrf", csrf.as_str())];
        assert_eq!(browser.post(&decision, &form).await.location(), "/keeper/people");
    }
    assert_eq!(states(&shop).await, [RefundState::Refused]);
    assert!(!browser.get("/keeper/people").await.body.contains("data-doubtful"));
    assert_eq!(browser.get("/keeper/audit").await.body.matches("of order 1 was not given back").count(), 1);
    let odd = [("was", "x"), ("csrf", csrf.as_str())];
    assert_eq!(browser.post(&decision, &odd).await.status, 400);
}

#[tokio::test]
async fn what_went_back_elsewhere_counts_and_the_rest_goes_back_by_paygate() {
    let (shop, _database) = open();
    let (mut browser, page) = paid(&shop).await;
    assert_eq!(send(&mut browser, &page, "given-back", "2.90").await.location(), ORDER);
    behind_its_back(&shop, 290).await;
    let page = browser.get(ORDER).await;
    assert_eq!((page.state(), page.attribute("data-left")), ("paid", "1000"));
    assert_eq!(give_back(&mut browser, &page, "10").await.location(), ORDER);
    become_so(&shop, &[RefundState::Done, RefundState::Done]).await;
    assert_eq!(newest(&shop).await.view().state, State::Refunded);
}

#[tokio::test]
async fn a_payment_given_back_before_there_was_a_ledger_is_shown_and_is_over() {
    let (shop, _database) = open();
    let (mut browser, page) = paid(&shop).await;
    let mut change = shop.store().change().await.unwrap();
    sqlx::query("UPDATE payments SET state = 'refunded'").execute(&mut *change).await.unwrap();
    change.commit().await.unwrap();
    let answer = give_back(&mut browser, &page, "1").await;
    assert_eq!((answer.status, answer.state(), answer.attribute("data-left")), (422, "refunded", "0"));
    assert!(browser.get(ORDER).await.body.contains("before refunds were kept one by one"));
    assert!(states(&shop).await.is_empty());
}

/// What happens to credits on their way; all of them are written down.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// Paygate gets it, and its answer is lost.
    AnswerLost,
    /// Paygate never gets it, and nobody can tell.
    Lost,
    /// Paygate gets it, and its answer never comes.
    HeldBack,
}

type Bodies = Arc<Mutex<Vec<Vec<u8>>>>;

/// Harms the first credit.
fn courier(way: Way) -> (Courier, Bodies) {
    let bodies = Bodies::default();
    let (kept, inner) = (Arc::clone(&bodies), Arc::new(ReqwestTransport::new().unwrap()));
    let transport = move |request: HttpRequest| {
        let (kept, inner) = (Arc::clone(&kept), Arc::clone(&inner));
        async move {
            let is_first = {
                let mut kept = kept.lock().unwrap();
                let is_credit = request.url().ends_with("credit.aspx");
                if is_credit {
                    kept.push(request.body().to_vec());
                }
                is_credit && kept.len() == 1
            };
            if !is_first {
                return inner.send(&request).await;
            }
            if way == Way::Lost {
                return Err(TransportError::Timeout);
            }
            let _: HttpResponse = inner.send(&request).await?;
            if way == Way::HeldBack {
                std::future::pending::<()>().await;
            }
            Err(TransportError::Broken)
        }
    };
    (Courier::new(transport, TokioClock), bodies)
}

fn open_with(way: Way) -> (Shop, Database, Bodies) {
    let (courier, bodies) = courier(way);
    let database = Database::new();
    let config = database.demo().keeper_password(PASSWORD).courier(courier);
    let config = config.simulator(gateway_simulator::paygate::Builder::clock_by_hand);
    (Shop::start(config).unwrap(), database, bodies)
}

#[tokio::test]
async fn a_refund_whose_answer_was_lost_is_asked_for_and_never_sent_twice() {
    let (shop, _database, bodies) = open_with(Way::AnswerLost);
    let (mut browser, page) = paid(&shop).await;
    give_back(&mut browser, &page, "5").await;
    become_so(&shop, &[RefundState::Unknown]).await;
    hours_pass(&shop).await;
    become_so(&shop, &[RefundState::Done]).await;
    assert_eq!((bodies.lock().unwrap().len(), credited(shop.simulator().unwrap())), (1, (1, 500)));
}

#[tokio::test]
async fn a_refund_of_which_paygate_says_that_nothing_happened_is_sent_again_with_the_same_bytes() {
    let (shop, _database, bodies) = open_with(Way::Lost);
    let (mut browser, page) = paid(&shop).await;
    give_back(&mut browser, &page, "5").await;
    become_so(&shop, &[RefundState::Unknown]).await;
    assert_eq!(credited(shop.simulator().unwrap()), (0, 0));
    hours_pass(&shop).await;
    become_so(&shop, &[RefundState::Done]).await;
    let bodies = bodies.lock().unwrap().clone();
    assert_eq!((bodies.len(), credited(shop.simulator().unwrap())), (2, (1, 500)));
    assert_eq!(bodies[0], bodies[1]);
}

/// A shop with an account whose Paygate outlives it.
fn with_account(database: &Database, merchant: Merchant, port: u16) -> shop::Config {
    let url = format!("http://127.0.0.1:{port}");
    database.real_at(merchant, &url).keeper_password(PASSWORD).port(port)
}

#[tokio::test]
async fn a_shop_that_dies_between_a_refund_and_its_answer_gives_back_once() {
    let simulator = Simulator::start(paygate::testing::merchant()).unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (courier, bodies) = courier(Way::HeldBack);
    let database = Database::new();
    let shop = Shop::start(with_account(&database, simulator.merchant(), port).courier(courier)).unwrap();
    let mut browser = Browser::at(&shop);
    browser.buy_and(&shop, "sencha", "approve").await.unwrap();
    simulator.idle().await;
    settled(&shop).await;
    log_in(&mut browser).await;
    let page = browser.get(ORDER).await;
    give_back(&mut browser, &page, "5").await;
    while credited(&simulator).0 == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(states(&shop).await, [RefundState::Sent]);
    drop(shop);
    let shop = Shop::start(with_account(&database, simulator.merchant(), 0)).unwrap();
    assert_eq!(states(&shop).await, [RefundState::Sent]);
    hours_pass(&shop).await;
    become_so(&shop, &[RefundState::Done]).await;
    assert_eq!((bodies.lock().unwrap().len(), credited(&simulator)), (1, (1, 500)));
    assert_eq!(newest(&shop).await.view().state, State::Paid);
}
