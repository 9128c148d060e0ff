//! The rules over several parameters of a payment: currency, country, amount, reference number.

use super::refusal::{Refusal, Wrong};
use paygate::trustly::PaymentRequest;
use paygate::{Merchant, Trustly};

/// The first rule of the merchant's account that a payment breaks.
pub(super) fn broken(merchant: &Merchant, request: &PaymentRequest) -> Option<Refusal> {
    let profile = merchant.profile();
    let units = request.amount.units();
    let refuse = |wrong, parameter, reason| Some(Refusal::parameter(wrong, parameter, reason));
    if !profile.currencies::<Trustly>().contains(&request.currency) {
        return refuse(Wrong::Invalid, "Currency", "Currency is not among those of the account");
    }
    if request.country_code.is_some_and(|country| !profile.country_takes(country, request.currency)) {
        return refuse(Wrong::Invalid, "Currency", "Currency does not match CountryCode");
    }
    if units < profile.minimum() {
        return refuse(Wrong::Invalid, "Amount", "Amount is below the least of the account");
    }
    if units.checked_ilog10().is_some_and(|log| log >= profile.amount_digits()) {
        return refuse(Wrong::TooLong, "Amount", "Amount has more digits than the account allows");
    }
    match &request.ref_nr {
        None if profile.requires_ref_nr() => {
            refuse(Wrong::Missing, "RefNr", "RefNr is missing, which the account demands")
        }
        Some(ref_nr) if ref_nr.as_str().len() > profile.ref_nr_max() => {
            refuse(Wrong::TooLong, "RefNr", "RefNr is longer than the account allows")
        }
        _ => None,
    }
}
