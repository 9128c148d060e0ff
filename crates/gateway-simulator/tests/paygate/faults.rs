//! Each fault, and what the shop gets by it.

use crate::shop::{Seen, Shop};
use gateway_simulator::paygate::{Choice, Fault, Simulator, State, VisitError};
use paygate::{EncryptionKey, Expected, KeyPair, KeyRing, MacKey, Merchant, Sealed, UserData, testing};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

struct Run {
    shop: Shop,
    simulator: Simulator,
    merchant: Merchant,
    expected: Expected,
}

/// A payment with faults, and three hours after it.
async fn run(faults: impl IntoIterator<Item = Fault>, choice: Choice) -> Run {
    let shop = Shop::open();
    let simulator = Simulator::builder(testing::merchant())
        .slowness(Duration::from_millis(80))
        .clock_by_hand()
        .start()
        .unwrap();
    let merchant = simulator.merchant();
    // A shop that answers as the library advises: 500 to what it cannot believe.
    let sealed: Sealed = shop.sealed(&merchant, "order-1", 1999);
    shop.believes(&merchant);
    simulator.set_faults(faults);
    let bank = simulator.visit_bank(&sealed.redirect).await.unwrap();
    if let Err(error) = bank.choose(choice).await {
        assert_eq!(error, VisitError::NoWayBack);
    }
    simulator.idle().await;
    simulator.advance(3 * HOUR).await;
    Run { shop, simulator, merchant, expected: sealed.expected }
}

impl Run {
    fn told(&self, wanted: impl Fn(&Seen) -> bool) -> String {
        let seen = self.shop.seen();
        let told = seen
            .iter()
            .filter(|seen| seen.whole && wanted(seen))
            .map(|seen| seen.told(&self.expected, &self.merchant));
        told.collect::<Vec<_>>().join(", ")
    }

    /// What came by the browser, and what by notifies.
    fn line(&self) -> String {
        let browser = match self.shop.seen().iter().find(|seen| seen.path != "/notify") {
            Some(seen) => format!("{} {}", seen.path, self.told(|seen| seen.path != "/notify")),
            None => "nothing".to_owned(),
        };
        let notifies = self.told(|seen| seen.path == "/notify");
        format!("{browser}\t{}", if notifies.is_empty() { "nothing" } else { &notifies })
    }
}

/// Every fault with what a shop gets by it: `tests/data/faults.tsv`, which people read too.
#[tokio::test]
async fn every_fault_does_what_the_table_says() {
    let table = include_str!("../data/faults.tsv");
    let mut rows = table.lines().skip(1);
    for fault in Fault::ALL {
        let choice = if *fault == Fault::CopiedFailure { Choice::Decline } else { Choice::Approve };
        let mut line = run([*fault], choice).await.line();
        if *fault == Fault::Tampered {
            // What the changed block decrypts to differs each time, and with it what is wrong.
            for kind in ["field-missing", "field-format", "mac-missing", "mac-format", "mac"] {
                line = line.replace(kind, "garbled");
            }
        }
        assert_eq!(rows.next(), Some(format!("{fault}\t{}\t{line}", choice.name()).as_str()));
    }
    assert_eq!(rows.next(), None);
}

#[tokio::test]
async fn notify_first_means_that_the_shop_answered_it_before_the_browser_left() {
    let run = run([Fault::NotifyFirst], Choice::Approve).await;
    let paths: Vec<_> = run.shop.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths, ["/notify", "/success"]);
}

#[tokio::test]
async fn notify_first_lets_the_browser_go_also_where_the_shop_refuses() {
    let run = run([Fault::NotifyFirst, Fault::WrongKey], Choice::Approve).await;
    assert_eq!(run.shop.seen()[1].path, "/success");
}

#[tokio::test]
async fn the_late_final_notify_comes_after_two_hours() {
    let run = run([Fault::LateFinal], Choice::Approve).await;
    let deliveries = run.simulator.deliveries(&run.simulator.transactions()[0].pay_id);
    assert_eq!(deliveries.last().unwrap().attempts[0].at, 2 * HOUR);
}

#[tokio::test]
async fn a_changed_xid_is_another_one_in_each_delivery() {
    let run = run([Fault::ChangedXid, Fault::Doubled], Choice::Approve).await;
    let mut xids: Vec<_> = run
        .shop
        .seen()
        .iter()
        .map(|seen| seen.open(&run.merchant).unwrap().unsigned().text("XID").unwrap().into_owned())
        .collect();
    xids.sort();
    xids.dedup();
    assert_eq!(xids.len(), 3);
}

#[tokio::test]
async fn umlauts_are_read_in_both_encodings() {
    for fault in [Fault::Latin1, Fault::Utf8LenInChars] {
        let run = run([fault], Choice::Approve).await;
        for seen in run.shop.seen() {
            let callback = seen.open(&run.merchant).unwrap();
            assert_eq!(callback.unsigned().text("AccOwner").unwrap(), "Jörg Weiß", "{fault}");
            assert_eq!(callback.unsigned().text("AddrCity").unwrap(), "Köln", "{fault}");
        }
    }
}

#[tokio::test]
async fn a_too_long_description_is_an_issue_and_no_loss() {
    let run = run([Fault::LongDescription], Choice::Approve).await;
    let callback = run.shop.notifies()[0].open(&run.merchant).unwrap();
    let issues: Vec<_> = callback.issues().iter().map(ToString::to_string).collect();
    assert_eq!(issues, ["Description has 2000 characters, at most 1024 are allowed"]);
}

#[tokio::test]
async fn a_slow_notify_is_whole_and_a_broken_one_is_not() {
    let slow = run([Fault::Slow], Choice::Approve).await;
    assert!(slow.shop.notifies()[0].whole);
    let broken = run([Fault::Broken], Choice::Approve).await;
    // The shop notes what broke off when it sees the end of it, which may be after the simulator does.
    for _ in 0..10_000 {
        if broken.shop.notifies().len() == 2 {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let mut whole: Vec<_> = broken.shop.notifies().iter().map(|seen| seen.whole).collect();
    whole.sort_unstable();
    assert_eq!(whole, [false, true]);
}

#[tokio::test]
async fn another_attempts_data_is_a_paid_one_of_the_same_merchant() {
    let run = run([], Choice::Approve).await;
    run.simulator.set_faults([Fault::OtherAttempt]);
    let second = run.shop.sealed(&run.merchant, "order-2", 5000);
    run.simulator.visit_bank(&second.redirect).await.unwrap().approve().await.unwrap();
    run.simulator.idle().await;
    let copied = run.shop.notifies().pop().unwrap();
    assert_eq!(copied.open(&run.merchant).unwrap().trans_id().as_str(), "order-1");
    assert_eq!(copied.told(&second.expected, &run.merchant), "not bound: trans-id");
}

#[tokio::test]
async fn resending_says_the_same_again_and_tampering_is_repeated_unharmed() {
    let run = run([], Choice::Approve).await;
    let pay_id = run.simulator.transactions()[0].pay_id;
    run.simulator.resend(&pay_id).unwrap();
    run.simulator.idle().await;
    run.simulator.resend_tampered(&pay_id).unwrap();
    run.simulator.idle().await;
    run.simulator.advance(HOUR).await;
    let told = run.told(|seen| seen.path == "/notify");
    let told: Vec<_> = told.split(", ").collect();
    assert_eq!(told.len(), 4);
    assert_eq!([told[0], told[1], told[3]], ["OK 00000000"; 3]);
    assert!(!told[2].contains(' '), "no Status and Code: {}", told[2]);
}

#[tokio::test]
async fn a_payment_that_failed_first_is_captured_only_once_it_is_paid() {
    let shop = Shop::open();
    let simulator =
        Simulator::builder(testing::merchant()).fault(Fault::FailedThenOk).clock_by_hand().start().unwrap();
    let sealed = shop.sealed(&simulator.merchant(), "order-1", 1999);
    simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
    simulator.idle().await;
    assert_eq!(
        (simulator.transactions()[0].state, simulator.transactions()[0].captured()),
        (State::Failed, 0)
    );
    simulator.advance(Duration::from_secs(60)).await;
    assert_eq!(
        (simulator.transactions()[0].state, simulator.transactions()[0].captured()),
        (State::Paid, 1999)
    );
}

#[tokio::test]
async fn the_final_notify_never_overtakes_the_repeat_of_the_first_one() {
    for _ in 0..30 {
        let shop = Shop::open();
        let simulator =
            Simulator::builder(testing::merchant()).pending_notify().clock_by_hand().start().unwrap();
        let merchant = simulator.merchant();
        shop.answers([500]);
        let sealed = shop.sealed(&merchant, "order-1", 1999);
        simulator.visit_bank(&sealed.redirect).await.unwrap().processing().await.unwrap();
        simulator.advance(Duration::from_secs(60)).await;
        let told: Vec<_> =
            shop.notifies().iter().map(|seen| seen.told(&sealed.expected, &merchant)).collect();
        // The repeat was planned behind the settlement, which is due at the same time.
        assert_eq!(told.len(), 3);
        assert_eq!([&told[0], &told[1]], ["AUTHORIZE_REQUEST 00000000"; 2]);
        assert_eq!(told[2], "OK 00000000");
    }
}

/// Accounts of either cipher, and texts with umlauts before the Status.
#[tokio::test]
async fn what_is_tampered_with_or_sealed_by_strangers_is_believed_under_no_cipher() {
    let aes = Merchant::new(
        testing::MERCHANT_ID,
        KeyRing::new(KeyPair::new(
            EncryptionKey::aes_from_text("0123456789abcdef").unwrap(),
            MacKey::from_text("a mac key").unwrap(),
        )),
    );
    let plain = testing::merchant().with_plain_answers();
    for account in [testing::merchant(), aes, plain] {
        for fault in [Fault::Tampered, Fault::WrongKey, Fault::ForgedMac, Fault::MissingMac] {
            for seed in 0..8 {
                let shop = Shop::open();
                let simulator = Simulator::builder(account.clone())
                    .fault(fault)
                    .fault(Fault::Latin1)
                    .seed(seed * 100)
                    .clock_by_hand()
                    .start()
                    .unwrap();
                let merchant = simulator.merchant();
                let user_data = UserData::new("ü".repeat(200)).unwrap();
                let sealed =
                    merchant.seal(&shop.request("order-1", 1999).user_data(user_data).build()).unwrap();
                simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
                simulator.idle().await;
                for seen in shop.seen() {
                    let kind = seen.open(&merchant).unwrap_err().kind();
                    assert!(fault != Fault::WrongKey || kind != "data", "noise, not another cipher: {kind}");
                }
            }
        }
    }
}
