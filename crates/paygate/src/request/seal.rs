//! Sealing: the rules over several fields, the MAC, the encryption.

use super::left_out::LeftOut;
use super::plaintext::Plaintext;
use super::redirect::Redirect;
use crate::error::{SealError, Violation};
use crate::expected::Expected;
use crate::merchant::Merchant;
use paygate_crypto::{Cipher, MacHex, RequestParts};
use paygate_params::message::{Filler, PairSink};
use paygate_params::{CallbackUrl, Facts, Message, Method, OrderDesc, ParamError, Request};

/// A sealed request: where the customer goes, and what the answer must say.
#[derive(Clone, Debug)]
#[must_use = "store `expected` with the attempt and send the customer to `redirect`"]
#[non_exhaustive]
pub struct Sealed {
    /// Where the customer's browser goes.
    pub redirect: Redirect,
    /// What the answer must say; store it with the attempt *before* the customer goes.
    pub expected: Expected,
    /// Optional parameters that this merchant's Paygate would refuse and that were not sent.
    pub left_out: Vec<LeftOut>,
}

impl Merchant {
    /// Seals a payment request of the method that the request belongs to.
    ///
    /// The MAC is computed over exactly what is sent, `Response=encrypt` is added, and the text is encrypted with
    /// the current key.
    ///
    /// # Errors
    ///
    /// [`SealError::Rules`] with every rule over several fields that the request breaks; [`SealError::Encrypt`]
    /// if a merchant with an AES key gets no random bytes.
    pub fn seal<M: Method>(&self, request: &impl Request<Method = M>) -> Result<Sealed, SealError> {
        let violations = self.violations(&request.facts());
        if !violations.is_empty() {
            return Err(SealError::Rules(violations));
        }
        let (trans_id, money) = request.order();
        let expected = Expected::new::<M>(*self.id(), *trans_id, money);
        let mac = self.request_mac(&expected)?;
        let mut plaintext = Plaintext::new(self.profile().text_encoding(), self.profile().ip_addr_max());
        self.write(request, &mac, &mut plaintext);
        let encrypted = self.keys().current().encryption().encrypt(plaintext.bytes())?;
        let redirect =
            Redirect::new(self.endpoint(), M::ENDPOINT, *self.id(), plaintext.len(), encrypted.into_data());
        Ok(Sealed { redirect, expected, left_out: plaintext.left_out() })
    }

    /// Reads a request from pairs of names and values, and seals it: for programs that have text, no types.
    ///
    /// ```
    /// # let merchant = paygate::testing::merchant();
    /// use paygate::{SealError, Trustly};
    /// let pairs = [("TransID", "order*1"), ("Amount", "19.99"), ("Currency", "SEK")];
    /// let Err(SealError::Rules(rules)) = merchant.seal_pairs::<Trustly>(pairs) else { panic!("refused") };
    /// // TransID, Amount, the seven that are missing, and the currency that the profile does not list.
    /// assert_eq!(rules.len(), 10);
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Merchant::seal`]; [`SealError::Rules`] also has all that is wrong with single pairs.
    pub fn seal_pairs<'a, M: Method>(
        &self,
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Sealed, SealError> {
        let (draft, errors) = M::Request::read(pairs);
        let across = self.violations(&M::Request::draft_facts(&draft));
        let row = |name: &str| M::Request::row(name.as_bytes());
        let filled_by_seal = |name| {
            let row = row(name).and_then(|row| M::Request::ROWS.get(row));
            row.is_some_and(|row| row.filler == Filler::Seal)
        };
        let single = match M::Request::complete_after(draft, errors) {
            Ok(request) if across.is_empty() => return self.seal(&request),
            Ok(_) => Vec::new(),
            Err(single) => single,
        };
        // What must not be given at all need not be told that it is given wrongly.
        let single = single.into_iter().map(|error| match error {
            ParamError::Format { name, .. } if filled_by_seal(name) => Violation::FilledBySeal { name },
            error => Violation::Param(error),
        });
        let mut rules: Vec<_> = single.chain(across).collect();
        // In the order of the vendor's page; what it does not know stands last.
        rules.sort_by_key(|rule| row(rule.parameter()).unwrap_or(usize::MAX));
        Err(SealError::Rules(rules))
    }

    /// Every rule over several fields that a request breaks.
    fn violations(&self, facts: &Facts<'_>) -> Vec<Violation> {
        let mut found = Vec::new();
        self.profile().violations(facts, &mut found);
        if facts.merchant_id.is_some_and(|id| id != self.id()) {
            found.push(Violation::MerchantId);
        }
        found.extend(facts.filled_by_seal.iter().flatten().map(|name| Violation::FilledBySeal { name }));
        for (name, url) in facts.urls {
            if url.is_some_and(CallbackUrl::is_loopback_http) && !self.endpoint().is_loopback_http() {
                found.push(Violation::PlainHttp { name });
            }
        }
        if facts.order_desc.is_some_and(OrderDesc::is_simulation) && !self.is_test() {
            found.push(Violation::Simulation);
        }
        found
    }

    /// The MAC of a first payment, which has no PayID yet.
    fn request_mac(&self, expected: &Expected) -> Result<MacHex, SealError> {
        let money = expected.money();
        let mac = money.amount().digits(|amount| {
            self.keys().current().mac().request(&RequestParts {
                pay_id: b"",
                trans_id: expected.attempt().trans_id().as_str().as_bytes(),
                merchant_id: self.id().as_str().as_bytes(),
                amount: amount.as_bytes(),
                currency: money.currency().as_str().as_bytes(),
            })
        });
        Ok(mac?.to_hex())
    }

    /// Writes all pairs, in the order that gives somebody who holds Data the least to work with.
    ///
    /// Under ECB, blocks can be pasted over each other, so OrderDesc stands first, where the bytes before it are
    /// fixed. Under CBC, whoever holds Data can change the first block through the IV without a trace, and any other
    /// at the price of noise in the one before it; so the MAC stands first and OrderDesc right behind it, and changing
    /// the head of either destroys the MAC. A second OrderDesc further on cannot be prevented (see SECURITY.md).
    fn write(&self, request: &impl Request, mac: &MacHex, plaintext: &mut Plaintext) {
        let mac_first = self.keys().current().encryption().cipher() != Cipher::Blowfish;
        if mac_first {
            plaintext.pair("MAC", mac.as_str());
        }
        request.write(plaintext);
        if request.facts().merchant_id.is_none() {
            plaintext.pair("MerchantID", self.id().as_str());
        }
        if !mac_first {
            plaintext.pair("MAC", mac.as_str());
        }
        if !self.takes_plain_answers() {
            plaintext.pair("Response", "encrypt");
        }
    }
}
