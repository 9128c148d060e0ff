//! Sealing a payment: the rules over several fields, then the encryption.

use super::encrypted::Encrypted;
use super::left_out::LeftOut;
use super::redirect::Redirect;
use crate::error::{SealError, Violation};
use crate::expected::Expected;
use crate::merchant::Merchant;
use crate::trace;
use paygate_params::message::Filler;
use paygate_params::{Facts, Message, Method, OrderDesc, ParamError, Payment, ReqId, Request};

/// A sealed request: where the customer goes, and what the answer must say.
#[derive(Clone, Debug)]
#[must_use = "store `expected` with the attempt and send the customer to `redirect`"]
#[non_exhaustive]
pub struct Sealed {
    /// Where the customer's browser goes.
    pub redirect: Redirect,
    /// What the answer must say; store it with the attempt *before* the customer goes.
    pub expected: Expected,
    /// The `ReqId` that was sent: the request's own, or a random one. Paygate does not carry out a request twice that has
    /// the same one, for 12 months.
    pub req_id: Option<ReqId>,
    /// Optional parameters that this merchant's Paygate would refuse and that were not sent.
    pub left_out: Vec<LeftOut>,
}

impl Merchant {
    /// Seals a payment request of the method that the request belongs to.
    ///
    /// The MAC is computed over exactly what is sent, `Response=encrypt` and a random `ReqId` (where the request has none)
    /// are added, and the text is encrypted with the current key.
    ///
    /// ```
    /// use paygate::{SealError, Violation, testing};
    ///
    /// let merchant = testing::merchant();
    /// let sealed = merchant.seal(&testing::request("order-1", 1999))?;
    /// assert_eq!(sealed.expected.attempt().trans_id().as_str(), "order-1"); // store it before the customer leaves
    ///
    /// let too_little = merchant.seal(&testing::request("order-2", 99)).unwrap_err();
    /// assert_eq!(too_little, SealError::Rules(vec![Violation::Minimum { minimum: 100 }]));
    /// # Ok::<(), SealError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SealError::Rules`] with every rule over several fields that the request breaks; [`SealError::Encrypt`]
    /// if a merchant with an AES key gets no random bytes.
    pub fn seal<M: Method>(&self, request: &impl Payment<Method = M>) -> Result<Sealed, SealError> {
        let sealed = self.seal_checked(request);
        trace::sealing(self.id(), M::NAME, &sealed);
        sealed
    }

    fn seal_checked<M: Method>(&self, request: &impl Payment<Method = M>) -> Result<Sealed, SealError> {
        let facts = request.facts();
        let violations = self.payment_violations::<M>(&facts);
        if !violations.is_empty() {
            return Err(SealError::Rules(violations));
        }
        let (trans_id, money) = request.order();
        let expected = Expected::new::<M>(*self.id(), *trans_id, money);
        let prefix = [self.endpoint().as_str(), M::ENDPOINT, "?"];
        let Encrypted { form, req_id, left_out } = self.encrypt(request, &facts, &prefix)?;
        let redirect = Redirect::new(self.endpoint(), M::ENDPOINT, *self.id(), form);
        Ok(Sealed { redirect, expected, req_id, left_out })
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
        let across = self.payment_violations::<M>(&M::Request::draft_facts(&draft));
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
        let refused = SealError::Rules(rules);
        trace::not_sealed(self.id(), M::NAME, &refused);
        Err(refused)
    }

    /// Every rule over several fields that a payment request breaks.
    fn payment_violations<M: Method>(&self, facts: &Facts<'_>) -> Vec<Violation> {
        let mut found = Vec::new();
        self.profile().payment_violations::<M>(facts, &mut found);
        self.common_violations(facts, &mut found);
        found
    }

    /// Every rule over several fields that a follow-up breaks.
    pub(crate) fn follow_up_violations(&self, facts: &Facts<'_>) -> Vec<Violation> {
        let mut found = Vec::new();
        self.profile().follow_up_violations(facts, &mut found);
        self.common_violations(facts, &mut found);
        found
    }

    /// The rules that are the merchant's and not the profile's.
    fn common_violations(&self, facts: &Facts<'_>, found: &mut Vec<Violation>) {
        if facts.merchant_id.is_some_and(|id| id != self.id()) {
            found.push(Violation::MerchantId);
        }
        found.extend(facts.filled_by_seal.iter().flatten().map(|name| Violation::FilledBySeal { name }));
        for (name, url) in facts.urls.iter().copied().flatten() {
            if url.is_loopback_http() && !self.endpoint().is_loopback_http() {
                found.push(Violation::PlainHttp { name });
            }
        }
        if facts.order_desc.is_some_and(OrderDesc::is_simulation) && !self.is_test() {
            found.push(Violation::Simulation);
        }
    }
}
