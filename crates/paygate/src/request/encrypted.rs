//! Any request, encrypted: its MAC, the order of its pairs, `Len` and `Data`.

use super::left_out::LeftOut;
use super::outer_form::OuterForm;
use super::plaintext::Plaintext;
use crate::error::SealError;
use crate::merchant::Merchant;
use paygate_crypto::{Cipher, MacHex, RequestParts};
use paygate_params::message::{PairSink, has_row};
use paygate_params::{Amount, Currency, Facts, PayId, ReqId, Request, TransId};

/// The outer form with `Len` and `Data`, and what was decided on the way.
pub(crate) struct Encrypted {
    pub(crate) form: OuterForm,
    pub(crate) req_id: Option<ReqId>,
    pub(crate) left_out: Vec<LeftOut>,
}

/// What sealing adds to the pairs of a request.
#[derive(Default)]
struct Added {
    mac: Option<MacHex>,
    req_id: Option<ReqId>,
    response: bool,
}

impl Merchant {
    /// Encrypts a request whose rules were checked: with a MAC, a `ReqId` and `Response=encrypt` where its table has
    /// such rows. The form stands behind `prefix`.
    pub(crate) fn encrypt<R: Request>(
        &self,
        request: &R,
        facts: &Facts<'_>,
        prefix: &[&str],
    ) -> Result<Encrypted, SealError> {
        let profile = self.profile();
        let mut plaintext = Plaintext::new(profile.text_encoding(), profile.ip_addr_max());
        let wants_req_id =
            facts.req_id.is_none() && const { has_row(R::ROWS, "ReqId") } && profile.makes_req_ids();
        let added = Added {
            mac: if const { has_row(R::ROWS, "MAC") } { Some(self.request_mac(facts)?) } else { None },
            req_id: if wants_req_id { random_req_id(&mut plaintext) } else { None },
            response: const { has_row(R::ROWS, "Response") } && !self.takes_plain_answers(),
        };
        self.write(request, facts, &added, &mut plaintext);
        let len = plaintext.len();
        let (text, left_out) = plaintext.into_parts();
        let form = OuterForm::new(prefix, self.id(), len, self.keys().current().encryption(), text)?;
        Ok(Encrypted { form, req_id: facts.req_id.copied().or(added.req_id), left_out })
    }

    /// The MAC over what is sent; a first payment has no PayID yet.
    fn request_mac(&self, facts: &Facts<'_>) -> Result<MacHex, SealError> {
        let mac = |amount: &str| {
            self.keys().current().mac().request(&RequestParts {
                pay_id: facts.pay_id.map(PayId::as_bytes).unwrap_or_default(),
                trans_id: facts.trans_id.map(TransId::as_bytes).unwrap_or_default(),
                merchant_id: self.id().as_bytes(),
                amount: amount.as_bytes(),
                currency: facts.currency.as_ref().map(Currency::as_bytes).unwrap_or_default(),
            })
        };
        Ok(facts.amount.map_or_else(|| mac(""), |amount: Amount| amount.digits(mac))?.to_hex())
    }

    /// Writes all pairs, in the order that gives somebody who holds Data the least to work with.
    ///
    /// Under ECB, blocks can be pasted over each other, so OrderDesc stands first, where the bytes before it are
    /// fixed. Under CBC, whoever holds Data can change the first block through the IV without a trace, and any other
    /// at the price of noise in the one before it; so the MAC stands first and OrderDesc right behind it, and changing
    /// the head of either destroys the MAC. A second OrderDesc further on cannot be prevented (see SECURITY.md).
    fn write(&self, request: &impl Request, facts: &Facts<'_>, added: &Added, plaintext: &mut Plaintext) {
        let mac_first = self.keys().current().encryption().cipher() != Cipher::Blowfish;
        let mac = added.mac.as_ref().map(MacHex::as_str);
        if let Some(mac) = mac.filter(|_| mac_first) {
            plaintext.pair("MAC", mac);
        }
        request.write(plaintext);
        if facts.merchant_id.is_none() {
            plaintext.pair("MerchantID", self.id().as_str());
        }
        if let Some(mac) = mac.filter(|_| !mac_first) {
            plaintext.pair("MAC", mac);
        }
        if let Some(req_id) = &added.req_id {
            plaintext.pair("ReqId", req_id.as_str());
        }
        if added.response {
            plaintext.pair("Response", "encrypt");
        }
    }
}

/// A random `ReqId`; an optional parameter stops no sale, so where there are no random bytes it is left out.
fn random_req_id(plaintext: &mut Plaintext) -> Option<ReqId> {
    #[cfg(feature = "getrandom")]
    if let Ok(req_id) = ReqId::random() {
        return Some(req_id);
    }
    plaintext.leave_out(LeftOut::ReqId);
    None
}
