//! The reconciler: asks Paygate about payments of whose end it has told nothing, and writes down what it answers.
//!
//! A notify may never come, and a browser may never return. That an order was abandoned is nothing that anybody tells, so there is
//! no state for it: the shop asks, by the PayID where a callback has told it and else by the TransID, and the amounts decide.
//! Status and Code of an answer are about the inquiry alone.

mod judge;
pub(crate) mod schedule;

pub(crate) use judge::{Judged, judge};

use crate::app::Shared;
use crate::store::{Answer, Asked, Told};
use actix_web::rt::time::sleep;
use gateway_http::CallError;
use paygate::follow_ups::inquire::{InquireRequest, InquireResult};
use paygate::follow_ups::inquire24::Inquire24Request;
use paygate::{Call, FollowUp, InquiryError, SealError, ServerCall};
use std::time::Duration;

/// Between two looks at what is due; a shopkeeper who asks does not wait longer.
const PAUSE: Duration = Duration::from_secs(1);
/// After the database failed.
const LONG_PAUSE: Duration = Duration::from_secs(15);

/// Asks one after the other, for ever.
pub(crate) async fn run(shop: &Shared) {
    loop {
        let pause = match next(shop).await {
            Ok(true) => continue,
            Ok(false) => PAUSE,
            Err(error) => {
                tracing::error!(target: "shop", %error, "no inquiry was made");
                LONG_PAUSE
            }
        };
        sleep(pause).await;
    }
}

/// Asks the one that is due longest, if any is.
async fn next(shop: &Shared) -> Result<bool, crate::store::StoreError> {
    let Some(asked) = shop.store.take_inquiry().await? else { return Ok(false) };
    let answer = ask(shop, &asked).await;
    shop.store.answered(&asked, &answer).await?;
    Ok(true)
}

async fn ask(shop: &Shared, asked: &Asked) -> Answer {
    if !asked.mid.eq_ignore_ascii_case(shop.merchant.id().as_str()) {
        return Answer::Refused("it is another merchant's".to_owned());
    }
    match asked.pay_id {
        Some(pay_id) => {
            carry(shop, shop.merchant.inquire(&InquireRequest::new(pay_id, asked.trans_id))).await
        }
        None => carry(shop, shop.merchant.inquire24(&Inquire24Request::new(asked.trans_id))).await,
    }
}

async fn carry<F>(shop: &Shared, call: Result<ServerCall<F>, SealError>) -> Answer
where
    F: FollowUp<Answer = InquireResult>,
    ServerCall<F>: Call<Answer = paygate::WithoutMac<F>, Error = paygate::AnswerError>,
{
    let call = match call {
        Ok(call) => call,
        Err(error) => {
            tracing::error!(target: "shop", %error, "an inquiry was not sealed");
            return Answer::None("the inquiry could not be made");
        }
    };
    let answer = match shop.courier.carry(&call).await {
        Ok(answer) => answer,
        Err(error) => {
            tracing::warn!(target: "shop", %error, "an inquiry has no answer");
            return Answer::None(match error {
                CallError::Transport(_) => "Paygate did not answer",
                CallError::Answer(_) => "Paygate's answer cannot be read",
            });
        }
    };
    match answer.amounts() {
        Ok(amounts) => Answer::Told(Told { pay_id: answer.pay_id().copied(), amounts }),
        // As where the customer never came to Paygate.
        Err(error @ InquiryError::Refused { .. }) => Answer::Refused(error.to_string()),
        Err(error) => {
            tracing::warn!(target: "shop", %error, "the amounts of an inquiry cannot be read");
            Answer::None("the amounts of Paygate's answer cannot be read")
        }
    }
}
