//! What every way starts from: the keys, a request of 700 bytes, and an answer of 900 bytes.

use crate::{messages, pi};
use paygate::trustly::PaymentRequest;
use paygate::{BaseUrl, Expected, Merchant, testing};
use std::fmt::Write;

pub(crate) struct Given {
    pub(crate) merchant: Merchant,
    pub(crate) request: PaymentRequest,
    pub(crate) expected: Expected,
    /// The form of an answer whose MAC holds.
    pub(crate) answer: String,
    /// The same with a MAC of somebody who does not have the key.
    pub(crate) forged: String,
}

impl Given {
    pub(crate) fn new() -> Self {
        let merchant = testing::merchant().with_endpoint(BaseUrl::COMPUTOP);
        let expected = messages::expected(&merchant);
        let answer = messages::answer(&merchant, &expected, 900);
        Self {
            request: messages::request(&merchant, 700),
            answer: answer.form(&merchant).expect("sealed"),
            forged: answer.with_forged_mac().form(&merchant).expect("sealed"),
            expected,
            merchant,
        }
    }

    /// The same for a peer: a line for each, names and values between tabs; the MAC is left to the peer.
    pub(crate) fn lines(&self) -> String {
        let redirect = self.merchant.seal(&self.request).expect("sealed").redirect;
        let address = redirect.action();
        let mut lines = String::new();
        for (name, value) in [
            ("key", testing::ENCRYPTION_KEY),
            ("mac_key", testing::MAC_KEY),
            ("pi", &pi::fraction(18 + 4 * 256)),
            ("address", address),
            ("merchant", self.merchant.id().as_str()),
            ("trans_id", self.expected.attempt().trans_id().as_str()),
            ("answer", &self.answer),
            ("forged", &self.forged),
        ] {
            writeln!(lines, "{name}\t{value}").expect("a string");
        }
        for (name, value) in messages::pairs(&self.merchant, &self.request) {
            writeln!(lines, "pair\t{name}\t{value}").expect("a string");
        }
        lines + "pair\tMAC\t\npair\tResponse\tencrypt\ngo\n"
    }
}
