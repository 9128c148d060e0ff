//! Many at once.

use super::{LEASE, begin, begun, in_a_change, ledger, of, paid, pass, refund, shop};
use crate::database::Fresh;
use gateway_inbox::{Answer, Begun, Key, NewRefund, RefundError, RefundState};
use std::collections::HashSet;
use std::sync::Arc;
use tokio::task::JoinSet;

/// What so many tasks say that all begin a refund of this payment.
async fn at_once(
    shop: &Arc<Fresh>,
    tasks: usize,
    amount: u64,
    name: impl Fn(usize) -> [String; 2],
    payment: Key,
) -> Vec<Result<Begun, RefundError>> {
    let mut set = JoinSet::new();
    for task in 0..tasks {
        let (shop, [once, reference]) = (Arc::clone(shop), name(task));
        set.spawn(async move {
            let new = NewRefund { amount, ..refund(payment, &reference) };
            begin(&shop, &NewRefund { once: Key::of("form", [once]), ..new }).await
        });
    }
    set.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_who_give_all_back_at_once_one_does() {
    let shop = Arc::new(shop().await);
    let payment = paid(&shop, "p").await;
    let name = |task| [format!("form {task}"), format!("r{task}")];
    let begun = at_once(&shop, 8, 10_000, name, payment).await;
    assert_eq!(begun.iter().filter(|begun| matches!(begun, Ok(Begun::New(_)))).count(), 1, "{begun:?}");
    let told = |begun: &&_| matches!(begun, Err(RefundError::Changed { taken: 10_000 }));
    assert_eq!(begun.iter().filter(told).count(), 7, "{begun:?}");
    assert_eq!(of(&shop, &payment).await.taken, 10_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_clicks_on_one_form_one_refund_comes() {
    let shop = Arc::new(shop().await);
    let payment = paid(&shop, "p").await;
    let name = |task| ["form".to_owned(), format!("r{task}")];
    let begun = at_once(&shop, 8, 1_000, name, payment).await;
    let mut ids = HashSet::new();
    let mut new = 0;
    for begun in begun {
        match begun.unwrap() {
            Begun::New(id) => {
                new += 1;
                ids.insert(id)
            }
            Begun::Known(id) => ids.insert(id),
        };
    }
    assert_eq!((new, ids.len(), of(&shop, &payment).await.rows.len()), (1, 1, 1));
}

/// A hundred who look, and give back what they saw could be given back, never give back more than was paid.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_parts_are_never_more_than_was_paid() {
    let shop = Arc::new(shop().await);
    let payment = paid(&shop, "p").await;
    let mut set = JoinSet::new();
    for task in 0..100_u64 {
        let shop = Arc::clone(&shop);
        set.spawn(async move {
            let name = format!("r{task}");
            let mut new = NewRefund { amount: 170 + task % 7, ..refund(payment, &name) };
            loop {
                match begin(&shop, &new).await {
                    Err(RefundError::Changed { taken }) => new.seen = taken,
                    other => return other.map(|begun| (begun, new.amount)),
                }
            }
        });
    }
    let (mut sum, mut refused) = (0, 0);
    for begun in set.join_all().await {
        match begun {
            Ok((Begun::New(_), amount)) => sum += amount,
            Err(RefundError::TooMuch { .. }) => refused += 1,
            other => panic!("{other:?}"),
        }
    }
    let refunds = of(&shop, &payment).await;
    assert_eq!(refunds.taken, sum);
    assert!(sum <= 10_000 && sum > 10_000 - 176 && refused > 0, "{sum} {refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_who_send_at_once_one_gets_it_and_one_of_its_payment() {
    let shop = Arc::new(shop().await);
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    begun(&shop, &NewRefund { seen: 1_000, ..refund(payment, "r2") }).await;
    for name in ["r1", "r2"] {
        let mut set = JoinSet::new();
        for _ in 0..8 {
            let shop = Arc::clone(&shop);
            set.spawn(async move { ledger(&shop).claim_to_send(LEASE).await.unwrap() });
        }
        let sendings: Vec<_> = set.join_all().await.into_iter().flatten().collect();
        assert_eq!(sendings.iter().map(gateway_inbox::Sending::reference).collect::<Vec<_>>(), [name]);
        in_a_change!(shop, |change| sendings[0].settle(&ledger(&shop), change, Answer::Done)).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_who_ask_at_once_one_does() {
    let shop = Arc::new(shop().await);
    let payment = paid(&shop, "p").await;
    begun(&shop, &refund(payment, "r1")).await;
    drop(ledger(&shop).claim_to_send(LEASE).await.unwrap().unwrap());
    pass(&shop, LEASE).await;
    let mut set = JoinSet::new();
    for _ in 0..8 {
        let shop = Arc::clone(&shop);
        set.spawn(async move { ledger(&shop).claim_to_ask(LEASE).await.unwrap() });
    }
    let asking: Vec<_> = set.join_all().await.into_iter().flatten().collect();
    assert_eq!(asking.len(), 1);
    let state = in_a_change!(shop, |change| asking[0].resolve(&ledger(&shop), change, Some(1_000)));
    assert_eq!(state.unwrap(), RefundState::Done);
}

/// Many payments, many refunds of each, senders and shopkeepers at once: all are done, each once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn shopkeepers_and_senders_do_not_stand_in_each_others_way() {
    let shop = Arc::new(shop().await);
    let mut payments = Vec::new();
    for number in 0..5 {
        payments.push(paid(&shop, &format!("p{number}")).await);
    }
    let mut set = JoinSet::new();
    for (number, payment) in payments.iter().copied().enumerate() {
        let shop = Arc::clone(&shop);
        set.spawn(async move {
            for part in 0..10_u64 {
                let name = format!("{number}-{part}");
                begun(&shop, &NewRefund { seen: part * 1_000, ..refund(payment, &name) }).await;
            }
        });
    }
    for _ in 0..3 {
        let shop = Arc::clone(&shop);
        set.spawn(async move {
            let mut idle = 0;
            while idle < 200 {
                let Some(sending) = ledger(&shop).claim_to_send(LEASE).await.unwrap() else {
                    idle += 1;
                    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                    continue;
                };
                idle = 0;
                in_a_change!(shop, |change| sending.settle(&ledger(&shop), change, Answer::Done)).unwrap();
            }
        });
    }
    set.join_all().await;
    for payment in payments {
        let refunds = of(&shop, &payment).await;
        assert_eq!((refunds.done, refunds.rows.len()), (10_000, 10));
        assert!(refunds.rows.iter().all(|row| row.tries == 1));
    }
}
