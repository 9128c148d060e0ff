//! A credit that was stored before it was sent, made a call again: the same bytes, and the same ids for its answer.

use super::call::ServerCall;
use crate::merchant::Merchant;
use crate::request::outer_form::merchant_id_escaped;
use paygate_params::follow_ups::Credit;
use paygate_params::{FollowUp, PayId, ReqId, TransId};
use std::fmt;

/// What a shop has stored of a credit: the ids under which it was sealed, and its bytes.
///
/// `Debug` shows no bytes.
#[derive(Clone, Copy)]
pub struct StoredCredit<'a> {
    /// The payment of which money goes back.
    pub pay_id: PayId,
    /// The TransID of the credit.
    pub trans_id: TransId,
    /// The `ReqId` of the credit.
    pub req_id: ReqId,
    /// The body of [`ServerCall::request`](crate::Call::request), as it was stored.
    pub body: &'a [u8],
}

/// What was stored is no credit of this merchant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoredCreditError {
    /// The bytes are none that [`Merchant::credit`] makes.
    #[error("what was stored is not the body of a sealed request")]
    Unreadable,
    /// Another merchant has sealed it.
    #[error("what was stored was sealed by another merchant")]
    OtherMerchant,
}

impl Merchant {
    /// Makes the call of a credit again, of what was stored of it: it sends the very same bytes, for a new sealing would be
    /// another request. Its answer is held against the same ids.
    ///
    /// Whether it may be sent is the shop's to know: for the first time, or after an inquiry told that nothing was credited.
    /// That the ids are those which were sealed, nobody can see from outside; store them with the bytes, in one transaction.
    ///
    /// ```
    /// use paygate::follow_ups::credit::CreditRequest;
    /// use paygate::{Call, CreditState, Currency, Money, PayId, Repeat, ReqId, StoredCredit, TransId, testing};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let merchant = testing::merchant();
    /// let pay_id = PayId::new("7bbb448155234d8cbee323778952ce28")?;
    /// let (trans_id, req_id) = (TransId::random()?, ReqId::random()?);
    /// let money = Money::new(999, Currency::EUR)?;
    /// let request = CreditRequest::builder(pay_id, trans_id, money).req_id(req_id).build();
    /// let stored = merchant.credit(&request)?.request().body().to_vec();
    ///
    /// // After a restart:
    /// let call = merchant.credit_again(&StoredCredit { pay_id, trans_id, req_id, body: &stored })?;
    /// assert_eq!(call.request().body(), stored);
    /// assert_eq!(call.repeat(), Repeat::KnownWhenFinished);
    /// assert_eq!(call.read(&testing::Answer::to(&call).response()?)?.state(), CreditState::Done);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the bytes are no sealed request, or another merchant's: it would be asked to give back what it never got.
    pub fn credit_again(&self, stored: &StoredCredit<'_>) -> Result<ServerCall<Credit>, StoredCreditError> {
        let body = std::str::from_utf8(stored.body).map_err(|_| StoredCreditError::Unreadable)?;
        let (id, sealed) = body.split_once("&Len=").ok_or(StoredCreditError::Unreadable)?;
        let (len, data) = sealed.split_once("&Data=").ok_or(StoredCreditError::Unreadable)?;
        let is_number = !len.is_empty() && len.bytes().all(|byte| byte.is_ascii_digit());
        let is_hex = !data.is_empty() && data.bytes().all(|byte| byte.is_ascii_hexdigit());
        let Some(id) = id.strip_prefix("MerchantID=").filter(|_| is_number && is_hex) else {
            return Err(StoredCreditError::Unreadable);
        };
        let own: String = merchant_id_escaped(self.id()).collect();
        // Paygate may fold the case, and so may whoever sets the shop up.
        if !own.eq_ignore_ascii_case(id) {
            return Err(StoredCreditError::OtherMerchant);
        }
        Ok(ServerCall::of_stored(self, Credit::ENDPOINT, stored))
    }
}

impl fmt::Debug for StoredCredit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredCredit")
            .field("pay_id", &self.pay_id)
            .field("trans_id", &self.trans_id)
            .field("req_id", &self.req_id)
            .finish_non_exhaustive()
    }
}
