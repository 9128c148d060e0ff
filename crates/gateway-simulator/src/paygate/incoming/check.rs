//! A decrypted request becomes a typed one, or a refusal with every reason.

use super::mac::{self, Needs};
use super::opened::Opened;
use super::refusal::{Refusal, Wrong};
use super::{rules, simulation};
use crate::paygate::ledger::state::Said;
use paygate::trustly::PaymentRequest;
use paygate::{ParamError, Request};
use std::borrow::Cow;

/// A payment that keeps every rule.
pub(crate) struct Payment {
    pub(crate) request: PaymentRequest,
    /// How it ends, where its description asks for simulation.
    pub(crate) simulated: Option<Said>,
}

/// Checks a payment: MAC first, then formats, then the rules over several parameters.
pub(crate) fn payment(opened: &Opened<'_>) -> Result<Payment, Refusal> {
    let _verified = mac::verify(opened, Needs::Mac)?;
    let simulated = opened.value("OrderDesc").and_then(simulation::asked_for);
    let request: PaymentRequest = typed(opened, |name, value| {
        if name.eq_ignore_ascii_case("OrderDesc") {
            simulation::disarmed(value)
        } else {
            Cow::Borrowed(value)
        }
    })?;
    // The type takes every address, the page 15 characters.
    let long_ip = opened.value("IPAddr").is_some_and(|ip| ip.len() > opened.merchant.profile().ip_addr_max());
    if long_ip {
        return Err(Refusal::parameter(Wrong::TooLong, "IPAddr", "IPAddr is longer than the account allows"));
    }
    match rules::broken(opened.merchant, &request) {
        Some(refusal) => Err(refusal),
        None => Ok(Payment { request, simulated }),
    }
}

/// Checks a follow-up: its MAC, then its formats.
pub(crate) fn follow_up<R: Request>(opened: &Opened<'_>, needs: Needs) -> Result<R, Refusal> {
    let _verified = mac::verify(opened, needs)?;
    typed(opened, |_, value| Cow::Borrowed(value))
}

fn typed<R: Request>(
    opened: &Opened<'_>,
    read: impl for<'v> Fn(&str, &'v str) -> Cow<'v, str>,
) -> Result<R, Refusal> {
    let inside = opened.value("MerchantID").ok_or_else(|| {
        Refusal::parameter(Wrong::Missing, "MerchantID", "MerchantID is missing inside of Data")
    })?;
    if !inside.eq_ignore_ascii_case(opened.merchant.id().as_str()) {
        return Err(Refusal::parameter(
            Wrong::Invalid,
            "MerchantID",
            "MerchantID inside of Data is another than outside",
        ));
    }
    // Paygate knows more parameters than the page lists (EtiId, MsgVer …), and passes over what it does not know.
    let known = opened.pairs.iter().filter(|(name, _)| R::row(name.as_bytes()).is_some());
    let pairs: Vec<_> = known.map(|(name, value)| (name.as_str(), read(name, value))).collect();
    let (draft, errors) = R::read(pairs.iter().map(|(name, value)| (*name, &**value)));
    R::complete_after(draft, errors).map_err(|errors: Vec<ParamError>| {
        Refusal::of_parameters(&errors)
            .unwrap_or_else(|| Refusal::parameter(Wrong::Format, "", "the request cannot be read"))
    })
}
