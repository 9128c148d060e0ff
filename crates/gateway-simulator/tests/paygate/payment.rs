//! A payment from the shop's redirect to its result.

use crate::shop::Shop;
use gateway_simulator::paygate::{Choice, Fault, Settlement, Simulator, State, Visit, VisitError};
use paygate::{Charset, Custom, OrderDesc, Plain, Profile, ReqId, TextEncoding, TransId, UserData, testing};
use std::time::Duration;

fn simulator() -> Simulator {
    Simulator::builder(testing::merchant()).clock_by_hand().start().unwrap()
}

#[tokio::test]
async fn an_approved_payment_is_told_by_both_ways() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    let sealed = shop.sealed(&merchant, "order-1", 1999);
    let back = simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
    assert_eq!((back.status(), back.location()), (303, Some("/checking")));
    simulator.idle().await;
    let mut told: Vec<_> = shop
        .seen()
        .iter()
        .map(|seen| (seen.method.clone(), seen.path.clone(), seen.told(&sealed.expected, &merchant)))
        .collect();
    told.sort();
    let paid = "OK 00000000".to_owned();
    assert_eq!(
        told,
        [
            ("GET".to_owned(), "/success".to_owned(), paid.clone()),
            ("POST".to_owned(), "/notify".to_owned(), paid)
        ]
    );
    let [transaction] = &simulator.transactions()[..] else { panic!("one payment") };
    assert_eq!((transaction.state, transaction.acknowledged), (State::Paid, true));
}

#[tokio::test]
async fn each_choice_has_its_result() {
    let simulator = Simulator::builder(testing::merchant()).clock_by_hand().settle_by_hand().start().unwrap();
    let merchant = simulator.merchant();
    for (choice, path, told, state) in [
        (Choice::Approve, "/success", "OK 00000000", State::Paid),
        (Choice::Decline, "/failure", "FAILED 21550100", State::Failed),
        (Choice::Cancel, "/failure", "FAILED 21550053", State::Failed),
        (Choice::Processing, "/success", "AUTHORIZE_REQUEST 00000000", State::Open),
    ] {
        let shop = Shop::open();
        let sealed = shop.sealed(&merchant, choice.name(), 1999);
        let bank = simulator.visit_bank(&sealed.redirect).await.unwrap();
        bank.choose(choice).await.unwrap();
        simulator.idle().await;
        for seen in shop.seen() {
            assert_eq!(seen.told(&sealed.expected, &merchant), told);
        }
        assert_eq!(shop.seen().iter().filter(|seen| seen.path == path).count(), 1, "{choice:?}");
        assert_eq!(shop.notifies().len(), usize::from(state != State::Open), "{choice:?}");
        let trans_id = TransId::new(choice.name()).unwrap();
        assert_eq!(simulator.transaction(&trans_id).unwrap().state, state);
    }
}

#[tokio::test]
async fn a_closed_window_tells_nobody_and_leaves_the_payment_at_the_bank() {
    let (shop, simulator) = (Shop::open(), simulator());
    let sealed = shop.sealed(&simulator.merchant(), "order-1", 1999);
    let bank = simulator.visit_bank(&sealed.redirect).await.unwrap();
    bank.choose_and_leave(Choice::Close).await.unwrap();
    simulator.advance(Duration::from_secs(24 * 3600)).await;
    assert!(shop.seen().is_empty());
    assert_eq!(simulator.transactions()[0].state, State::AtBank);
}

#[tokio::test]
async fn a_payment_in_process_is_settled_by_time_or_by_hand_once() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    let sealed = shop.sealed(&merchant, "order-1", 1999);
    simulator.visit_bank(&sealed.redirect).await.unwrap().processing().await.unwrap();
    assert!(shop.notifies().is_empty());
    simulator.advance(Duration::from_secs(60)).await;
    assert_eq!(shop.notifies().len(), 1);
    assert_eq!(shop.notifies()[0].told(&sealed.expected, &merchant), "OK 00000000");
    let pay_id = simulator.transactions()[0].pay_id;
    let error = simulator.settle(&pay_id, Settlement::Failed).unwrap_err();
    assert_eq!(error.to_string(), "the payment is paid");
}

#[tokio::test]
async fn a_failed_payment_can_be_paid_after_all() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    let sealed = shop.sealed(&merchant, "order-1", 1999);
    simulator.visit_bank(&sealed.redirect).await.unwrap().decline().await.unwrap();
    simulator.idle().await;
    simulator.settle(&simulator.transactions()[0].pay_id, Settlement::Paid).unwrap();
    simulator.idle().await;
    let told: Vec<_> = shop.notifies().iter().map(|seen| seen.told(&sealed.expected, &merchant)).collect();
    assert_eq!(told, ["FAILED 21550100", "OK 00000000"]);
}

#[tokio::test]
async fn what_the_request_gave_to_be_echoed_comes_back() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    let request = shop
        .request("order-1", 1999)
        .user_data(UserData::new("für später|2").unwrap())
        .plain(Plain::new("shop 1").unwrap())
        .custom(Custom::new("a=1|b=x=y|V1").unwrap())
        .build();
    let sealed = merchant.seal(&request).unwrap();
    simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
    simulator.idle().await;
    for seen in shop.seen() {
        let form = if seen.query.is_empty() {
            String::from_utf8(seen.body.clone()).unwrap()
        } else {
            seen.query.clone()
        };
        assert!(form.ends_with("&a=1&b=x%3Dy&V1&Plain=shop%201"), "{form}");
        let callback = seen.open(&merchant).unwrap();
        assert_eq!(callback.unsigned().text("UserData").unwrap(), "für später|2");
    }
}

#[tokio::test]
async fn a_description_that_asks_for_simulation_skips_the_bank() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    for (code, told) in [("0000", "OK 00000000"), ("0305", "FAILED 21550305")] {
        let mut request = shop.request(&format!("order-{code}"), 1999).build();
        request.order_desc = OrderDesc::simulation(code, "2 × Earl Grey").unwrap();
        let sealed = merchant.seal(&request).unwrap();
        assert!(matches!(simulator.visit(&sealed.redirect).await.unwrap(), Visit::Back(_)));
        simulator.idle().await;
        assert_eq!(shop.notifies().last().unwrap().told(&sealed.expected, &merchant), told);
    }
}

#[tokio::test]
async fn a_repeated_req_id_returns_the_state_of_a_finished_payment_and_pays_an_open_one_again() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    let request = shop.request("order-1", 1999).req_id(ReqId::new("once").unwrap()).build();
    let sealed = merchant.seal(&request).unwrap();
    let first = simulator.visit_bank(&sealed.redirect).await.unwrap();
    // Not finished: the second is a payment of its own.
    let second = simulator.visit_bank(&sealed.redirect).await.unwrap();
    assert_eq!(simulator.transactions().len(), 2);
    drop(second);
    first.approve().await.unwrap();
    simulator.idle().await;
    let Visit::Back(back) = simulator.visit(&sealed.redirect).await.unwrap() else { panic!("finished") };
    assert_eq!(back.status(), 303);
    assert_eq!(simulator.transactions().len(), 2);
    let seen = shop.seen();
    let [first, again] = [0, 1].map(|at| {
        let mut browsers = seen.iter().filter(|seen| seen.path == "/success");
        *browsers.nth(at).unwrap().open(&merchant).unwrap().pay_id()
    });
    assert_eq!(first, again);
}

#[tokio::test]
async fn repeated_trans_ids_are_refused_only_where_that_was_asked_for() {
    let shop = Shop::open();
    let lenient = simulator();
    let strict =
        Simulator::builder(testing::merchant()).clock_by_hand().refuse_repeated_trans_ids().start().unwrap();
    for (simulator, bank) in [(&lenient, true), (&strict, false)] {
        let merchant = simulator.merchant();
        for repeated in [false, true] {
            let sealed = shop.sealed(&merchant, "order-1", 1999);
            let visit = simulator.visit(&sealed.redirect).await.unwrap();
            assert_eq!(matches!(visit, Visit::Bank(_)), !repeated || bank);
        }
    }
    assert_eq!(strict.refused()[0].code.unwrap().as_str(), "20170002");
}

#[tokio::test]
async fn several_accounts_are_told_apart_by_their_merchant_id() {
    let shop = Shop::open();
    let second = paygate::Merchant::new(
        paygate::MerchantId::new("second").unwrap(),
        paygate::KeyRing::new(paygate::KeyPair::new(
            paygate::EncryptionKey::aes_from_text("0123456789abcdef").unwrap(),
            paygate::MacKey::from_text("another mac key").unwrap(),
        )),
    );
    let simulator = Simulator::builder(testing::merchant()).merchant(second).clock_by_hand().start().unwrap();
    for merchant in simulator.merchants() {
        let sealed = shop.sealed(&merchant, "order-1", 1999);
        simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
        simulator.idle().await;
        let seen = shop.notifies().pop().unwrap();
        assert_eq!(seen.told(&sealed.expected, &merchant), "OK 00000000");
    }
}

#[test]
fn a_simulator_stops_when_it_is_dropped_and_its_port_is_free_again() {
    let simulator = simulator();
    let port: u16 = simulator.url().rsplit(':').next().unwrap().parse().unwrap();
    let taken = Simulator::builder(testing::merchant()).port(port).start();
    assert_eq!(taken.unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
    drop(simulator);
    assert!(std::net::TcpListener::bind(("127.0.0.1", port)).is_ok());
}

#[tokio::test]
async fn a_repeated_req_id_finds_the_attempt_that_was_finished_and_not_the_first_one() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    let request = shop.request("order-1", 1999).req_id(ReqId::new("once").unwrap()).build();
    let sealed = merchant.seal(&request).unwrap();
    simulator.visit_bank(&sealed.redirect).await.unwrap().close().await.unwrap();
    simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
    assert!(matches!(simulator.visit(&sealed.redirect).await.unwrap(), Visit::Back(_)));
    assert_eq!(simulator.transactions().len(), 2);
    let last = shop.seen().pop().unwrap();
    assert_eq!(last.told(&sealed.expected, &merchant), "OK 00000000");
}

#[tokio::test]
async fn a_reloaded_redirect_of_a_paid_order_is_no_repeated_trans_id() {
    let shop = Shop::open();
    let strict =
        Simulator::builder(testing::merchant()).clock_by_hand().refuse_repeated_trans_ids().start().unwrap();
    let sealed = shop.sealed(&strict.merchant(), "order-1", 1999);
    strict.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
    strict.visit(&sealed.redirect).await.unwrap();
    assert!(strict.refused().is_empty());
}

#[tokio::test]
async fn a_payment_is_settled_once_however_many_try() {
    for _ in 0..50 {
        let shop = Shop::open();
        let simulator = simulator();
        let sealed = shop.sealed(&simulator.merchant(), "order-1", 1999);
        simulator.visit_bank(&sealed.redirect).await.unwrap().processing().await.unwrap();
        let pay_id = simulator.transactions()[0].pay_id;
        let settled = std::thread::scope(|scope| {
            let tries: Vec<_> =
                (0..8).map(|_| scope.spawn(|| simulator.settle(&pay_id, Settlement::Paid))).collect();
            tries.into_iter().flat_map(|one| one.join().unwrap()).count()
        });
        simulator.idle().await;
        assert_eq!((settled, shop.notifies().len()), (1, 1));
    }
}

#[tokio::test]
async fn what_was_settled_by_hand_is_not_settled_again_in_time() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    let sealed = shop.sealed(&merchant, "order-1", 1999);
    simulator.visit_bank(&sealed.redirect).await.unwrap().processing().await.unwrap();
    simulator.settle(&simulator.transactions()[0].pay_id, Settlement::Failed).unwrap();
    simulator.advance(Duration::from_secs(3600)).await;
    let told: Vec<_> = shop.notifies().iter().map(|seen| seen.told(&sealed.expected, &merchant)).collect();
    assert_eq!(told, ["FAILED 21550051"]);
}

#[tokio::test]
async fn where_a_visit_does_not_lead_to_the_bank_the_error_says_so() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    let sealed = shop.sealed(&merchant, "order-1", 1999);
    let bank = simulator.visit_bank(&sealed.redirect).await.unwrap();
    let other_tab = simulator.visit_bank(&sealed.redirect).await.unwrap();
    bank.approve().await.unwrap();
    let error = simulator.visit_bank(&sealed.redirect).await.unwrap_err();
    assert!(matches!(error, VisitError::NotTheBank(_)), "{error}");
    simulator.set_faults([Fault::NotifyOnly]);
    other_tab.choose_and_leave(Choice::Approve).await.unwrap();
    let third = shop.sealed(&merchant, "order-3", 1999);
    let error = simulator.visit_bank(&third.redirect).await.unwrap().approve().await.unwrap_err();
    assert_eq!(error, VisitError::NoWayBack);
}

#[tokio::test]
async fn an_account_that_speaks_utf_8_is_answered_in_utf_8() {
    for encoding in [TextEncoding::Utf8LenInBytes, TextEncoding::Utf8LenInChars] {
        let shop = Shop::open();
        let profile = Profile::default().with_text_encoding(encoding).with_charset(Charset::Utf8);
        let account = testing::merchant().with_profile(profile);
        let simulator = Simulator::builder(account).clock_by_hand().start().unwrap();
        let merchant = simulator.merchant();
        let request = shop.request("order-1", 1999).user_data(UserData::new("für später").unwrap()).build();
        let sealed = merchant.seal(&request).unwrap();
        simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
        simulator.idle().await;
        for seen in shop.seen() {
            assert_eq!(seen.open(&merchant).unwrap().unsigned().text("UserData").unwrap(), "für später");
        }
    }
}

#[tokio::test]
async fn a_description_that_only_begins_with_test_is_a_description() {
    let shop = Shop::open();
    let simulator = Simulator::builder(testing::merchant()).clock_by_hand().no_simulation().start().unwrap();
    let mut request = shop.request("order-1", 1999).build();
    request.order_desc = OrderDesc::simulation("0000", "2 × Earl Grey").unwrap();
    let sealed = simulator.merchant().seal(&request).unwrap();
    assert!(matches!(simulator.visit(&sealed.redirect).await.unwrap(), Visit::Bank(_)));
}
