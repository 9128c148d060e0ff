//! Two shops that share a database, as two processes would: whatever comes at once is judged once, and in turn.

use crate::browser::{Browser, newest, settled};
use crate::database::Database;
use gateway_simulator::paygate::Simulator;
use paygate::testing::{self, Callback};
use paygate::{Expected, RawCallback, Route, Trustly};
use shop::Shop;
use shop::security::secret;
use shop::state::State;
use shop::store::Turn;
use std::time::Duration;
use tokio::task::JoinSet;

/// Two shops with one account, whose Paygate is on this machine.
struct Shops {
    one: Shop,
    two: Shop,
    paygate: Simulator,
    _database: Database,
}

fn open() -> Shops {
    let paygate = Simulator::start(testing::merchant()).unwrap();
    let database = Database::new();
    let shop = || {
        // Paygate tells it nothing by itself: the tests do.
        let config = database.real_at(paygate.merchant(), "http://127.0.0.1:9");
        Shop::start(config.keeper_password("x")).unwrap()
    };
    Shops { one: shop(), two: shop(), paygate, _database: database }
}

impl Shops {
    fn form(&self, callback: &Callback) -> String {
        callback.form(&self.paygate.merchant()).unwrap()
    }

    /// Tells both shops at once, by turns, and gives the answers.
    async fn tell_both(&self, forms: Vec<String>) -> Vec<u16> {
        let mut told = JoinSet::new();
        for (form, shop) in forms.into_iter().zip([&self.one, &self.two].into_iter().cycle()) {
            let mut server = Browser::at(shop);
            told.spawn(async move { server.post_raw("/notify", form).await.status });
        }
        let answers = told.join_all().await;
        settled(&self.one).await;
        answers
    }

    async fn buy(&self, product: &str) -> (Browser, Expected) {
        let mut browser = Browser::at(&self.one);
        assert_eq!(browser.buy(product).await.status, 200);
        (browser, newest(&self.one).await.newest.expected())
    }
}

#[tokio::test]
async fn fifty_equal_callbacks_at_once_at_two_shops_are_one_row_and_are_applied_once() {
    let shops = open();
    let (mut browser, expected) = shops.buy("earl-grey").await;
    browser.change("earl-grey", "9").await;
    let form = shops.form(&Callback::paid(&expected));
    assert_eq!(shops.tell_both(vec![form; 50]).await, [200; 50]);
    let order = newest(&shops.two).await;
    assert_eq!((order.view().state, order.view().names().as_str()), (State::Paid, ""));
    assert_eq!(order.newest.payments.len(), 1);
    let callbacks = shops.two.store().callbacks(order.id).await.unwrap();
    assert_eq!((callbacks.len(), callbacks[0].count, callbacks[0].is_told), (1, 50, true));
    assert!(shops.one.store().people().await.unwrap().is_empty());
    // What was bought has left the cart once.
    let cart = shops.one.store().cart(browser.session()).await.unwrap();
    assert_eq!(cart[0].quantity, 8);
}

#[tokio::test]
async fn different_results_of_one_payment_at_once_end_as_they_would_one_after_the_other() {
    let shops = open();
    for _ in 0..5 {
        let (_, expected) = shops.buy("sencha").await;
        let open = shops.form(&Callback::open(&expected));
        let paid = shops.form(&Callback::paid(&expected));
        let failed = shops.form(&Callback::failed(&expected, "21550053"));
        let all = vec![open.clone(), paid.clone(), failed.clone(), failed, paid, open];
        assert_eq!(shops.tell_both(all).await, [200; 6]);
        let order = newest(&shops.one).await;
        assert_eq!((order.view().state, order.newest.payments.len()), (State::Paid, 1));
        let flags = order.view().names();
        // In either order, one of the two is odd.
        assert!(flags.contains("paid_after_failed") != flags.contains("failed_after_paid"), "{flags}");
        assert_eq!(flags.contains("needs_a_person"), flags.contains("failed_after_paid"), "{flags}");
    }
}

#[tokio::test]
async fn two_payments_of_one_order_at_once_are_both_kept_and_a_person_is_asked_about_one() {
    let shops = open();
    for _ in 0..5 {
        let (_, expected) = shops.buy("sencha").await;
        let matters = shops.one.store().people().await.unwrap().len();
        let paid = || shops.form(&Callback::paid(&expected).with("PayID", secret::random().unwrap()));
        assert_eq!(shops.tell_both(vec![paid(), paid()]).await, [200; 2]);
        let order = newest(&shops.two).await;
        assert_eq!(order.view().names(), "overpaid needs_a_person");
        assert_eq!(order.newest.payments.len(), 2);
        assert_eq!(shops.one.store().people().await.unwrap().len(), matters + 1);
    }
}

#[tokio::test]
async fn a_payment_that_is_told_of_two_orders_at_once_belongs_to_one_of_them() {
    let shops = open();
    for _ in 0..5 {
        let (_, first) = shops.buy("sencha").await;
        let (_, second) = shops.buy("rooibos").await;
        let pay_id = secret::random().unwrap();
        let form = |expected| shops.form(&Callback::paid(expected).with("PayID", pay_id.clone()));
        assert_eq!(shops.tell_both(vec![form(&first), form(&second)]).await, [200; 2]);
        let orders = shops.one.store().orders(None, None).await.unwrap();
        let mut states: Vec<_> = orders[..2].iter().map(|order| order.view().names()).collect();
        states.sort();
        assert_eq!(states, ["", "needs_a_person"]);
        assert_eq!(orders[..2].iter().filter(|order| order.view().state == State::Paid).count(), 1);
        let reason = &shops.one.store().people().await.unwrap()[0].reason;
        assert_eq!(reason, "its payment belongs to another attempt");
    }
}

#[tokio::test]
async fn a_checkout_at_one_shop_waits_for_the_callback_at_the_other_and_nobody_pays_twice() {
    let shops = open();
    let (mut browser, expected) = shops.buy("teapot").await;
    let form = browser.checkout_form().await;
    // The other shop is in the middle of it.
    let merchant = shops.paygate.merchant();
    let told = shops.form(&Callback::paid(&expected));
    let callback = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, told.as_bytes())).unwrap();
    let store = shops.two.store();
    let mut change = store.change().await.unwrap();
    store.record(&mut change, &callback, Route::Notify).await.unwrap();
    let mut checkout = std::pin::pin!(browser.pay_surely(&form));
    let early = tokio::time::timeout(Duration::from_millis(300), &mut checkout).await;
    assert!(early.is_err(), "it did not wait");
    change.commit().await.unwrap();
    assert_eq!(checkout.await.location(), "/cart");
    let orders = shops.one.store().orders(None, None).await.unwrap();
    assert_eq!((orders.len(), orders[0].attempts().count(), orders[0].view().state), (1, 1, State::Paid));
}

#[tokio::test]
async fn paying_again_and_a_cart_wait_for_the_callback_and_other_customers_do_not() {
    let shops = open();
    let (mut browser, expected) = shops.buy("teapot").await;
    let failed = shops.form(&Callback::failed(&expected, "21550053"));
    shops.tell_both(vec![failed]).await;
    let token = newest(&shops.one).await.token;
    let page = browser.get(&format!("/order/{token}")).await;
    let (csrf, once) = (page.input("csrf"), page.input("once"));
    let again = [("csrf", csrf.as_str()), ("once", once.as_str())];
    let pay = format!("/order/{token}/pay");

    let paid = shops.form(&Callback::paid(&expected));
    let merchant = shops.paygate.merchant();
    let callback = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, paid.as_bytes())).unwrap();
    let store = shops.two.store();
    let mut change = store.change().await.unwrap();
    store.record(&mut change, &callback, Route::Notify).await.unwrap();
    let session = browser.session().to_owned();
    {
        let mut pay = std::pin::pin!(browser.post(&pay, &again));
        let mut cart = std::pin::pin!(shops.one.store().put_in_cart(&session, "teapot"));
        let a_while = Duration::from_millis(300);
        assert!(tokio::time::timeout(a_while, &mut pay).await.is_err(), "paying again did not wait");
        assert!(tokio::time::timeout(a_while, &mut cart).await.is_err(), "the cart did not wait");
        assert_eq!(Browser::at(&shops.one).buy("sencha").await.status, 200);
        change.commit().await.unwrap();
        assert_eq!(pay.await.location(), format!("/order/{token}"));
        cart.await.unwrap();
    }
    let order = shops.one.store().order_by_token(&token).await.unwrap().unwrap();
    assert_eq!((order.attempts().count(), order.view().state), (1, State::Paid));
    // What was put in after the payment stays there.
    assert_eq!(shops.one.store().cart(&session).await.unwrap()[0].quantity, 1);
}

#[tokio::test]
async fn a_turn_is_waited_for_across_shops_and_ends_with_its_change() {
    let shops = open();
    let mut change = shops.one.store().change().await.unwrap();
    let turn = Turn::of_session(&mut change, "somebody").await.unwrap();
    assert_eq!(turn.session(), "somebody");
    let mut other = shops.two.store().change().await.unwrap();
    {
        let mut waits = std::pin::pin!(Turn::of_session(&mut other, "somebody"));
        assert!(tokio::time::timeout(Duration::from_millis(200), &mut waits).await.is_err());
        drop(change);
        waits.await.unwrap();
    }
}
