//! The lines of a batch file, carried out on the simulator's payments.

use super::Desk;
use super::credit::{Wanted, give_back};
use crate::paygate::batch::UnknownPayIds;
use crate::paygate::batch::payments::{Payments, without_payment};
use crate::paygate::incoming::refusal::{Wrong, code};
use paygate::{Code, Merchant, MerchantId};
use paygate_batch::Record;

impl Desk {
    /// In any case of its letters, as a request may name it.
    fn merchant_in_any_case(&self, mid: &MerchantId) -> Option<&Merchant> {
        self.merchants.iter().find(|known| known.id().as_str().eq_ignore_ascii_case(mid.as_str()))
    }
}

impl Payments for Desk {
    fn takes(&self, mid: &MerchantId) -> bool {
        self.merchant_in_any_case(mid).is_some()
    }

    fn refund(&self, head: &MerchantId, record: &Record, unknown: UnknownPayIds) -> Code {
        let Some(merchant) = self.merchant_in_any_case(record.slave.as_ref().unwrap_or(head)) else {
            return code(Wrong::Unknown, "MerchantID");
        };
        let Record { money, trans_id, pay_id, .. } = *record;
        let mut ledger = self.ledger();
        if ledger.transaction(&pay_id).is_none() {
            return without_payment(record, unknown);
        }
        match give_back(&mut ledger, merchant.id(), Wanted { pay_id, trans_id, money }, None) {
            Ok(credit) => credit.code,
            Err(refusal) => refusal.code,
        }
    }
}
