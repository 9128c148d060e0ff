//! The MAC of a request: HMAC-SHA256 over `PayID*TransID*MerchantID*Amount*Currency`, with empty parts where they are
//! missing.

use super::opened::Opened;
use super::refusal::{Refusal, Wrong};
use paygate::crypto::{Mac, MacError, MacVerified, RequestParts};
use paygate::testing;

/// Whether a request may come without a MAC: an inquiry may ("No HMAC value for Status inquiries", white label's page
/// "Create a payment request").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    Mac,
    NoMac,
}

/// Holds the MAC against the values as they were received; `None` where there is none and need not be one.
pub(super) fn verify(opened: &Opened<'_>, needs: Needs) -> Result<Option<MacVerified>, Refusal> {
    let Some(claimed) = opened.value("MAC") else {
        return match needs {
            Needs::NoMac => Ok(None),
            Needs::Mac => Err(Refusal::parameter(Wrong::Missing, "MAC", "MAC is missing")),
        };
    };
    let claimed = Mac::parse(claimed.as_bytes())
        .map_err(|_| Refusal::parameter(Wrong::Format, "MAC", "MAC is not 64 hex digits"))?;
    let values = PARTS.map(|name| opened.value(name).unwrap_or_default());
    // The parameter is at fault, and not the key: which bytes such a text was signed in, nobody can tell.
    if let Some((name, _)) = PARTS.iter().zip(values).find(|(_, value)| !value.is_ascii()) {
        return Err(Refusal::parameter(Wrong::Format, name, format!("{name} holds more than ASCII")));
    }
    let [pay_id, trans_id, merchant_id, amount, currency] = values.map(str::as_bytes);
    let parts = RequestParts { pay_id, trans_id, merchant_id, amount, currency };
    let key = testing::keys(opened.merchant).current().mac();
    key.verify_request(&parts, &claimed).map(Some).map_err(|error| {
        if let MacError::Separator { part } = error {
            return Refusal::parameter(Wrong::Format, part, error.to_string());
        }
        let formula = "MAC does not hold: it is HMAC-SHA256 over PayID*TransID*MerchantID*Amount*Currency, and all \
                       asterisks stay where a value is missing";
        Refusal::parameter(Wrong::Invalid, "MAC", formula)
    })
}

/// What the MAC covers, in its order.
const PARTS: [&str; 5] = ["PayID", "TransID", "MerchantID", "Amount", "Currency"];
