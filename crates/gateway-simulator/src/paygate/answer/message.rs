//! A result before it is sealed: pairs in Paygate's order and spelling, and what stands beside them in the clear.

use super::echoes::echoes;
use crate::paygate::fault::{Fault, Faults};
use crate::paygate::ledger::state::Said;
use crate::paygate::ledger::transaction::Transaction;

/// A result or an answer, not sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) pairs: Vec<(String, String)>,
    /// What stands outside of Data; a name alone where Custom had no `=`.
    pub(crate) echoes: Vec<(String, Option<String>)>,
    pub(crate) encrypted: bool,
}

impl Message {
    /// What every result and every answer begins with.
    pub(crate) fn standard([mid, pay_id, xid, trans_id]: [&str; 4], said: Said) -> Self {
        let pairs = [
            ("mid", mid),
            ("PayID", pay_id),
            ("XID", xid),
            ("TransID", trans_id),
            ("Status", said.status),
            ("Description", &said.description()),
            ("Code", said.code.as_str()),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self { pairs, echoes: Vec::new(), encrypted: true }
    }

    /// The result of a payment. `standard_only` leaves out what the bank tells of the customer.
    pub(crate) fn result(
        transaction: &Transaction,
        said: Said,
        standard_only: bool,
        faults: &Faults,
    ) -> Self {
        let mut message = Self::standard(transaction.ids(), said);
        message.encrypted = transaction.echo.encrypted;
        message.echoes = echoes(&transaction.echo);
        if faults.has(Fault::LongDescription) {
            message.set("Description", "x".repeat(2000));
        }
        let echo = &transaction.echo;
        if let Some(ref_nr) = echo.ref_nr {
            message.push("refnr", ref_nr.as_str());
        }
        if let Some(user_data) = &echo.user_data {
            message.push("UserData", user_data.as_str());
        }
        if !standard_only {
            message.customer(said == Said::PAID, faults);
        }
        message
    }

    /// What the bank tells of the customer.
    fn customer(&mut self, paid: bool, faults: &Faults) {
        let umlauts = faults.has(Fault::Latin1) || faults.has(Fault::Utf8LenInChars);
        if paid || umlauts {
            let (owner, city) =
                if umlauts { ("Jörg Weiß", "Köln") } else { ("Anna Andersson", "Stockholm") };
            self.push("AccountId", "7653385737");
            self.push("Match", "1");
            self.push("AccOwner", owner);
            self.push("AccBank", "Simulated Bank");
            self.push("IBAN", "00012345");
            self.push("AddrCity", city);
        }
        self.push_unknown();
    }

    /// A parameter that no page knows: "be prepared to receive additional parameters at any time" (vendor's page "Trustly").
    pub(crate) fn push_unknown(&mut self) {
        self.push("NewParameter", "ignore me");
    }

    pub(crate) fn push(&mut self, name: &str, value: &str) {
        self.pairs.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn set(&mut self, name: &str, value: String) {
        if let Some(pair) = self.pairs.iter_mut().find(|(known, _)| known == name) {
            pair.1 = value;
        }
    }

    pub(crate) fn value(&self, name: &str) -> &str {
        let pair = self.pairs.iter().find(|(known, _)| known == name);
        pair.map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}
