//! Answers as they should not be: what is not beyond doubt gives nothing back and takes nothing back.

use crate::shop::{Shop, today};
use gateway_inbox::paygate::batch::{SettleFileError, Written};
use gateway_inbox::{Decision, RefundState};
use paygate::PayId;
use paygate_batch::{BatchDate, ReconcileError};
use std::fs;

#[tokio::test]
async fn an_answer_that_is_cut_off_anywhere_settles_nothing_until_the_whole_one_comes() {
    let (shop, pay_id, file) = Shop::with_a_file().await;
    let answered = shop.answered(&file.path, &[]);
    let before = shop.process.of(&pay_id).await;
    for end in 0..answered.trim_ascii_end().len() {
        let settled = shop.process.settle(file.name, &answered[..end]).await;
        assert!(settled.is_err(), "cut at {end}");
        assert!(shop.process.of(&pay_id).await == before, "cut at {end}");
    }
    assert!(shop.process.settle(file.name, &answered).await.unwrap().all_paid_back());
    let settled = shop.process.of(&pay_id).await;
    assert_eq!(settled.done, 1800);
    // Once more, and by another process.
    for process in [&shop.process, &shop.another().await] {
        assert!(process.settle(file.name, &answered).await.unwrap().all_paid_back());
        assert!(process.of(&pay_id).await == settled);
    }
    shop.the_books_agree(&[pay_id]).await;
}

#[tokio::test]
async fn a_simulator_that_writes_no_foot_settles_nothing() {
    let (shop, pay_id, file) = Shop::with_a_file().await;
    let answered = shop.answered(&file.path, &["cut-off"]);
    let settled = shop.process.settle(file.name, &answered).await;
    assert!(matches!(settled, Err(SettleFileError::NotWhole)), "{settled:?}");
    assert_eq!(shop.process.of(&pay_id).await.done, 0);
    assert_eq!(shop.credited(&pay_id), 1800, "Paygate has carried it out all the same");
}

#[tokio::test]
async fn what_stands_twice_or_is_changed_or_missing_needs_a_person_and_the_others_are_done() {
    for (effect, why) in [
        ("double", "answered twice"),
        ("change-amount", "answered with other fields than were sent"),
        ("drop", "missing in the answer"),
        ("PENDING/60000000", "answered with a Status and a Code that do not say whether it was done"),
        ("FAILED/00000000", "answered with a Status and a Code that do not say whether it was done"),
    ] {
        let (shop, pay_id, file) = Shop::with_a_file().await;
        let process = &shop.process;
        let answered = shop.answered(&file.path, &[&format!("trans-id=r-2:{effect}")]);
        for _ in 0..2 {
            assert!(!process.settle(file.name, &answered).await.unwrap().all_paid_back());
            for other in ["r-1", "r-3"] {
                assert_eq!(process.state(&pay_id, other).await, RefundState::Done, "{effect}");
            }
            let row = process.row(&pay_id, "r-2").await;
            assert_eq!((row.state, row.note.as_deref()), (RefundState::NeedsAPerson, Some(why)), "{effect}");
            assert_eq!(process.of(&pay_id).await.taken, 1800, "it may have gone back");
            assert!(process.write().await.is_none(), "and it goes in no other file");
        }
        let row = process.row(&pay_id, "r-2").await;
        let was_given_back = shop.credited(&pay_id) == 1800;
        let decision = if was_given_back { Decision::WasGivenBack } else { Decision::WasNotGivenBack };
        let mut change = process.inbox.begin().await.unwrap();
        let ledger = process.inbox.ledger();
        let _state = ledger.decide(&mut change, row.id, decision, "seen on Paygate's pages").await.unwrap();
        change.commit().await.unwrap();
        shop.the_books_agree(&[pay_id]).await;
    }
}

/// Nothing signs an answer, so that this is no more than what an accident may do.
#[tokio::test]
async fn one_byte_that_is_another_turns_no_refusal_into_money_and_no_money_into_a_refusal() {
    let (shop, pay_id, file) = Shop::with_a_file().await;
    let process = &shop.process;
    let answered = shop.answered(&file.path, &["trans-id=r-2:21550100"]);
    for at in 0..answered.len() {
        for byte in [b'0', b'2', b',', b'\n', b'K', answered[at] ^ 0x20] {
            let mut changed = answered.clone();
            changed[at] = byte;
            let mut change = process.inbox.begin().await.unwrap();
            if process.files.settle(&mut change, file.name, &changed).await.is_ok() {
                let ledger = process.inbox.ledger();
                for row in ledger.of_in(&mut change, &process.key(&pay_id)).await.unwrap().rows {
                    let is_refused = row.reference.as_deref() == Some("r-2");
                    let wrong = if is_refused { RefundState::Done } else { RefundState::Refused };
                    assert_ne!(row.state, wrong, "{}", String::from_utf8_lossy(&changed));
                }
            }
            change.rollback().await.unwrap();
        }
    }
}

#[tokio::test]
async fn the_answer_of_another_day_or_another_merchant_settles_nothing() {
    let (shop, pay_id, file) = Shop::with_a_file().await;
    let process = &shop.process;
    let tomorrow = BatchDate::new(2026, 11, 23).unwrap();
    let other = the_answer_of_another_file_settles_nothing(&shop, pay_id, &file, tomorrow).await;

    let answered = shop.answer_of(&file.path);
    let of_another = String::from_utf8(answered.clone()).unwrap().replace("test_merchant", "somebody_else");
    let settled = process.settle(file.name, of_another.as_bytes()).await;
    assert!(matches!(settled, Err(SettleFileError::Reconcile(ReconcileError::OtherMerchant))), "{settled:?}");
    let settled = process.settle(file.name, &fs::read(&file.path).unwrap()).await;
    assert!(matches!(settled, Err(SettleFileError::Reconcile(ReconcileError::NotAnswered))), "{settled:?}");
    assert_eq!(process.of(&pay_id).await.done, 0);

    for file in [&file, &other] {
        assert!(process.settle(file.name, &shop.answer_of(&file.path)).await.unwrap().all_paid_back());
    }
}

/// Its HEAD is the same.
#[tokio::test]
async fn the_answer_of_another_file_of_the_same_day_settles_nothing() {
    let (shop, pay_id, file) = Shop::with_a_file().await;
    let other = the_answer_of_another_file_settles_nothing(&shop, pay_id, &file, today()).await;
    for file in [&file, &other] {
        assert!(shop.process.settle(file.name, &shop.answer_of(&file.path)).await.unwrap().all_paid_back());
    }
}

/// Makes another file, of this day, and settles each of the two by the other's answer.
async fn the_answer_of_another_file_settles_nothing(
    shop: &Shop,
    pay_id: PayId,
    file: &Written,
    date: BatchDate,
) -> Written {
    let process = &shop.process;
    let other_pay_id = shop.paid("order-2").await;
    let _begun = process.begin(other_pay_id, "s-1", 600).await.unwrap();
    let other = process.files.write(date, 10_000).await.unwrap().unwrap();
    let answers = [shop.answered(&file.path, &[]), shop.answered(&other.path, &[])];
    for (name, answered) in [(file.name, &answers[1]), (other.name, &answers[0])] {
        let settled = process.settle(name, answered).await;
        assert!(matches!(settled, Err(SettleFileError::NotWhole)), "{name}: {settled:?}");
    }
    for pay_id in [pay_id, other_pay_id] {
        let rows = process.of(&pay_id).await.rows;
        assert!(rows.iter().all(|row| row.state == RefundState::Sent && row.note.is_none()), "{rows:?}");
    }
    other
}
