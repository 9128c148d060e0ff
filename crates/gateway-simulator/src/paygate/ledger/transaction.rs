//! A payment that the simulator accepted.

use super::state::{Said, State};
use crate::paygate::fault::Faults;
use paygate::trustly::PaymentRequest;
use paygate::{CallbackUrl, Code, Custom, MerchantId, Money, PayId, Plain, ReqId, TransId, UserData, Xid};
use std::fmt;
use std::time::Duration;

/// A payment as the simulator knows it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Transaction {
    /// The merchant.
    pub mid: MerchantId,
    /// The simulator's name for the payment.
    pub pay_id: PayId,
    /// The simulator's name for its first step.
    pub xid: Xid,
    /// The shop's name for the attempt.
    pub trans_id: TransId,
    /// How much.
    pub money: Money,
    /// How it stands.
    pub state: State,
    /// What its result says as it stands, whether or not the shop was told so: an inquiry, a repeated ReqId and a resend
    /// go by it. `None` while the customer has not decided.
    pub result: Option<Said>,
    /// What goes wrong with it on purpose.
    pub faults: Faults,
    /// Whether the shop has answered a notify of it with a status of 200 to 299: before that, no credit is carried out.
    pub acknowledged: bool,
    /// What was given back, or was refused to be.
    pub credits: Vec<Credit>,
    /// When the request came, since the simulator started.
    pub at: Duration,
    /// The request, decrypted: names and values.
    pub sent: Vec<(String, String)>,
    /// Names the bank's page of this payment.
    pub(crate) token: String,
    pub(crate) req_id: Option<ReqId>,
    pub(crate) urls: Urls,
    pub(crate) echo: Echo,
}

/// Where the result goes.
#[derive(Clone)]
pub(crate) struct Urls {
    pub(crate) success: CallbackUrl,
    pub(crate) failure: CallbackUrl,
    pub(crate) notify: CallbackUrl,
}

/// What of the request comes back, and how.
#[derive(Clone)]
pub(crate) struct Echo {
    /// Whether `Response=encrypt` was asked for.
    pub(crate) encrypted: bool,
    pub(crate) ref_nr: Option<paygate::RefNr>,
    pub(crate) user_data: Option<UserData>,
    pub(crate) plain: Option<Plain>,
    pub(crate) custom: Option<Custom>,
}

/// Money that was given back, or was refused to be.
///
/// `Debug` does not show how much.
#[derive(Clone)]
#[non_exhaustive]
pub struct Credit {
    /// The simulator's name for this step.
    pub xid: Xid,
    /// The shop's name for the credit.
    pub trans_id: TransId,
    /// How much, in the smallest unit.
    pub units: u64,
    /// How it ended: `00000000` if it was carried out.
    pub code: Code,
}

impl Transaction {
    /// mid, PayID, XID and TransID, as an answer begins with.
    pub(crate) fn ids(&self) -> [&str; 4] {
        [self.mid.as_str(), self.pay_id.as_str(), self.xid.as_str(), self.trans_id.as_str()]
    }

    /// The first value that the request has under a name, in any case.
    pub(crate) fn sent_value(&self, name: &str) -> Option<&str> {
        let pair = self.sent.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        pair.map(|(_, value)| value.as_str())
    }

    /// What was captured so far, in the smallest unit of the currency.
    #[must_use]
    pub fn captured(&self) -> u64 {
        if self.state == State::Paid { self.money.amount().units() } else { 0 }
    }

    /// What was given back so far, in the smallest unit of the currency.
    #[must_use]
    pub fn credited(&self) -> u64 {
        let done = self.credits.iter().filter(|credit| credit.code == Code::SUCCESS);
        done.fold(0, |sum, credit| sum.saturating_add(credit.units))
    }
}

impl Urls {
    pub(crate) fn of(request: &PaymentRequest) -> Self {
        Self {
            success: request.url_success.clone(),
            failure: request.url_failure.clone(),
            notify: request.url_notify.clone(),
        }
    }
}

impl Echo {
    pub(crate) fn of(request: &PaymentRequest) -> Self {
        Self {
            encrypted: request.response.is_some(),
            ref_nr: request.ref_nr,
            user_data: request.user_data.clone(),
            plain: request.plain.clone(),
            custom: request.custom.clone(),
        }
    }
}

/// Without the request, in which the customer's name stands.
impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("mid", &self.mid)
            .field("pay_id", &self.pay_id)
            .field("trans_id", &self.trans_id)
            .field("state", &self.state)
            .field("acknowledged", &self.acknowledged)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Credit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credit")
            .field("xid", &self.xid)
            .field("trans_id", &self.trans_id)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}
