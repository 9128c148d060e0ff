//! What is asked of the ledger: a refund to be sent, or one that was made elsewhere.

use super::{Channel, RefundId};
use crate::Key;
use std::fmt;

/// A payment that was paid, as the shop knows it. It must be the same each time.
///
/// `Debug` shows no amount.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PaidPayment<'a> {
    /// The name of the gateway, for example `paygate`.
    pub gateway: &'a str,
    /// The payment, as in [`Delivery::payment`](crate::Delivery::payment).
    pub key: Key,
    /// How much was paid, in the smallest unit of the currency: of an authentic result, never of a form.
    pub paid: u64,
    /// The currency, for example `EUR`.
    pub currency: &'a str,
}

/// A refund to be sent.
///
/// `Debug` shows neither amounts nor what is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NewRefund<'a> {
    /// The payment of which money goes back.
    pub payment: PaidPayment<'a>,
    /// How much.
    pub amount: u64,
    /// What the person who wants it saw as [taken](crate::Refunds::taken): if it is something else by now, nothing is done.
    pub seen: u64,
    /// What makes two requests one, for example of the form that was sent: a double click begins one refund.
    pub once: Key,
    /// By which way it goes: online, or in a file.
    pub channel: Channel,
    /// Whose money it is, for example the MerchantID: a file holds the refunds of one account. `""` where there is but one.
    pub account: &'a str,
    /// By what the gateway knows a repetition, for example Paygate's `ReqId`; not that of another refund.
    pub reference: &'a str,
    /// What is sent, the same bytes each time. Made before and thrown away where nothing comes of it.
    pub request: &'a [u8],
}

/// Money that went back on the gateway's own pages.
///
/// `Debug` shows no amounts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere<'a> {
    /// The payment.
    pub payment: PaidPayment<'a>,
    /// How much.
    pub amount: u64,
    /// What the person saw as [taken](crate::Refunds::taken).
    pub seen: u64,
    /// What makes two records one.
    pub once: Key,
    /// Why, in the shopkeeper's words. No personal data.
    pub note: &'a str,
}

/// What came of a request for a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Begun {
    /// It was written, and is there when the transaction is committed.
    New(RefundId),
    /// The same request came before: nothing was written.
    Known(RefundId),
}

impl fmt::Debug for PaidPayment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaidPayment")
            .field("gateway", &self.gateway)
            .field("key", &self.key)
            .field("currency", &self.currency)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for NewRefund<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewRefund")
            .field("payment", &self.payment)
            .field("once", &self.once)
            .field("channel", &self.channel)
            .field("account", &self.account)
            .field("reference", &self.reference)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Elsewhere<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Elsewhere")
            .field("payment", &self.payment)
            .field("once", &self.once)
            .finish_non_exhaustive()
    }
}
