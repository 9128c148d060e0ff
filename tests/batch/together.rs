//! Two processes on one database and one outbox, at the same time.

use crate::shop::{PRICE, Shop, today};
use gateway_inbox::RefundError;
use paygate_batch::{FileName, Transport};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_processes_that_write_at_the_same_time_each_refund_stands_in_one_file() {
    let shop = Arc::new(Shop::open().await);
    let paid = shop.several_paid(12).await;
    let mut expected = BTreeSet::new();
    for (number, pay_id) in paid.iter().enumerate() {
        for part in 1..=3 {
            let trans_id = format!("r-{number}-{part}");
            let _begun = shop.process.begin(*pay_id, &trans_id, 600).await.unwrap();
            expected.insert(trans_id);
        }
    }
    let processes = [Arc::new(shop.another().await), Arc::new(shop.another().await)];
    let mut set = JoinSet::new();
    for task in 0..6 {
        let process = Arc::clone(&processes[task % 2]);
        set.spawn(async move {
            let mut written = 0;
            while let Some(file) = process.files.write(today(), 4).await.unwrap() {
                assert!((1..=4).contains(&file.total.records));
                written += file.total.records;
            }
            written
        });
    }
    assert_eq!(set.join_all().await.iter().sum::<u64>(), 36);

    let files = shop.files();
    let lines = files.iter().flat_map(|(_, text)| text.lines().filter(|line| line.starts_with("Trustly")));
    let found: Vec<_> = lines.map(|line| line.split(',').nth(4).unwrap().to_owned()).collect();
    assert_eq!(found.len(), expected.len());
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
    assert_eq!(shop.names().len(), files.len() + 1, "no half of a file is left, and the names are kept");

    // Both settle all of them, too.
    let mut set = JoinSet::new();
    for (name, _) in files {
        let answered = Arc::new(shop.answered(&shop.outbox().join(&name), &[]));
        let name = FileName::parse(&name, Transport::Sftp).unwrap();
        for process in &processes {
            let (process, answered) = (Arc::clone(process), Arc::clone(&answered));
            set.spawn(async move { process.settle(name, &answered).await.unwrap().all_paid_back() });
        }
    }
    assert!(set.join_all().await.into_iter().all(|is_all| is_all));
    assert!(paid.iter().all(|pay_id| shop.credited(pay_id) == 1800));
    shop.the_books_agree(&paid).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_begin_refunds_of_one_payment_by_both_ways_none_goes_beyond_it() {
    let shop = Arc::new(Shop::open().await);
    let pay_id = shop.paid("order-1").await;
    let processes = [Arc::new(shop.another().await), Arc::new(shop.another().await)];
    let mut set = JoinSet::new();
    for task in 0..20 {
        let process = Arc::clone(&processes[task % 2]);
        set.spawn(async move {
            loop {
                let begun = if task % 4 < 2 {
                    process.begin(pay_id, &format!("r-{task}"), 300).await
                } else {
                    process.begin_online(pay_id, 300).await
                };
                match begun {
                    // Somebody looks again, and wants it still.
                    Err(RefundError::Changed { .. }) => {}
                    begun => return begun.is_ok(),
                }
            }
        });
    }
    let begun = set.join_all().await.into_iter().filter(|is_begun| *is_begun).count();
    assert_eq!(begun, 6, "{PRICE} has room for no more");
    assert_eq!(shop.process.of(&pay_id).await.taken, 1800);

    // Either way waits while one is out by the other.
    let sends = async || while shop.process.send(&shop.simulator).await {};
    sends().await;
    if let Some(file) = shop.process.write().await {
        sends().await;
        let answered = shop.answered(&file.path, &[]);
        assert!(shop.process.settle(file.name, &answered).await.unwrap().all_paid_back());
    }
    assert_eq!(shop.credited(&pay_id), 1800);
    shop.the_books_agree(&[pay_id]).await;
}
