//! Whose files are taken, and what becomes of a refund.

use super::UnknownPayIds;
use crate::paygate::desk::credit::{nothing, unknown_pay_id};
use paygate::{Code, MerchantId};
use paygate_batch::Record;

/// What a file's refunds are carried out on.
pub(crate) trait Payments {
    /// Whether files with this MerchantID in HEAD are taken.
    fn takes(&self, mid: &MerchantId) -> bool;

    /// Carries a refund out, in a file with this HEAD, and tells its code.
    fn refund(&self, head: &MerchantId, record: &Record, unknown: UnknownPayIds) -> Code;
}

/// What becomes of a refund whose payment nobody knows.
pub(crate) fn without_payment(record: &Record, unknown: UnknownPayIds) -> Code {
    match unknown {
        UnknownPayIds::Refuse => unknown_pay_id().code,
        // Of no payment can nothing be given back.
        UnknownPayIds::PayBack if record.money.amount().units() == 0 => nothing().code,
        UnknownPayIds::PayBack => Code::SUCCESS,
    }
}

/// Answers batch files without a simulator: there are no payments, no server is started, and only the [rules](super::BatchRules)
/// decide. With [`UnknownPayIds::Refuse`], which is their default, every refund fails.
///
/// ```
/// use gateway_simulator::paygate::{BatchRules, UnknownPayIds, WithoutPayments};
/// use std::io::Cursor;
///
/// let sent = "HEAD,Shop,20261122,1.0\nTrustly,Credit,100,EUR,r-1,0123456789abcdef0123456789abcdef\nFOOT,1,100\n";
/// let rules = BatchRules::new().unknown_pay_ids(UnknownPayIds::PayBack);
/// let mut answered = Vec::new();
/// WithoutPayments::of_anybody().batch(Cursor::new(sent), &mut answered, &rules)?;
/// assert!(String::from_utf8(answered)?.contains(",OK\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct WithoutPayments {
    merchant_id: Option<MerchantId>,
}

impl WithoutPayments {
    /// Takes the files of any merchant.
    #[must_use]
    pub const fn of_anybody() -> Self {
        Self { merchant_id: None }
    }

    /// Takes the files of this merchant, in any case of its letters; any slave MID may stand in those of a master.
    #[must_use]
    pub const fn of(merchant_id: MerchantId) -> Self {
        Self { merchant_id: Some(merchant_id) }
    }
}

impl Payments for WithoutPayments {
    fn takes(&self, mid: &MerchantId) -> bool {
        self.merchant_id.is_none_or(|known| known.as_str().eq_ignore_ascii_case(mid.as_str()))
    }

    fn refund(&self, _head: &MerchantId, record: &Record, unknown: UnknownPayIds) -> Code {
        without_payment(record, unknown)
    }
}
