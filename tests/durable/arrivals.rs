//! Whatever comes first: the order and its payment end the same.

use crate::database::Database;
use crate::effects::{Effects, settled};
use crate::orders;
use crate::paygate::{Paygate, form};
use crate::scale::{self, say};
use paygate::Expected;
use paygate::testing::Callback;
use shop::Shop;
use tokio::task::JoinSet;

/// What comes of one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Message {
    /// The customer's browser, with the result that it is paid.
    Redirect,
    Open,
    Paid,
    /// The same once more, under another XID.
    Duplicate,
    Failed,
    /// The browser, with the result that it failed, from an earlier try at the bank.
    FailedRedirect,
}

use Message::{Duplicate, Failed, FailedRedirect, Open, Paid, Redirect};

impl Message {
    async fn send(self, paygate: &Paygate, shop: &str, expected: &Expected) {
        let (callback, page) = match self {
            Redirect => (Callback::paid(expected), "success"),
            FailedRedirect => (Callback::failed(expected, "21550053"), "failure"),
            Open => (Callback::open(expected), ""),
            Paid => (Callback::paid(expected), ""),
            Duplicate => (Callback::paid(expected).with("XID", "another"), ""),
            Failed => (Callback::failed(expected, "21550053"), ""),
        };
        let form = form(&callback);
        if page.is_empty() {
            assert_eq!(paygate.tell_once(shop, &[form], 1).await, [Some(200)]);
        } else {
            let (status, location) = paygate.bring(&format!("{shop}/{page}?{form}")).await;
            assert!(status == 303 && location.starts_with("/order/"), "{status} {location}");
        }
    }

    fn says_paid(self) -> bool {
        matches!(self, Redirect | Paid | Duplicate)
    }

    fn says_failed(self) -> bool {
        matches!(self, Failed | FailedRedirect)
    }
}

/// All orders of arrival.
fn permutations(messages: &[Message]) -> Vec<Vec<Message>> {
    if messages.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (index, first) in messages.iter().enumerate() {
        let rest = [&messages[..index], &messages[index + 1..]].concat();
        all.extend(permutations(&rest).into_iter().map(|rest| [&[*first], &rest[..]].concat()));
    }
    all
}

/// How many of these come so that the first one of one kind is before the first one of another.
fn count(arrivals: &[Vec<Message>], first: fn(Message) -> bool, then: fn(Message) -> bool) -> i64 {
    let place = |arrival: &[Message], of: fn(Message) -> bool| arrival.iter().position(|next| of(*next));
    let is_so = |arrival: &&Vec<Message>| place(arrival, first) < place(arrival, then);
    i64::try_from(arrivals.iter().filter(is_so).count()).unwrap()
}

/// One wave for each place of the order of arrival, with one message for each order.
async fn in_waves(shop: &Shop, paygate: &Paygate, arrivals: &[Vec<Message>], each_handled: bool) {
    let expected = orders::place(shop.store(), arrivals.len()).await;
    for wave in 0..arrivals[0].len() {
        let mut tasks = JoinSet::new();
        for (arrival, expected) in arrivals.iter().zip(&expected) {
            if tasks.len() >= 32 {
                tasks.join_next().await.unwrap().unwrap();
            }
            let (message, paygate, url) = (arrival[wave], paygate.clone(), shop.url().to_owned());
            let expected = *expected;
            tasks.spawn(async move { message.send(&paygate, &url, &expected).await });
        }
        while let Some(sent) = tasks.join_next().await {
            sent.unwrap();
        }
        if each_handled {
            settled(shop.store()).await;
        }
    }
    settled(shop.store()).await;
}

async fn all_arrivals(database: Database) {
    let five = [Redirect, Open, Paid, Duplicate, Failed];
    let messages = if scale::is_long() { [&five[..], &[FailedRedirect]].concat() } else { five.to_vec() };
    let arrivals = permutations(&messages);
    let shop = Shop::start(database.config()).unwrap();
    let paygate = Paygate::new();
    let count_of = i64::try_from(arrivals.len()).unwrap();

    in_waves(&shop, &paygate, &arrivals, true).await;
    let effects = Effects::of(shop.store()).await;
    let end = Effects {
        orders: count_of,
        paid: count_of,
        payments: count_of,
        // Paid, open, failed, each handled once; a row that came by the browser is the same.
        callbacks: 3 * count_of,
        handled: 3 * count_of,
        deliveries: 3 * count_of,
        came: i64::try_from(messages.len()).unwrap() * count_of,
        // What is odd is said beside the state, and a person is asked about what failed after it was paid.
        flagged: effects.flagged,
        people: count(&arrivals, Message::says_paid, Message::says_failed),
        ..Effects::default()
    };
    assert_eq!(effects, end);
    let flag = async |flag: i64| -> i64 {
        let sql = "SELECT count(*) FROM payments WHERE flags & $1 <> 0";
        sqlx::query_scalar(sql).bind(flag).fetch_one(shop.store().inbox().pool()).await.unwrap()
    };
    let is_open = |message| message == Open;
    assert_eq!(
        flag(1).await,
        count(&arrivals, Message::says_failed, Message::says_paid),
        "paid after failed"
    );
    assert_eq!(
        flag(8).await,
        count(&arrivals, Message::says_paid, Message::says_failed),
        "failed after paid"
    );
    assert_eq!(flag(4).await, count(&arrivals, Message::says_paid, is_open), "open after paid");
    say(&format!(
        "{} orders of arrival on {}, each message handled before the next came: {effects}",
        arrivals.len(),
        database.name()
    ));

    // The same faster than they are handled: then what says most is handled first, and what is odd about it may be missed.
    in_waves(&shop, &paygate, &arrivals, false).await;
    let effects = Effects::of(shop.store()).await;
    let twice = Effects {
        orders: 2 * count_of,
        paid: 2 * count_of,
        payments: 2 * count_of,
        callbacks: 6 * count_of,
        handled: 6 * count_of,
        deliveries: 6 * count_of,
        came: 2 * end.came,
        flagged: effects.flagged,
        people: effects.people,
        ..Effects::default()
    };
    assert_eq!(effects, twice);
    say(&format!("the same without waiting for the handler on {}: {paygate}; {effects}", database.name()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_order_of_arrival_ends_the_same_on_postgres() {
    all_arrivals(Database::postgres()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_order_of_arrival_ends_the_same_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    all_arrivals(Database::sqlite(&folder)).await;
}
