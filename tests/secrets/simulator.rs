//! The types of `gateway-simulator`: what Paygate's stand-in remembers of payments.

use crate::canary::{CENTS, NAME, merchant};
use crate::exhibit;
use crate::shown::Shown;
use gateway_simulator::paygate::{
    AmountEnding, BatchEffect, BatchError, BatchRule, BatchRules, DriveError, Fault, Simulator, State, Visit,
    VisitError, WithoutPayments,
};
use paygate::follow_ups::credit::CreditRequest;
use paygate::trustly::Urls;
use paygate::{Call, CallbackUrl, Currency, FirstName, HttpRequest, Money, testing};
use std::io::Cursor;

pub(crate) async fn show(shown: &mut Shown) {
    let builder = Simulator::builder(merchant()).clock_by_hand().fault(Fault::Doubled);
    exhibit!(shown, builder);
    let simulator = builder.start().unwrap();
    let merchant = simulator.merchant();
    // The simulator has no such pages: the browser comes back to one that is not there. At the notify's nobody listens.
    let url = |path: &str| CallbackUrl::new(format!("{}/{path}", simulator.url())).unwrap();
    let notify = CallbackUrl::new("http://127.0.0.1:9/canary-token").unwrap();
    let urls = Urls { success: url("s"), failure: url("f"), notify };
    let mut request = testing::request_builder("order-1", CENTS, &urls).build();
    request.first_name = FirstName::new(NAME).unwrap();
    let sealed = merchant.seal(&request).unwrap();
    exhibit!(shown, simulator, sealed.redirect);
    let visit = simulator.visit(&sealed.redirect).await.unwrap();
    exhibit!(shown, visit);
    let Visit::Bank(bank) = visit else { panic!("at the bank") };
    exhibit!(shown, bank);
    exhibit!(shown, bank.approve().await.unwrap());
    simulator.idle().await;
    let payment = simulator.transaction(&request.trans_id).unwrap();
    let money = Money::new(CENTS, Currency::EUR).unwrap();
    let credit = CreditRequest::builder(payment.pay_id, "credit-1".parse().unwrap(), money).build();
    simulator.carry(merchant.credit(&credit).unwrap().request()).await.unwrap();
    let payment = simulator.transaction(&request.trans_id).unwrap();
    exhibit!(
        shown,
        payment,
        payment.credits.first().cloned().unwrap(),
        payment.result.unwrap(),
        payment.faults
    );
    let deliveries = simulator.deliveries(&payment.pay_id);
    assert!(!deliveries.is_empty());
    for delivery in deliveries {
        for attempt in &delivery.attempts {
            exhibit!(shown, *attempt);
            if let Some(answer) = &attempt.answer {
                exhibit!(shown, *answer);
            }
        }
        exhibit!(shown, delivery);
    }
    let form = testing::seal_text(
        &merchant,
        format!("FirstName={NAME}&Amount={CENTS}x&URLNotify={NAME}").as_bytes(),
    );
    let body = format!("MerchantID={}&{}", merchant.id(), form.unwrap());
    let url = format!("{}/trustly.aspx", simulator.url());
    drop(simulator.carry(&HttpRequest::post(url, "application/x-www-form-urlencoded", body)).await);
    assert!(!simulator.refused().is_empty());
    for refused in simulator.refused() {
        exhibit!(shown, refused);
    }
    exhibit!(shown, DriveError::Already(State::Paid), VisitError::Stopped, Fault::Doubled);
    let nobody = HttpRequest::post("http://127.0.0.1:9/canary-token", "text/plain", NAME);
    exhibit!(shown, simulator.carry(&nobody).await.unwrap_err());
    let file = format!("HEAD,{NAME},20261122,1.0,\nTrustly,EUR,{CENTS}x\n");
    let refused = simulator.batch(Cursor::new(file), Vec::new(), &BatchRules::default());
    exhibit!(shown, refused.unwrap_err());
    batch(shown);
}

fn batch(shown: &mut Shown) {
    let answer = "every=2:FAILED/21550053".parse::<BatchRule>().unwrap();
    let BatchRule::Where(condition, effect) = answer.clone() else { panic!("it has a condition") };
    // What the person who tests has told it.
    if let BatchRule::Where(condition, _) = "amount-at-least=100:drop".parse().unwrap() {
        exhibit!(shown, condition);
    }
    let BatchEffect::Answer(told) = effect else { panic!("it has an answer") };
    exhibit!(shown, condition, effect, told, answer, [answer.clone()].into_iter().collect::<BatchRules>());
    exhibit!(shown, WithoutPayments::of_anybody(), AmountEnding::new("99").unwrap());
    for refused in [
        format!("amount-at-least={CENTS}x:drop"),
        format!("amount-ends={NAME}:drop"),
        format!("slave={NAME}{NAME}{NAME}{NAME}:drop"),
        format!("{NAME}:drop"),
        NAME.to_owned(),
        format!("every=2:{NAME}"),
    ] {
        exhibit!(shown, refused.parse::<BatchRule>().unwrap_err());
    }
    // The path is the caller's own.
    exhibit!(shown, BatchError::Answered, BatchError::Taken("answered.dat".into()));
}
