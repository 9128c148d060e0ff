//! What goes wrong around the files: new disks, other settings, lines that are gone, files taken back.

use crate::shop::{Process, Shop, eur, today};
use gateway_inbox::paygate::batch::{BatchFiles, SettleFileError, WriteFileError};
use gateway_inbox::{Channel, Decision, RefundState};
use paygate::{MerchantId, TransId};
use paygate_batch::{FileName, Layout, Outbox, OutboxError, Record, Transport};
use sqlx::Sqlite;
use std::path::Path;
use std::time::Duration;

fn files(process: &Process, merchant_id: MerchantId, outbox: &Path) -> BatchFiles<Sqlite> {
    let layout = Layout::new("2.1".parse().unwrap());
    BatchFiles::new(process.inbox.ledger(), Outbox::new(outbox), merchant_id, layout, Transport::Sftp)
}

async fn withdraw(process: &Process, name: FileName) -> Result<u64, WriteFileError> {
    let mut change = process.inbox.begin().await.unwrap();
    let withdrawn = process.files.withdraw(&mut change, name).await;
    change.commit().await.unwrap();
    withdrawn
}

#[tokio::test]
async fn an_outbox_on_a_new_disk_hands_nothing_over_again() {
    let (shop, pay_id, file) = Shop::with_a_file().await;
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = files(&shop.process, shop.merchant_id(), folder.path());
    assert!(elsewhere.write(today(), 10).await.unwrap().is_none());
    // What is new goes under a name that the ledger has not seen.
    let _begun = shop.process.begin(pay_id, "r-4", 100).await.unwrap();
    let written = elsewhere.write(today(), 10).await.unwrap().unwrap();
    assert_eq!((written.total.records, written.name.counter().get()), (1, file.name.counter().get() + 1));
}

#[tokio::test]
async fn a_line_that_is_not_that_of_its_refund_is_left_out_and_stops_no_other() {
    let shop = Shop::open().await;
    let (process, pay_id) = (&shop.process, shop.paid("order-1").await);
    let line = |trans_id: &str, units| {
        let record = Record::new(eur(units), TransId::new(trans_id).unwrap(), pay_id).forget();
        process.files.request(&record).unwrap()
    };
    for (trans_id, line) in [
        ("amount", line("amount", 1_500)),
        ("name", line("another-name", 100)),
        ("none", b"MerchantID=me&Len=3".to_vec()),
        ("right", line("right", 100)),
    ] {
        let _begun = process.begin_by(Channel::Batch, &pay_id, 100, trans_id, &line).await.unwrap();
    }
    let written = process.write().await.unwrap();
    assert_eq!((written.total.records, written.total.sum, written.left_out.len()), (1, 100, 3));
    for trans_id in ["amount", "name", "none"] {
        assert_eq!(process.state(&pay_id, trans_id).await, RefundState::NeedsAPerson, "{trans_id}");
    }
    let answered = shop.answered(&written.path, &[]);
    assert!(process.settle(written.name, &answered).await.unwrap().all_paid_back());
    assert_eq!(process.state(&pay_id, "right").await, RefundState::Done);
    assert!(process.write().await.is_none());
}

#[tokio::test]
async fn lines_that_were_purged_hold_no_others_up() {
    let (shop, pay_id, file) = Shop::with_a_file().await;
    let process = &shop.process;
    let id = process.row(&pay_id, "r-2").await.id;
    let mut change = process.inbox.begin().await.unwrap();
    let decided = process.inbox.ledger().decide(&mut change, id, Decision::WasGivenBack, "seen").await;
    assert_eq!(decided.unwrap(), RefundState::Done);
    change.commit().await.unwrap();
    process.inbox.purge(Duration::ZERO).await.unwrap();
    let _erased = process.inbox.erase(&process.key(&pay_id)).await.unwrap();
    let answered = shop.answered(&file.path, &[]);
    let _told = process.settle(file.name, &answered).await.unwrap();
    assert_eq!(process.of(&pay_id).await.done, 1800);
}

#[tokio::test]
async fn a_file_that_was_taken_back_is_written_by_nobody_and_its_refunds_go_in_the_next() {
    let (shop, pay_id, file) = Shop::with_a_file().await;
    let process = &shop.process;
    // It is there: only its answer or a person settles it.
    let refused = withdraw(process, file.name).await;
    assert!(matches!(refused, Err(WriteFileError::Outbox(OutboxError::Taken(_)))), "{refused:?}");

    let _begun = process.begin(pay_id, "r-4", 100).await.unwrap();
    let mut pending = Outbox::new(shop.outbox()).begin(shop.merchant_id(), today(), Transport::Sftp).unwrap();
    pending.keep_name();
    let (name, ledger) = (pending.name(), process.inbox.ledger());
    drop(pending);
    let account = process.files.account();
    let claimed = ledger.claim_for_file("paygate", account, &name.to_string(), 9).await.unwrap();
    assert_eq!(claimed.refunds.len(), 1);
    assert_eq!(withdraw(process, name).await.unwrap(), 1);
    let again = process.files.write_again(name).await;
    assert!(matches!(again, Err(WriteFileError::Outbox(OutboxError::Taken(_)))), "{again:?}");
    let next = process.write().await.unwrap();
    assert_eq!((next.total.records, next.name.counter().get()), (1, 3));
}

#[tokio::test]
async fn an_answer_that_tells_of_a_refund_that_was_taken_back_leaves_it_to_a_person() {
    let (shop, pay_id, file) = Shop::with_a_file().await;
    let process = &shop.process;
    let answered = shop.answered(&file.path, &[]);
    let id = process.row(&pay_id, "r-1").await.id;
    let mut change = process.inbox.begin().await.unwrap();
    let ledger = process.inbox.ledger();
    let _state = ledger.decide(&mut change, id, Decision::WasGivenBack, "seen").await.unwrap();
    // Past the outbox, which knows better.
    assert_eq!(ledger.withdraw_file(&mut change, &file.name.to_string()).await.unwrap(), 2);
    change.commit().await.unwrap();
    let _told = process.settle(file.name, &answered).await.unwrap();
    assert_eq!(process.state(&pay_id, "r-1").await, RefundState::Done);
    for trans_id in ["r-2", "r-3"] {
        assert_eq!(process.state(&pay_id, trans_id).await, RefundState::NeedsAPerson, "{trans_id}");
    }
    assert!(process.write().await.is_none(), "nothing goes twice");
}

#[tokio::test]
async fn a_file_of_another_merchant_is_neither_written_nor_settled() {
    let (shop, _, file) = Shop::with_a_file().await;
    let other = files(&shop.process, MerchantId::from_static("other"), &shop.outbox());
    let again = other.write_again(file.name).await;
    assert!(matches!(again, Err(WriteFileError::Outbox(OutboxError::NotReserved(_)))), "{again:?}");
    let answered = shop.answered(&file.path, &[]);
    let mut change = shop.process.inbox.begin().await.unwrap();
    let settled = other.settle(&mut change, file.name, &answered).await;
    assert!(matches!(settled, Err(SettleFileError::NoSuchFile | SettleFileError::Inbox(_))), "{settled:?}");
}
