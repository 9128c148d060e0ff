//! `paygate mac`: the MAC over five parts, as requests and answers have it.

use crate::args::MacMessage;
use crate::failure::{Failure, Refusal};
use crate::output::{Exit, Output};
use paygate::Settings;
use paygate::crypto::{RequestParts, ResponseParts};
use serde_json::json;

/// Computes a MAC; the bytes of the arguments are taken as they are.
pub(crate) fn run(message: &MacMessage, settings: &Settings, output: Output) -> Result<Exit, Failure> {
    let merchant_id = settings.merchant_id()?;
    let merchant_id = merchant_id.as_str().as_bytes();
    let key = settings.mac_key()?;
    let mac = match message {
        MacMessage::Request { payment, amount, currency } => key.request(&RequestParts {
            pay_id: payment.pay_id.as_encoded_bytes(),
            trans_id: payment.trans_id.as_encoded_bytes(),
            merchant_id,
            amount: amount.as_encoded_bytes(),
            currency: currency.as_encoded_bytes(),
        }),
        MacMessage::Response { payment, status, code } => key.response(&ResponseParts {
            pay_id: payment.pay_id.as_encoded_bytes(),
            trans_id: payment.trans_id.as_encoded_bytes(),
            mid: merchant_id,
            status: status.as_encoded_bytes(),
            code: code.as_encoded_bytes(),
        }),
    };
    let mac = mac.map_err(Refusal::from)?.to_hex();
    output.result(|| format!("{mac}\n"), || json!({ "mac": mac.as_str() }))?;
    Ok(Exit::Done)
}
