//! The MAC of a request: HMAC-SHA256 over `PayID*TransID*MerchantID*Amount*Currency`, with empty parts where they are
//! missing.

use super::opened::Opened;
use super::refusal::{Refusal, Wrong};
use paygate::crypto::{Mac, MacVerified, RequestParts};
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
    // Latin-1 and UTF-8 agree on what an identifier may hold; anything else is refused for its format later.
    let part = |name| opened.value(name).unwrap_or_default().as_bytes();
    let parts = RequestParts {
        pay_id: part("PayID"),
        trans_id: part("TransID"),
        merchant_id: part("MerchantID"),
        amount: part("Amount"),
        currency: part("Currency"),
    };
    let key = testing::keys(opened.merchant).current().mac();
    key.verify_request(&parts, &claimed).map(Some).map_err(|_| {
        let formula = "MAC does not hold: it is HMAC-SHA256 over PayID*TransID*MerchantID*Amount*Currency, and all \
                       asterisks stay where a value is missing";
        Refusal::parameter(Wrong::Invalid, "MAC", formula)
    })
}
