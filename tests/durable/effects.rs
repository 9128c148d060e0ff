//! What came of it, counted in the database.

use crate::orders::IN_THE_CART;
use crate::scale;
use shop::store::Store;
use sqlx::Row;
use std::fmt;
use std::time::{Duration, Instant};

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Effects {
    pub(crate) orders: i64,
    /// Those with one payment that is paid.
    pub(crate) paid: i64,
    /// Those with more of them.
    pub(crate) paid_twice: i64,
    pub(crate) payments: i64,
    /// Payments of which something is odd.
    pub(crate) flagged: i64,
    /// Rows of the shop's own: one for each callback.
    pub(crate) callbacks: i64,
    /// How often those were handed to the shop in a change that was committed.
    pub(crate) handled: i64,
    /// Carts out of which something else than the one of the order was taken.
    pub(crate) wrong_carts: i64,
    pub(crate) people: i64,
    /// Rows of the inbox.
    pub(crate) deliveries: i64,
    /// How often those came.
    pub(crate) came: i64,
    pub(crate) unfinished: i64,
}

impl Effects {
    pub(crate) async fn of(store: &Store) -> Self {
        let paid = "SELECT count(*) FROM payments JOIN attempts ON attempts.id = attempt_id
                    WHERE order_id = orders.id AND payments.state = 'paid'";
        let left = IN_THE_CART - 1;
        let counted = [
            "SELECT count(*) FROM orders".to_owned(),
            format!("SELECT count(*) FROM orders WHERE ({paid}) = 1"),
            format!("SELECT count(*) FROM orders WHERE ({paid}) > 1"),
            "SELECT count(*) FROM payments".to_owned(),
            "SELECT count(*) FROM payments WHERE flags <> 0".to_owned(),
            "SELECT count(*) FROM callbacks".to_owned(),
            "SELECT CAST(coalesce(sum(count), 0) AS bigint) FROM callbacks".to_owned(),
            format!("SELECT count(*) FROM cart_items WHERE quantity <> {left}"),
            "SELECT count(*) FROM people".to_owned(),
            "SELECT count(*) FROM gateway_inbox".to_owned(),
            "SELECT CAST(coalesce(sum(count), 0) AS bigint) FROM gateway_inbox".to_owned(),
            "SELECT count(*) FROM gateway_inbox WHERE done_at IS NULL".to_owned(),
        ];
        let sql = format!("SELECT ({})", counted.join("), ("));
        let row = sqlx::query(&sql).fetch_one(store.inbox().pool()).await.unwrap();
        let mut columns = 0..counted.len();
        let mut next = || row.get::<i64, _>(columns.next().unwrap());
        Self {
            orders: next(),
            paid: next(),
            paid_twice: next(),
            payments: next(),
            flagged: next(),
            callbacks: next(),
            handled: next(),
            wrong_carts: next(),
            people: next(),
            deliveries: next(),
            came: next(),
            unfinished: next(),
        }
    }

    /// Every order is paid, by one payment and one callback that was handled once, and nothing is odd.
    pub(crate) fn assert_all_paid_once(&self, orders: usize) {
        let orders = i64::try_from(orders).unwrap();
        let all = Self {
            orders,
            paid: orders,
            payments: orders,
            callbacks: orders,
            handled: orders,
            deliveries: orders,
            came: self.came,
            ..Self::default()
        };
        assert_eq!(*self, all);
    }
}

impl fmt::Display for Effects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} orders, {} paid, {} paid twice; {} callbacks came {} times and were handled {} times, {} unfinished",
            self.orders,
            self.paid,
            self.paid_twice,
            self.deliveries,
            self.came,
            self.handled,
            self.unfinished
        )
    }
}

/// Waits until all that was stored is handled.
pub(crate) async fn settled(store: &Store) {
    // Longer than a lease, and than ten thousand take where others use the machine too.
    let until = Instant::now() + Duration::from_secs(300);
    while unfinished(store).await > 0 {
        assert!(Instant::now() < until, "it is not handled: {:?}", Effects::of(store).await);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The same where a process that had claimed some of it has died: what those wait for is the end of a lease, which is a minute.
/// A long test waits for it too; another one lets it be over once nothing else is left.
pub(crate) async fn settled_after_leases(store: &Store) {
    if !scale::is_long() {
        let mut before = i64::MAX;
        loop {
            let now = unfinished(store).await;
            if now == before {
                end_leases(store).await;
                break;
            }
            before = now;
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
    settled(store).await;
}

/// As if the minute were over. A claim that somebody still works on is lost then, which must do no harm either.
async fn end_leases(store: &Store) {
    let sql = "UPDATE gateway_inbox SET due_at = 0 WHERE done_at IS NULL";
    sqlx::query(sql).execute(store.inbox().pool()).await.unwrap();
}

async fn unfinished(store: &Store) -> i64 {
    let sql = "SELECT count(*) FROM gateway_inbox WHERE done_at IS NULL";
    sqlx::query_scalar(sql).fetch_one(store.inbox().pool()).await.unwrap()
}
