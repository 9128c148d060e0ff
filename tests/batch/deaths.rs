//! The program dies while a file is made: its refunds stand in that file and no other, and it is handed over once.

use crate::shop::{Process, Shop, name_of, today};
use gateway_inbox::paygate::GATEWAY;
use gateway_inbox::paygate::batch::WriteFileError;
use gateway_inbox::{InFile, RefundState};
use paygate::PayId;
use paygate_batch::{FileName, Outbox, OutboxError, Transport};
use std::collections::BTreeMap;
use std::fs;
use std::future::poll_fn;
use std::io::Write;
use std::pin::pin;
use std::task::Poll;

fn is_taken<T>(written: &Result<T, WriteFileError>) -> bool {
    matches!(written, Err(WriteFileError::Outbox(OutboxError::Taken(_))))
}

/// A payment with three refunds that wait for a file.
async fn three_waiting(shop: &Shop) -> PayId {
    let pay_id = shop.paid("order-1").await;
    for trans_id in ["r-1", "r-2", "r-3"] {
        let _begun = shop.process.begin(pay_id, trans_id, 600).await.unwrap();
    }
    pay_id
}

/// Puts all that waits into a file, writes half of its first line and dies.
async fn die_before_the_file_is_there(shop: &Shop) -> FileName {
    let outbox = Outbox::new(shop.outbox());
    let mut pending = outbox.begin(shop.merchant_id(), today(), Transport::Sftp).unwrap();
    pending.keep_name();
    let (name, account) = (pending.name(), shop.process.files.account());
    let ledger = shop.process.inbox.ledger();
    let claimed = ledger.claim_for_file(GATEWAY, account, &name.to_string(), 10_000).await.unwrap().refunds;
    assert!(claimed.iter().all(|refund| refund.state() == RefundState::Sent));
    pending.write_all(b"HEAD,test_mer").unwrap();
    name
}

#[tokio::test]
async fn who_dies_before_the_file_is_there_writes_the_same_bytes_under_the_same_name() {
    let shop = Shop::open().await;
    let pay_id = three_waiting(&shop).await;
    let name = die_before_the_file_is_there(&shop).await;
    assert!(shop.files().is_empty());

    // Whoever makes files meanwhile has neither its refunds nor its name.
    let process = shop.another().await;
    assert!(process.write().await.is_none());
    let other = shop.paid("order-2").await;
    let _begun = process.begin(other, "r-4", 600).await.unwrap();
    let second = process.write().await.unwrap();
    assert!(second.path.ends_with("T20261122002test_merchant.dat"), "{second:?}");

    assert_eq!(name_of(&process.row(&pay_id, "r-1").await), name, "the ledger knows what to write again");
    let file = process.files.write_again(name).await.unwrap();
    let line = |trans_id| format!("Trustly,Credit,600,EUR,{trans_id},,{}\r\n", pay_id.as_str());
    let lines = ["r-1", "r-2", "r-3"].map(line).concat();
    let expected = format!("HEAD,test_merchant,20261122,2.1\r\n{lines}FOOT,3,1800\r\n");
    assert_eq!(fs::read_to_string(&file.path).unwrap(), expected);
    assert!(is_taken(&process.files.write_again(name).await), "and once is enough");

    for file in [&file, &second] {
        let answered = shop.answered(&file.path, &[]);
        assert!(process.settle(file.name, &answered).await.unwrap().all_paid_back());
    }
    shop.the_books_agree(&[pay_id, other]).await;
}

#[tokio::test]
async fn what_was_published_before_anybody_knew_is_not_written_again() {
    let shop = Shop::open().await;
    let pay_id = three_waiting(&shop).await;
    let path = shop.process.write().await.unwrap().path;
    let sent = fs::read(&path).unwrap();

    let process = shop.another().await;
    let name = name_of(&process.row(&pay_id, "r-1").await);
    let there = shop.names();
    assert!(is_taken(&process.files.write_again(name).await));
    assert!(process.write().await.is_none());
    assert_eq!((shop.names(), fs::read(&path).unwrap()), (there, sent));
    // Somebody hands it over and clears the folder. It has the name still.
    let answered = shop.answered(&path, &[]);
    for name in shop.names().iter().filter(|name| !name.starts_with('.')) {
        fs::remove_file(shop.outbox().join(name)).unwrap();
    }
    assert!(is_taken(&process.files.write_again(name).await));
    assert!(process.write().await.is_none() && shop.files().is_empty());
    assert!(process.settle(name, &answered).await.unwrap().all_paid_back());
    shop.the_books_agree(&[pay_id]).await;
}

/// Polls a future so often and drops it.
async fn stopped_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let (mut future, mut left) = (pin!(future), polls);
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

/// Writes what was begun and not finished, and tells in which files the refunds of a payment stand.
async fn recover(process: &Process, pay_id: &PayId) -> Vec<FileName> {
    let mut names = Vec::new();
    for row in process.of(pay_id).await.rows {
        if row.file.is_some() && !names.contains(&name_of(&row)) {
            names.push(name_of(&row));
        }
    }
    for name in &names {
        match process.files.write_again(*name).await {
            // What was given to the disk is finished there, whoever waits for it.
            Ok(_) | Err(WriteFileError::Outbox(_) | WriteFileError::File { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    names
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wherever_writing_is_stopped_each_refund_is_in_one_file_in_the_end() {
    let shop = Shop::open().await;
    let mut paid = Vec::new();
    for polls in 0..100 {
        let pay_id = shop.paid(&format!("order-{polls}")).await;
        for part in 1..=2 {
            let _begun = shop.process.begin(pay_id, &format!("r-{polls}-{part}"), 600).await.unwrap();
        }
        paid.push(pay_id);
        let dying = shop.another().await;
        let written = stopped_after(polls, dying.files.write(today(), 10_000)).await;
        let is_whole = written.is_some_and(|written| written.is_ok());
        drop(dying);
        recover(&shop.process, &pay_id).await;
        if is_whole {
            break;
        }
    }
    // What no file was begun for.
    drop(shop.process.write().await);
    assert!(paid.len() > 3, "it waits for the database at least");

    let mut in_files = BTreeMap::<String, usize>::new();
    for pay_id in &paid {
        for name in recover(&shop.process, pay_id).await {
            let file = name.to_string();
            for refund in shop
                .process
                .inbox
                .ledger()
                .in_file(GATEWAY, shop.process.files.account(), &file)
                .await
                .unwrap()
            {
                assert!(shop.files().iter().any(|(name, text)| *name == file && stands_in(text, &refund)));
            }
        }
    }
    for (name, text) in shop.files() {
        for line in text.lines().filter(|line| line.starts_with("Trustly")) {
            *in_files.entry(line.to_owned()).or_default() += 1;
        }
        let name = FileName::parse(&name, Transport::Sftp).unwrap();
        let answered = shop.answered(&shop.outbox().join(name.to_string()), &[]);
        assert!(shop.process.settle(name, &answered).await.unwrap().all_paid_back());
    }
    assert_eq!(in_files.len(), 2 * paid.len());
    assert!(in_files.values().all(|files| *files == 1), "{in_files:?}");
    shop.the_books_agree(&paid).await;
}

fn stands_in(text: &str, refund: &InFile) -> bool {
    text.contains(&[",", refund.reference(), ","].concat())
}
