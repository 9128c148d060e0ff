//! Calls from server to server: credit, inquire, inquire24.

use crate::shop::Shop;
use gateway_simulator::paygate::{Fault, Simulator};
use paygate::follow_ups::credit::CreditRequest;
use paygate::follow_ups::inquire::InquireRequest;
use paygate::follow_ups::inquire24::Inquire24Request;
use paygate::{
    Amounts, Call, CreditState, Currency, Merchant, Money, PayId, ReqId, TransId, WithoutMac,
    follow_ups::Credit, testing,
};
use std::time::Duration;

fn eur(cents: u64) -> Money {
    Money::new(cents, Currency::EUR).unwrap()
}

struct Paid {
    simulator: Simulator,
    merchant: Merchant,
    pay_id: PayId,
    shop: Shop,
}

/// A payment of 19.99 EUR, whose notify the shop answered with this status.
async fn paid(notify: u16) -> Paid {
    let shop = Shop::open();
    let simulator = Simulator::builder(testing::merchant())
        .clock_by_hand()
        .slowness(Duration::from_millis(80))
        .start()
        .unwrap();
    let merchant = simulator.merchant();
    shop.answers([notify]);
    let sealed = shop.sealed(&merchant, "order-1", 1999);
    simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
    simulator.idle().await;
    let pay_id = simulator.transactions()[0].pay_id;
    Paid { simulator, merchant, pay_id, shop }
}

impl Paid {
    async fn credit(&self, trans_id: &str, money: Money) -> WithoutMac<Credit> {
        self.credit_as(trans_id, money, &ReqId::random().unwrap()).await
    }

    async fn credit_as(&self, trans_id: &str, money: Money, req_id: &ReqId) -> WithoutMac<Credit> {
        let trans_id = TransId::new(trans_id).unwrap();
        let request = CreditRequest::builder(self.pay_id, trans_id, money).req_id(*req_id).build();
        let call = self.merchant.credit(&request).unwrap();
        call.read(&self.simulator.carry(call.request()).await.unwrap()).unwrap()
    }

    async fn amounts(&self) -> Amounts {
        let request = InquireRequest::new(self.pay_id, TransId::new("order-1").unwrap());
        let call = self.merchant.inquire(&request).unwrap();
        let by_pay_id = call.read(&self.simulator.carry(call.request()).await.unwrap()).unwrap();
        let call = self.merchant.inquire24(&Inquire24Request::new(TransId::new("order-1").unwrap())).unwrap();
        let by_trans_id = call.read(&self.simulator.carry(call.request()).await.unwrap()).unwrap();
        let amounts = by_pay_id.amounts().unwrap();
        assert_eq!(amounts, by_trans_id.amounts().unwrap());
        amounts
    }
}

#[tokio::test]
async fn credits_are_limited_to_what_was_captured() {
    let paid = paid(200).await;
    assert_eq!(paid.credit("refund-1", eur(999)).await.state(), CreditState::Done);
    let refused = paid.credit("refund-2", eur(1001)).await;
    assert_eq!(refused.code().as_str(), "21550957");
    assert_eq!(paid.credit("refund-3", eur(1000)).await.state(), CreditState::Done);
    assert_eq!(paid.credit("refund-4", eur(1)).await.code().as_str(), "21550958");
    let amounts = paid.amounts().await;
    assert_eq!(amounts.captured_of(eur(1999)), paygate::Share::Whole);
    assert_eq!(paid.simulator.transactions()[0].credited(), 1999);
}

#[tokio::test]
async fn no_credit_before_the_first_notify_was_answered() {
    let paid = paid(500).await;
    assert_eq!(paid.credit("refund-1", eur(999)).await.code().as_str(), "20400065");
    paid.simulator.advance(Duration::from_secs(60)).await;
    assert_eq!(paid.shop.notifies().len(), 2);
    assert_eq!(paid.credit("refund-2", eur(999)).await.state(), CreditState::Done);
}

#[tokio::test]
async fn the_same_req_id_gives_money_back_once() {
    let paid = paid(200).await;
    let req_id = ReqId::random().unwrap();
    let first = paid.credit_as("refund-1", eur(500), &req_id).await;
    let again = paid.credit_as("refund-1", eur(500), &req_id).await;
    assert_eq!((first.state(), again.state()), (CreditState::Done, CreditState::Done));
    assert_eq!(paid.simulator.transactions()[0].credited(), 500);
}

#[tokio::test]
async fn a_credit_of_another_currency_or_of_no_payment_is_refused() {
    let paid = paid(200).await;
    let money = Money::new(500, Currency::GBP).unwrap();
    assert_eq!(paid.credit("refund-1", money).await.code().as_str(), "20120006");
    let nobody = PayId::new(&"0".repeat(32)).unwrap();
    let request = CreditRequest::builder(nobody, TransId::new("refund-2").unwrap(), eur(500)).build();
    let call = paid.merchant.credit(&request).unwrap();
    let answer = call.read(&paid.simulator.carry(call.request()).await.unwrap()).unwrap();
    assert_eq!(answer.code().as_str(), "20160001");
    assert_eq!(paid.simulator.transactions()[0].credited(), 0);
}

#[tokio::test]
async fn nothing_is_captured_while_a_payment_is_open() {
    let (shop, simulator) =
        (Shop::open(), Simulator::builder(testing::merchant()).clock_by_hand().start().unwrap());
    let merchant = simulator.merchant();
    let sealed = shop.sealed(&merchant, "order-1", 1999);
    simulator.visit_bank(&sealed.redirect).await.unwrap().processing().await.unwrap();
    let pay_id = simulator.transactions()[0].pay_id;
    let paid = Paid { simulator, merchant, pay_id, shop };
    assert_eq!(paid.amounts().await.captured_of(eur(1999)), paygate::Share::Nothing);
    assert_eq!(paid.credit("refund-1", eur(999)).await.code().as_str(), "20600069");
}

#[tokio::test]
async fn an_unknown_trans_id_is_a_failed_inquiry() {
    let paid = paid(200).await;
    let request = Inquire24Request::new(TransId::new("nobody").unwrap());
    let call = paid.merchant.inquire24(&request).unwrap();
    let answer = call.read(&paid.simulator.carry(call.request()).await.unwrap());
    // No PayID can stand in it; the code is told all the same.
    let code = answer.map_or_else(|error| error.code(), |answer| Some(answer.code()));
    assert_eq!(code.unwrap().as_str(), "20160002");
}

#[tokio::test]
async fn an_answer_that_comes_drop_by_drop_is_whole_and_one_that_breaks_off_is_no_answer() {
    let paid = paid(200).await;
    paid.simulator.set_faults([Fault::Slow]);
    assert_eq!(paid.credit("refund-1", eur(500)).await.state(), CreditState::Done);
    paid.simulator.set_faults([Fault::Broken]);
    let trans_id = TransId::new("refund-2").unwrap();
    let call =
        paid.merchant.credit(&CreditRequest::builder(paid.pay_id, trans_id, eur(500)).build()).unwrap();
    assert!(paid.simulator.carry(call.request()).await.is_err());
    // What happened is unknown to the shop: it was carried out.
    paid.simulator.set_faults([]);
    assert_eq!(paid.simulator.transactions()[0].credited(), 1000);
    let answer = call.read(&paid.simulator.carry(call.request()).await.unwrap()).unwrap();
    assert_eq!(answer.state(), CreditState::Done);
    assert_eq!(paid.simulator.transactions()[0].credited(), 1000);
}

#[tokio::test]
async fn a_locked_credit_may_be_sent_again_under_its_req_id() {
    let paid = paid(500).await;
    let req_id = ReqId::random().unwrap();
    assert_eq!(paid.credit_as("refund-1", eur(999), &req_id).await.code().as_str(), "20400065");
    paid.simulator.advance(Duration::from_secs(60)).await;
    assert_eq!(paid.credit_as("refund-1", eur(999), &req_id).await.state(), CreditState::Done);
}

#[tokio::test]
async fn a_credit_under_the_req_id_of_an_unfinished_payment_is_carried_out_once() {
    let paid = paid(200).await;
    let req_id = ReqId::random().unwrap();
    let request = paid.shop.request("order-2", 500).req_id(req_id).build();
    let sealed = paid.merchant.seal(&request).unwrap();
    paid.simulator.visit_bank(&sealed.redirect).await.unwrap().close().await.unwrap();
    for _ in 0..2 {
        assert_eq!(paid.credit_as("refund-1", eur(500), &req_id).await.state(), CreditState::Done);
    }
    assert_eq!(paid.simulator.payment(&paid.pay_id).unwrap().credited(), 500);
}

#[tokio::test]
async fn concurrent_credits_never_give_back_more_than_was_captured() {
    let paid = paid(200).await;
    let credits = (0..40).map(|number| {
        let paid = &paid;
        async move { paid.credit(&format!("refund-{number}"), eur(100)).await.state() }
    });
    let states = futures_util::future::join_all(credits).await;
    assert_eq!(states.iter().filter(|state| **state == CreditState::Done).count(), 19);
    assert_eq!(paid.simulator.payment(&paid.pay_id).unwrap().credited(), 1900);
}

#[tokio::test]
async fn answers_come_shuffled_with_a_parameter_that_no_page_knows() {
    let paid = paid(200).await;
    let mut orders = std::collections::BTreeSet::new();
    for _ in 0..10 {
        let call = paid.merchant.inquire24(&Inquire24Request::new(TransId::new("order-1").unwrap())).unwrap();
        let response = paid.simulator.carry(call.request()).await.unwrap();
        let request = paygate::HttpRequest::post("http://x", "text/plain", response.body().to_vec());
        let names = testing::sent_in(&paid.merchant, &request).unwrap();
        let names: Vec<_> = names.into_iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        assert!(names.contains(&"newparameter".to_owned()), "{names:?}");
        orders.insert(names);
    }
    assert!(orders.len() > 5);
}
