//! When notifies are sent, repeated and given up.

use crate::shop::Shop;
use gateway_simulator::paygate::{Answer, Simulator};
use paygate::testing;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_notify_is_repeated_eight_times_after_the_cube_of_its_number_in_minutes() {
    let shop = Shop::open();
    let simulator = Simulator::builder(testing::merchant()).clock_by_hand().start().unwrap();
    shop.answers([500, 404, 302, 199 + 1 + 300, 503, 500, 500, 500, 500, 500, 500]);
    let sealed = shop.sealed(&simulator.merchant(), "order-1", 1999);
    simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
    simulator.idle().await;
    let mut waited = 0;
    for repeat in 1..=8_u32 {
        assert_eq!(shop.notifies().len(), repeat as usize);
        let second = Duration::from_secs(1);
        simulator.advance((MINUTE * repeat.pow(3)).checked_sub(second).unwrap()).await;
        assert_eq!(shop.notifies().len(), repeat as usize, "a second too early");
        simulator.advance(second).await;
        waited += repeat.pow(3);
    }
    assert_eq!(waited, 21 * 60 + 36);
    simulator.advance(MINUTE * 100_000).await;
    assert_eq!(shop.notifies().len(), 9);
    let transaction = &simulator.transactions()[0];
    assert!(!transaction.acknowledged);
    let notify = simulator.deliveries(&transaction.pay_id).pop().unwrap();
    assert_eq!(notify.attempts[8].at, MINUTE * waited);
    assert_eq!(notify.attempts[1].answer, Some(Answer::Status(404)));
    assert_eq!(notify.next, None);
}

#[tokio::test]
async fn one_jump_of_the_clock_makes_all_repeats_that_fall_into_it() {
    let shop = Shop::open();
    let simulator = Simulator::builder(testing::merchant()).clock_by_hand().start().unwrap();
    shop.answers([500; 9]);
    let sealed = shop.sealed(&simulator.merchant(), "order-1", 1999);
    simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
    simulator.advance(MINUTE * 40).await;
    assert_eq!(shop.notifies().len(), 4); // at once, and after 1, 9 and 36 minutes
}

#[tokio::test]
async fn any_status_of_200_to_299_stops_the_repeats() {
    for status in [200, 201, 204, 299] {
        let shop = Shop::open();
        let simulator = Simulator::builder(testing::merchant()).clock_by_hand().start().unwrap();
        shop.answers([500, status]);
        let sealed = shop.sealed(&simulator.merchant(), "order-1", 1999);
        simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
        simulator.advance(MINUTE * 10_000).await;
        assert_eq!(shop.notifies().len(), 2, "{status}");
        assert!(simulator.transactions()[0].acknowledged);
    }
}

#[tokio::test]
async fn a_notify_is_a_post_of_a_form_that_declares_iso_8859_1_and_no_referer() {
    let shop = Shop::open();
    let simulator = Simulator::builder(testing::merchant()).clock_by_hand().start().unwrap();
    let sealed = shop.sealed(&simulator.merchant(), "order-1", 1999);
    simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
    simulator.idle().await;
    let [notify] = &shop.notifies()[..] else { panic!("one notify") };
    assert_eq!((notify.method.as_str(), notify.query.as_str()), ("POST", ""));
    let content_type = notify.header("content-type");
    assert_eq!(content_type, Some("application/x-www-form-urlencoded; charset=iso-8859-1"));
    assert_eq!(notify.header("referer"), None);
}

#[tokio::test]
async fn pending_notify_sends_the_standard_parameters_first_and_the_final_result_later() {
    let shop = Shop::open();
    let simulator = Simulator::builder(testing::merchant()).pending_notify().clock_by_hand().start().unwrap();
    let merchant = simulator.merchant();
    let sealed = shop.sealed(&merchant, "order-1", 1999);
    simulator.visit_bank(&sealed.redirect).await.unwrap().processing().await.unwrap();
    simulator.advance(MINUTE).await;
    let [first, last] = &shop.notifies()[..] else { panic!("two notifies") };
    assert_eq!(first.told(&sealed.expected, &merchant), "AUTHORIZE_REQUEST 00000000");
    assert_eq!(last.told(&sealed.expected, &merchant), "OK 00000000");
    let has_owner =
        |seen: &crate::shop::Seen| seen.open(&merchant).unwrap().unsigned().text("AccOwner").is_some();
    assert!(!has_owner(first) && has_owner(last));
}

#[tokio::test]
async fn a_shop_that_cannot_be_reached_gets_its_repeats_too() {
    let simulator = Simulator::builder(testing::merchant()).clock_by_hand().start().unwrap();
    // Port 1 of loopback: nobody listens there.
    let url = |path: &str| paygate::CallbackUrl::new(format!("http://127.0.0.1:1/{path}")).unwrap();
    let mut request = testing::request("order-1", 1999);
    (request.url_success, request.url_failure, request.url_notify) =
        (url("success"), url("failure"), url("notify"));
    let sealed = simulator.merchant().seal(&request).unwrap();
    let bank = simulator.visit_bank(&sealed.redirect).await.unwrap();
    bank.choose_and_leave(gateway_simulator::paygate::Choice::Approve).await.unwrap();
    simulator.advance(MINUTE).await;
    let notify = simulator.deliveries(&simulator.transactions()[0].pay_id).pop().unwrap();
    assert_eq!(notify.attempts.len(), 2);
    assert!(matches!(notify.attempts[0].answer, Some(Answer::Unreachable(_))));
    assert_eq!(notify.next, Some(MINUTE * 9));
}
