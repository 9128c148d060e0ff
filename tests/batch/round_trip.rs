//! From a payment to the last word of the ledger, and the limit that holds for both ways together.

use crate::shop::{PRICE, Shop, today};
use gateway_inbox::{Begun, RefundError, RefundState};
use paygate_batch::{BatchDate, Total};

#[tokio::test]
async fn what_was_paid_goes_back_in_a_file_and_the_ledger_and_paygate_agree() {
    let shop = Shop::open().await;
    let process = &shop.process;
    let paid = shop.several_paid(4).await;
    for (payment, trans_id, units) in
        [(0, "whole", PRICE), (1, "some", 500), (1, "rest", 1499), (2, "part", 999), (3, "refused", 1000)]
    {
        let begun = process.begin(paid[payment], trans_id, units).await;
        assert!(matches!(begun.unwrap(), Begun::New(_)));
    }
    let file = process.write().await.unwrap();
    assert!(file.path.ends_with("T20261122001test_merchant.dat"), "{file:?}");
    assert_eq!(file.total, Total { records: 5, sum: u128::from(2 * PRICE + 999 + 1000) });
    assert!(process.write().await.is_none(), "all stand in a file");
    assert_eq!(shop.credited(&paid[0]), 0, "nobody has handed it over");

    let answered = shop.answered(&file.path, &["trans-id=refused:21550100"]);
    let told = process.settle(file.name, &answered).await.unwrap();
    assert_eq!((told.tally.paid_back.records, told.tally.failed.records), (4, 1));
    shop.the_books_agree(&paid).await;
    for (payment, trans_id, state, note) in [
        (0, "whole", RefundState::Done, None),
        (1, "some", RefundState::Done, None),
        (1, "rest", RefundState::Done, None),
        (2, "part", RefundState::Done, None),
        (3, "refused", RefundState::Refused, Some("21550100")),
    ] {
        let row = process.row(&paid[payment], trans_id).await;
        assert_eq!((row.state, row.note.as_deref()), (state, note), "{trans_id}");
    }
    assert_eq!(paid.iter().map(|pay_id| shop.credited(pay_id)).sum::<u64>(), 2 * PRICE + 999);
}

#[tokio::test]
async fn online_and_in_files_together_no_more_goes_back_than_was_paid() {
    let shop = Shop::open().await;
    let process = &shop.process;
    let pay_id = shop.paid("order-1").await;
    let _begun = process.begin(pay_id, "r-1", 600).await.unwrap();
    let _begun = process.begin_online(pay_id, 700).await.unwrap();
    let too_much = async |left: u64| {
        // In a file, no less than 1.00 EUR.
        let in_a_file = process.begin(pay_id, "too-much", 100.max(left + 1)).await;
        assert!(
            matches!(in_a_file, Err(RefundError::TooMuch { left: found }) if found == left),
            "{in_a_file:?}"
        );
        let online = process.begin_online(pay_id, left + 1).await;
        assert!(matches!(online, Err(RefundError::TooMuch { left: found }) if found == left), "{online:?}");
    };
    too_much(699).await;
    let file = process.write().await.unwrap();
    too_much(699).await;
    assert!(!process.send(&shop.simulator).await, "one of the payment is out in a file");
    let answered = shop.answered(&file.path, &[]);
    too_much(699).await;
    assert!(process.settle(file.name, &answered).await.unwrap().all_paid_back());
    too_much(699).await;
    assert!(process.send(&shop.simulator).await);
    let _begun = process.begin(pay_id, "r-2", 699).await.unwrap();
    too_much(0).await;
    let file = process.write().await.unwrap();
    assert!(process.settle(file.name, &shop.answered(&file.path, &[])).await.unwrap().all_paid_back());
    too_much(0).await;
    assert_eq!(shop.credited(&pay_id), PRICE);
    shop.the_books_agree(&[pay_id]).await;
}

#[tokio::test]
async fn what_was_refused_is_free_again_and_goes_in_the_next_file_under_a_new_trans_id() {
    let (shop, pay_id, file) = Shop::with_a_file().await;
    let process = &shop.process;
    let answered = shop.answered(&file.path, &["trans-id=r-2:21550100"]);
    let _told = process.settle(file.name, &answered).await.unwrap();
    assert_eq!(process.state(&pay_id, "r-2").await, RefundState::Refused);
    let refunds = process.of(&pay_id).await;
    assert_eq!((refunds.taken, refunds.left()), (1200, Some(799)));

    // The same form comes once more: its refund is known, and over.
    assert!(matches!(process.begin(pay_id, "r-2", 600).await.unwrap(), Begun::Known(_)));
    assert!(process.write().await.is_none());
    let _begun = process.begin(pay_id, "r-4", 600).await.unwrap();
    let tomorrow = BatchDate::new(2026, 11, 23).unwrap();
    let next = process.files.write(tomorrow, 10_000).await.unwrap().unwrap();
    assert!(next.path.ends_with("T20261123001test_merchant.dat"), "{next:?}");
    assert_ne!(tomorrow, today());
    assert!(process.settle(next.name, &shop.answered(&next.path, &[])).await.unwrap().all_paid_back());
    assert_eq!(shop.credited(&pay_id), 1800);
    // The first answer comes again, late.
    let _told = process.settle(file.name, &answered).await.unwrap();
    assert_eq!(process.of(&pay_id).await.done, 1800);
    shop.the_books_agree(&[pay_id]).await;
}

#[tokio::test]
async fn what_went_back_elsewhere_paygate_refuses_and_the_ledger_counts_nothing() {
    let shop = Shop::open().await;
    let process = &shop.process;
    let pay_id = shop.paid("order-1").await;
    shop.credit_elsewhere(pay_id, 1500).await;
    let _begun = process.begin(pay_id, "r-1", 500).await.unwrap();
    let file = process.write().await.unwrap();
    let told = process.settle(file.name, &shop.answered(&file.path, &[])).await.unwrap();
    assert_eq!(told.tally.failed.records, 1);
    let row = process.row(&pay_id, "r-1").await;
    assert_eq!((row.state, row.note.as_deref()), (RefundState::Refused, Some("21550957")));
    assert_eq!((process.of(&pay_id).await.done, shop.credited(&pay_id)), (0, 1500));
}
